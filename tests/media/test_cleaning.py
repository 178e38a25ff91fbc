"""Clearing away what nothing refers to."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from marketplace.kernel.database import new_id
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.models import MediaFile
from marketplace.media.rules.keys import original_key
from marketplace.media.services.cleaning import find_strays
from marketplace.media.services.uploads import upload_image
from marketplace.media.tasks import clear_away_media
from marketplace.places.models import Place
from tests.factories.media import a_picture
from tests.factories.places import a_place
from tests.media.conftest import House

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


async def an_old_picture(house: House) -> MediaFile:
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        media = await upload_image(unit, house.store, a_picture(64, 64))
        media.created_at = LONG_AGO
    return media


async def kept(house: House) -> set[object]:
    async with house.sessions() as session:
        return set(await session.scalars(select(MediaFile.id)))


async def test_removes_old_files_that_nothing_uses(house: House) -> None:
    used, unused = await an_old_picture(house), await an_old_picture(house)
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        young = await upload_image(unit, house.store, a_picture(64, 64))
        unit.session.add(a_place(banner_id=used.id))

    await clear_away_media.func(house.job(), 0)

    assert await kept(house) == {used.id, young.id}
    assert house.store.local_path(used.storage_key) is not None
    assert house.store.local_path(unused.storage_key) is None


async def test_removes_files_of_uploads_that_never_ended(house: House, tmp_path: Path) -> None:
    media = await an_old_picture(house)
    stray, fresh = (original_key(new_id(), "jpg", is_private=False) for _ in range(2))
    await house.store.put(stray, b"x", "image/jpeg")
    await house.store.put(fresh, b"x", "image/jpeg")
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for key in (stray, media.storage_key):
        os.utime(tmp_path / "media" / key, (old, old))
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        unit.session.add(a_place(banner_id=media.id))

    await clear_away_media.func(house.job(), 0)

    assert house.store.local_path(stray) is None
    assert house.store.local_path(fresh) is not None
    assert house.store.local_path(media.storage_key) is not None
    async with house.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Place)) == 1


async def test_looks_for_strays_in_small_steps(house: House, tmp_path: Path) -> None:
    strays = {original_key(new_id(), "jpg", is_private=False) for _ in range(5)}
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for key in strays:
        await house.store.put(key, b"x", "image/jpeg")
        os.utime(tmp_path / "media" / key, (old, old))

    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        found = await find_strays(unit, house.store, at_once=2)

    assert sorted(found) == sorted(strays)
