"""Where files lie: a public and a private part that never touch."""

from typing import Final
from uuid import UUID

PUBLIC: Final = "public/"
PRIVATE: Final = "private/"


def folder_of(media_id: UUID, *, is_private: bool) -> str:
    """The folder of one file and its sizes; the last hex digits spread them over folders."""
    return f"{PRIVATE if is_private else PUBLIC}{media_id.hex[-2:]}/{media_id}"


def original_key(media_id: UUID, extension: str, *, is_private: bool) -> str:
    """Where the file itself lies."""
    return f"{folder_of(media_id, is_private=is_private)}/original.{extension}"


def rendition_key_of(media_id: UUID, size: int, extension: str) -> str:
    """Where one of its sizes lies."""
    return f"{folder_of(media_id, is_private=False)}/{size}.{extension}"


def is_safe(key: str) -> bool:
    """Whether the key stays inside the store: no way up, no absolute path, no odd signs."""
    parts = key.split("/")
    return (
        key.isascii()
        and key.isprintable()
        and "\\" not in key
        and all(part and not part.startswith(".") for part in parts)
    )


def media_id_in(key: str) -> UUID | None:
    """Whose file lies under the key."""
    parts = key.split("/")
    try:
        return UUID(parts[2])
    except (IndexError, ValueError):
        return None
