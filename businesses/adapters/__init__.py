"""What stands behind the ports of businesses; imported by the roof alone."""
