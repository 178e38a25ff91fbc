"""Changes to accounts, one function for each thing a person can do."""
