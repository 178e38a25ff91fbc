"""Two sellers under one roof: what the other one keeps for itself is never shown."""
