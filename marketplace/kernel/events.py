"""Facts a domain announces without knowing who listens."""


class Event:
    """Base of every domain event: a frozen dataclass named in the past tense, holding ids."""
