"""What stands behind the ports of connections."""
