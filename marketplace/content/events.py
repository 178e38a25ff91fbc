"""What happens to pages."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PageChanged(Event):
    """A page was written or edited."""

    page_id: UUID
