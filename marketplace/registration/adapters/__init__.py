"""What stands behind the ports of registration."""
