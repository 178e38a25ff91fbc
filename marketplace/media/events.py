"""What happened to media."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PictureUploaded(Event):
    """A picture was taken in; its sizes are still to be made."""

    media_id: UUID


@dataclass(frozen=True, slots=True)
class PictureReady(Event):
    """Every size of a picture is there."""

    media_id: UUID


@dataclass(frozen=True, slots=True)
class PrivateFileViewed(Event):
    """Somebody opened a private file; oversight keeps the list of who looked at what."""

    media_id: UUID
    viewer_id: UUID | None
    address: str | None
