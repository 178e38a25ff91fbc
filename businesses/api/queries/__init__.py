"""What can be asked of businesses."""
