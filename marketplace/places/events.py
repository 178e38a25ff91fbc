"""What happened to places."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PlaceChanged(Event):
    """A unit was added, or something shown of it is different now."""

    place_id: UUID
