"""Refusals of connections.

DomainError
├── InvalidConnectionError    something about a connection cannot be taken
├── ConnectionExistsError     the business is connected to a shop already
└── UnprovenNoticeError       a message that nobody vouches for
"""

from marketplace.kernel.errors import DomainError


class InvalidConnectionError(DomainError):
    """Something about a connection cannot be taken."""

    code = "INVALID"


class ConnectionExistsError(DomainError):
    """The business is connected to a shop already."""

    code = "UNIQUE"
    field = "url"


class UnprovenNoticeError(DomainError):
    """A message that nobody vouches for; why is told to nobody. For programs."""

    code = "UNPROVEN"

    def __init__(self) -> None:
        super().__init__("The message is not signed by the shop that is connected here.")
