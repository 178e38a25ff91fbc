"""What happens to messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class MessageReceived(Event):
    """Another system told us something, and proved that it was itself; told once."""

    message_id: UUID
    source: str
    type: str


@dataclass(frozen=True, slots=True)
class DeliveryQueued(Event):
    """A message is to be sent to an endpoint: now, or at a time to come."""

    delivery_id: UUID
    endpoint_id: UUID
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EndpointGivenUp(Event):
    """An endpoint did not answer for days, or asked for nothing more; its owner is to know."""

    endpoint_id: UUID
