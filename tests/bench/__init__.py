"""`make bench`: what a request costs, beside what it could cost at least."""
