"""Registration as the API shows it."""
