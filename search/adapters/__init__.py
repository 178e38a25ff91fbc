"""What stands behind the ports of searching."""
