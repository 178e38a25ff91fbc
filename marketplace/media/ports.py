"""What media need of the world outside: a place for files, secrets of links, a quota."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from marketplace.kernel.ports import Port
from marketplace.media.rules.links import LIFETIME, PrivateLink, sign_link


class StoreError(Exception):
    """The store cannot be reached or refuses; trying again later may help."""


class MissingFileError(StoreError):
    """There is no file under that key."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store and when it was put there."""

    key: str
    stored_at: datetime


class MediaStore(Protocol):
    """Keeps files under keys; what lies under `public/` has an address, `private/` never has."""

    @property
    def base_url(self) -> str:
        """What stands before a public file's key in its address, with a slash at its end."""
        ...

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep the bytes under the key, whole or not at all.

        Raises:
            StoreError: it did not work.
        """
        ...

    async def get(self, key: str) -> bytes:
        """The bytes under the key.

        Raises:
            MissingFileError: there are none.
            StoreError: it did not work.
        """
        ...

    async def delete(self, keys: Collection[str]) -> None:
        """Forget the files; those that are gone already are no fault."""
        ...

    def stored_before(self, moment: datetime) -> AsyncIterator[StoredFile]:
        """Every file that was put there before the moment."""
        ...

    def local_path(self, key: str) -> Path | None:
        """Where the file lies on this machine; None when it does not, or must not be shown."""
        ...

    async def signed_url(self, key: str, seconds: int) -> str | None:
        """A short-lived address of a private file, where the store gives such out."""
        ...


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Makes addresses of private files, which end after a while."""

    secret: str
    public_url: str

    def address_of(self, media_id: UUID, viewer_id: UUID | None, now: datetime) -> str:
        """The address under which that viewer may fetch the file until `LIFETIME` is over.

        Ask the policy of the thing the file belongs to before handing it out.
        """
        link = PrivateLink(media_id, viewer_id, now + LIFETIME)
        return f"{self.public_url}/files/{sign_link(link, self.secret)}"


@dataclass(frozen=True, slots=True)
class UploadQuota:
    """How much one person may hand in within a day."""

    megabytes: int


MEDIA_STORE = Port[MediaStore]("media store")
FILE_LINKS = Port[FileLinks]("private file links")
UPLOAD_QUOTA = Port[UploadQuota]("upload quota")
