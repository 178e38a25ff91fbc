"""Changes to the catalogue, one function per thing a person can do."""
