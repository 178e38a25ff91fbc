"""What registration does when something happens."""
