"""Pure rules of businesses."""
