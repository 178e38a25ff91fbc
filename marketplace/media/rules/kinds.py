"""What files are, told by their first bytes and never by their names."""

from enum import StrEnum
from typing import Final


class MediaKind(StrEnum):
    """What a file is: a picture, or a document."""

    IMAGE = "image"
    DOCUMENT = "document"


class MediaState(StrEnum):
    """How far a picture is: its sizes are still to be made, are made, or cannot be made."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


PDF: Final = "application/pdf"
# Made by ourselves only: nobody can hand one in.
ZIP: Final = "application/zip"
EXTENSIONS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    PDF: "pdf",
    ZIP: "zip",
}
_STARTS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypavis", "image/avif"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"%PDF-", PDF),
)


def sniff(data: bytes) -> str | None:
    """The type of the file by its first bytes, None for anything that is not taken in.

    SVG and HTML are not: they can hold programs that a browser would run.
    """
    for offset, start, content_type in _STARTS:
        if data[offset : offset + len(start)] == start:
            return content_type
    return None
