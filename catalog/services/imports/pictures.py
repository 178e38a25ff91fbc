"""The pictures a file names: by the id of a picture that is there, or by the name of a file."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Collection, Mapping
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import select

from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile
from marketplace.media.rules.kinds import MediaKind

_UUID: Final = re.compile(r"[0-9a-fA-F-]{32,36}")


class Pictures(Protocol):
    """Finds the pictures that rows name, storing them first where they come with the file."""

    async def find(
        self,
        unit: UnitOfWork,
        names: Collection[str],
        *,
        is_trial: bool,
    ) -> Mapping[str, UUID]:
        """The key of each picture that exists, by the name it was given.

        In a trial nothing is stored: any key will do for what would be.
        """
        ...


class StoredPictures:
    """Pictures that were uploaded before and are named by their id."""

    async def find(
        self,
        unit: UnitOfWork,
        names: Collection[str],
        *,
        is_trial: bool,  # noqa: ARG002 - nothing is stored either way
    ) -> Mapping[str, UUID]:
        """The public pictures among the names."""
        keys = {name: key for name in names if (key := _key_in(name)) is not None}
        if not keys:
            return {}
        there = set(
            await unit.session.scalars(
                select(MediaFile.id).where(
                    MediaFile.id.in_(keys.values()),
                    MediaFile.kind == MediaKind.IMAGE,
                    MediaFile.is_private.is_(False),
                ),
            ),
        )
        return {name: key for name, key in keys.items() if key in there}


def _key_in(name: str) -> UUID | None:
    """The key in a picture's id, bare or as the API writes it."""
    bare = name
    try:
        if not _UUID.fullmatch(name):
            bare = b64decode(name, validate=True).decode("ascii").partition(":")[2]
        return UUID(bare)
    except (Base64Error, UnicodeError, ValueError):
        return None
