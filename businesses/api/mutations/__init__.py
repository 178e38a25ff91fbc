"""What can be changed about businesses."""
