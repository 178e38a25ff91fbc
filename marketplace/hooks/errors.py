"""Refusals of messages.

DomainError
├── InvalidEndpointError     something about an endpoint cannot be taken
├── InvalidSourceError       something about a source cannot be taken
├── UnprovenMessageError     a message that nobody vouches for
└── UnreadableMessageError   a proven message that cannot be read
"""

from marketplace.kernel.errors import DomainError


class InvalidEndpointError(DomainError):
    """Something about an endpoint cannot be taken."""

    code = "INVALID"


class InvalidSourceError(DomainError):
    """Something about a source cannot be taken."""

    code = "INVALID"


class UnprovenMessageError(DomainError):
    """A message that nobody vouches for; why is told to nobody. For programs."""

    code = "UNPROVEN"

    def __init__(self) -> None:
        super().__init__("The message is not signed by a source that is known here.")


class UnreadableMessageError(DomainError):
    """A proven message that cannot be read, or whose id is not the one it was signed with."""

    code = "UNREADABLE"

    def __init__(self) -> None:
        super().__init__("The message cannot be read.")
