"""The history of the database, one migration after another."""
