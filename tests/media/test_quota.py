"""One person may hand in so much within a day; the house of the tests allows a megabyte."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from marketplace.kernel.database import new_id
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, Viewer
from marketplace.media.errors import QuotaUsedUpError
from marketplace.media.models import MediaFile
from marketplace.media.ports import UPLOAD_QUOTA
from marketplace.media.services.uploads import QUOTA_PERIOD, upload_document, upload_image
from tests.factories.media import A_PDF, a_picture
from tests.media.conftest import House, web
from tests.media.test_http import application

SMALL_FILES = 10  # each is counted as 100 kB, so that ten fit into a megabyte


async def hand_in(house: House, viewer: Viewer | None = None) -> MediaFile:
    async with unit_of_work(house.sessions, viewer or house.person, house.events) as unit:
        quota = house.ports[UPLOAD_QUOTA]
        return await upload_document(unit, house.store, A_PDF, quota=quota)


async def test_a_day_holds_so_much_of_one_person_and_the_next_begins_anew(house: House) -> None:
    files = [await hand_in(house) for _file in range(SMALL_FILES)]

    with pytest.raises(QuotaUsedUpError) as refusal:
        await hand_in(house)

    assert "1 MB" in refusal.value.text("en")
    assert "1 MB" in refusal.value.text("vi")
    neighbour = Viewer(user_id=new_id())
    assert (await hand_in(house, neighbour)).uploader_id == neighbour.user_id
    async with house.sessions() as session, session.begin():
        older = MediaFile.created_at - QUOTA_PERIOD - timedelta(seconds=1)
        first = update(MediaFile).where(MediaFile.id == files[0].id)
        await session.execute(first.values(created_at=older))
    await hand_in(house)
    with pytest.raises(QuotaUsedUpError):
        await hand_in(house)


async def test_large_files_count_as_what_they_are(house: House) -> None:
    await hand_in(house)
    async with house.sessions() as session, session.begin():
        await session.execute(update(MediaFile).values(byte_size=1024 * 1024 - 50_000))

    with pytest.raises(QuotaUsedUpError):
        await hand_in(house)


async def test_the_marketplace_itself_has_no_quota(house: House) -> None:
    for _file in range(SMALL_FILES + 2):
        await hand_in(house, SYSTEM)
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        await upload_image(unit, house.store, a_picture(64, 64))
    async with house.sessions() as session:
        assert await session.scalar(select(func.count(MediaFile.id))) == SMALL_FILES + 3


async def test_the_door_says_so(house: House) -> None:
    for _file in range(SMALL_FILES):
        await hand_in(house)
    async with web(application(house, house.person)) as client:
        answer = await client.post("/media", files={"file": ("a.png", a_picture(64, 64))})

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error["code"]) == ("file", "QUOTA_USED_UP")
    async with house.sessions() as session:
        count = select(func.count()).where(MediaFile.uploader_id == house.person.user_id)
        assert await session.scalar(count) == SMALL_FILES


async def test_files_sent_side_by_side_do_not_slip_through(
    house: House, fresh_database_url: str
) -> None:
    engine = create_async_engine(fresh_database_url, pool_size=20)
    sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
    own = House(sessions, house.store)

    answers = await asyncio.gather(
        *(hand_in(own) for _file in range(SMALL_FILES + 6)), return_exceptions=True
    )
    await engine.dispose()

    refused = [each for each in answers if isinstance(each, BaseException)]
    assert len(refused) == 6
    assert all(isinstance(each, QuotaUsedUpError) for each in refused)
