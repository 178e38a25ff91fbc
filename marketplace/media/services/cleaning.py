"""Clearing away what nothing refers to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media import queries
from marketplace.media.ports import MediaStore, StoredFile
from marketplace.media.rules.keys import is_safe, media_id_in

GRACE: Final = timedelta(days=1)


async def remove_orphans(unit: UnitOfWork) -> list[str]:
    """Forget files that nothing has referred to for a day; answers the keys to delete then.

    The keys are deleted after the commit: a file without a row is harmless, a row without its
    file is not.
    """
    keys: list[str] = []
    for media in await unit.session.scalars(queries.orphans_since(unit.now - GRACE)):
        keys.append(media.storage_key)
        keys.extend(key for formats in media.renditions.values() for key in formats.values())
        await unit.session.delete(media)
    return keys


async def find_strays(unit: UnitOfWork, store: MediaStore, *, at_once: int = 1000) -> list[str]:
    """Keys in the store that belong to no row: their upload was never committed.

    Args:
        unit: the change in which they are looked up.
        store: where the files lie.
        at_once: how many files one statement asks about; it bounds memory.
    """
    strays: list[str] = []
    some: list[StoredFile] = []
    async for file in store.stored_before(unit.now - GRACE):
        some.append(file)
        if len(some) >= at_once:
            strays += await _unknown(unit, some)
            some = []
    return strays + await _unknown(unit, some)


async def _unknown(unit: UnitOfWork, files: Sequence[StoredFile]) -> list[str]:
    owners: dict[str, UUID | None] = {file.key: media_id_in(file.key) for file in files}
    wanted = {owner for owner in owners.values() if owner is not None}
    known = set(await unit.session.scalars(queries.known_among(wanted))) if wanted else set()
    return [key for key, owner in owners.items() if owner not in known and is_safe(key)]
