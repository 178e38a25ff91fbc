"""What may be taken in, at which sizes it is shown, and where it lies."""

from enum import StrEnum


class MediaKind(StrEnum):
    """What a file is: a picture, or a document."""

    IMAGE = "image"
    DOCUMENT = "document"


class MediaState(StrEnum):
    """How far a picture is: its sizes are still to be made, are made, or cannot be made."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
