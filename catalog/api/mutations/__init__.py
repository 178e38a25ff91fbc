"""What can be changed in the catalogue."""
