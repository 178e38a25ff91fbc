"""What happens to connections."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PullAsked(Event):
    """All goods of a shop are to be compared."""

    connection_id: UUID


@dataclass(frozen=True, slots=True)
class ProductNoticed(Event):
    """A shop says that one of its products is another now."""

    connection_id: UUID
    external_id: str


@dataclass(frozen=True, slots=True)
class ConnectionGivenUp(Event):
    """A shop could not be read for days; its owners are to know."""

    connection_id: UUID
