"""What may go wrong while searching.

EngineAwayError       the search engine does not answer; PostgreSQL will
EngineRefusedError    the search engine answered that it will not: a mistake of ours
"""


class EngineAwayError(Exception):
    """The search engine does not answer now."""


class EngineRefusedError(Exception):
    """The search engine refused what it was asked; the message holds its reason."""
