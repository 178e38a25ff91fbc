"""What the marketplace itself says: pages and menus."""
