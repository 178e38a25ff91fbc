"""Stand-ins for systems of others: for the demo and for tests, never in production."""
