"""Taking files in, making their sizes, opening private ones, and clearing away what is left."""
