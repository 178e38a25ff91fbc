"""What follows from the events of businesses and of the storeys below."""
