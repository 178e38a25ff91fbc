"""The pictures a file names: by the id of a picture that is there, or by the name of a file."""

from collections.abc import Collection, Mapping
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from marketplace.kernel.graph.ids import from_global
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile
from marketplace.media.rules.kinds import MediaKind


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
    try:
        return UUID(name)
    except ValueError:
        return from_global("ProductMedia", name) or from_global("MediaFile", name)
