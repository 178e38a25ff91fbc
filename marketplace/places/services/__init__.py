"""Loading the map of a province, and finding one's way on it."""
