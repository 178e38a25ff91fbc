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
EXTENSIONS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/gif": "gif",
    PDF: "pdf",
}
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})


def sniff(data: bytes) -> str | None:
    """The type of the file by its first bytes, None for anything that is not taken in.

    SVG and HTML are not: they can hold programs that a browser would run.
    """
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in _AVIF_BRANDS:
        return "image/avif"
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    if data.startswith(b"%PDF-"):
        return PDF
    return None
