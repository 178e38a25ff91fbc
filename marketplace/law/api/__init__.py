"""The law as the API shows it."""
