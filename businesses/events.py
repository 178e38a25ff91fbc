"""What happens to businesses."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class BusinessChanged(Event):
    """A business was created, edited, or moved to another state."""

    business_id: UUID
