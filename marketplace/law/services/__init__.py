"""Loading the law from data, and asking it."""
