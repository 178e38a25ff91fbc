"""Changes to businesses, one function for each thing a person can do."""
