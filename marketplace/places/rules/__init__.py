"""What places, their names, addresses and distances are, whatever stores them."""
