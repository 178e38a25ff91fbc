"""Taking files in and making their sizes."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from marketplace.kernel.database import new_id
from marketplace.kernel.errors import DomainError, NotSignedInError
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM, VISITOR, Viewer
from marketplace.media.adapters.folder import FolderStore
from marketplace.media.errors import (
    FileTooLargeError,
    HiddenContentError,
    UnknownFileTypeError,
)
from marketplace.media.events import PictureReady
from marketplace.media.models import MediaFile
from marketplace.media.policies import may_open
from marketplace.media.ports import MEDIA_STORE
from marketplace.media.rules.kinds import MediaKind, MediaState
from marketplace.media.services.rendering import missing_sizes
from marketplace.media.services.uploads import (
    MOST_BYTES,
    Alt,
    PreparedPicture,
    store_prepared_image,
    upload_document,
    upload_image,
)
from marketplace.media.tasks import render_late_sizes, render_sizes
from tests.factories.media import A_PDF, a_media_file, a_noisy_picture, a_picture, a_png_bomb
from tests.media.conftest import House


async def upload(house: House, data: bytes, viewer: Viewer | None = None) -> MediaFile:
    async with unit_of_work(house.sessions, viewer or house.person, house.events) as unit:
        return await upload_image(unit, house.store, data, alt=Alt("Miến dong", "Noodles"))


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def fetch(house: House, media: MediaFile) -> MediaFile:
    async with house.sessions() as session:
        return await session.get_one(MediaFile, media.id)


async def test_keeps_a_cleaned_picture_and_asks_for_its_sizes(either_house: House) -> None:
    house = either_house

    media = await upload(house, a_picture())

    assert (media.kind, media.state) == (MediaKind.IMAGE, MediaState.PENDING)
    assert (media.width, media.height, media.alt_vi) == (900, 600, "Miến dong")
    assert media.uploader_id == house.person.user_id
    stored = await house.store.get(media.storage_key)
    assert (len(stored), stored[:3]) == (media.byte_size, b"\xff\xd8\xff")
    [(task, key)] = await house.jobs()
    assert (task.rpartition(":")[2], key) == ("render_sizes", str(media.id))


async def test_the_job_makes_every_size_once(either_house: House) -> None:
    house, ready = either_house, []

    async def hear(unit: UnitOfWork, event: PictureReady) -> None:  # noqa: ARG001 - part of the signature
        ready.append(event.media_id)

    house.events.subscribe(PictureReady, hear)
    media = await upload(house, a_picture())

    await render_sizes.func(house.job(), media_id=str(media.id))
    after = await fetch(house, media)
    await render_sizes.func(house.job(), media_id=str(media.id))

    assert after.state is MediaState.READY
    assert ready == [media.id]
    assert {size: set(formats) for size, formats in after.renditions.items()} == {
        str(size): {"webp", "avif", "jpeg"} for size in (32, 64, 128, 256, 512)
    }
    for size, formats in after.renditions.items():
        for name, key in formats.items():
            shown = Image.open(BytesIO(await house.store.get(key)))
            assert (shown.format, shown.width) == (name.upper(), int(size))


async def test_work_that_was_interrupted_is_taken_up_where_it_stopped(house: House) -> None:
    media = await upload(house, a_picture(300, 200))
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        row = await unit.session.get_one(MediaFile, media.id)
        row.renditions = {"256": {"webp": "public/made/before"}}

    await render_sizes.func(house.job(), media_id=str(media.id))

    after = await fetch(house, media)
    assert after.renditions["256"]["webp"] == "public/made/before"
    assert after.state is MediaState.READY


async def test_gives_up_on_a_picture_whose_file_is_gone(house: House) -> None:
    media = await upload(house, a_picture(64, 64))
    await house.store.delete([media.storage_key])

    await render_sizes.func(house.job(), media_id=str(media.id))

    assert (await fetch(house, media)).state is MediaState.FAILED


async def test_a_picture_that_was_removed_is_no_fault(house: House, tmp_path: Path) -> None:
    removed = new_id()

    await render_sizes.func(house.job(), media_id=str(removed))

    async with house.sessions() as session:
        assert await session.get(MediaFile, removed) is None
    assert files_of(tmp_path) == []


async def test_a_picture_removed_while_its_sizes_are_made_is_no_fault(
    house: House, tmp_path: Path
) -> None:
    media = await upload(house, a_picture(64, 64))
    store = house.store

    class RemovingStore(FolderStore):
        """Somebody removes the picture as soon as its file is read."""

        async def get(self, key: str) -> bytes:
            data = await store.get(key)
            async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
                await unit.session.delete(await unit.session.get_one(MediaFile, media.id))
            return data

    house.ports.bind(MEDIA_STORE, RemovingStore(tmp_path / "media", "http://cho.example"))

    await render_sizes.func(house.job(), media_id=str(media.id))

    async with house.sessions() as session:
        assert await session.get(MediaFile, media.id) is None


def test_private_pictures_have_no_sizes() -> None:
    assert missing_sizes(a_media_file(is_private=True)) == ()
    assert missing_sizes(a_media_file(width=None)) == ()


async def test_asks_again_for_sizes_whose_job_was_lost(house: House) -> None:
    media = await upload(house, a_picture(64, 64))
    now = int(media.created_at.timestamp())

    await render_late_sizes.func(house.job(), now + 60)
    first = len(await house.jobs())
    await render_late_sizes.func(house.job(), now + 3600)

    assert (first, len(await house.jobs())) == (1, 2)


@pytest.mark.parametrize(
    ("_case", "data", "refusal"),
    [
        ("a program", b"MZ\x90\x00", UnknownFileTypeError),
        ("a page", b"<!doctype html><script>alert(1)</script>", UnknownFileTypeError),
        ("a drawing with a program", b"<svg onload='alert(1)'/>", UnknownFileTypeError),
        ("a document", A_PDF, UnknownFileTypeError),
        ("nothing", b"", UnknownFileTypeError),
        ("a picture's head on a page", b"\xff\xd8\xff<html>", HiddenContentError),
        ("too many bytes", b"\xff\xd8\xff" + bytes(MOST_BYTES), FileTooLargeError),
    ],
)
async def test_refuses_and_keeps_nothing(
    house: House, _case: str, data: bytes, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal) as caught:
        await upload(house, data)

    assert caught.value.field == "file"
    assert caught.value.text("vi") != caught.value.text("en")
    assert await house.jobs() == []
    assert house.store.local_path("public") is None


async def test_takes_ten_megabytes(house: House) -> None:
    sent = a_noisy_picture(1800)
    assert 9_000_000 < len(sent) <= MOST_BYTES

    media = await upload(house, sent)

    assert (media.width, media.height) == (1800, 1800)


async def test_visitors_hand_nothing_in(house: House) -> None:
    with pytest.raises(NotSignedInError):
        await upload(house, a_picture(), VISITOR)


async def test_a_document_is_private(either_house: House) -> None:
    house = either_house
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        media = await upload_document(unit, house.store, A_PDF)

    assert (media.kind, media.state, media.is_private) == (
        MediaKind.DOCUMENT,
        MediaState.READY,
        True,
    )
    assert media.storage_key.startswith("private/")
    assert await house.store.get(media.storage_key) == A_PDF
    assert await house.jobs() == []


async def test_a_picture_of_a_paper_is_private_too(house: House) -> None:
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        media = await upload_document(unit, house.store, a_picture(80, 60))

    assert (media.kind, media.is_private) == (MediaKind.IMAGE, True)
    assert media.storage_key.startswith("private/")
    assert await house.jobs() == []


@pytest.mark.parametrize("data", [A_PDF[:-8], b"%PDF-1.7", a_png_bomb()])
async def test_a_broken_document_is_refused(house: House, data: bytes) -> None:
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        with pytest.raises(DomainError):
            await upload_document(unit, house.store, data)


async def test_a_private_file_is_its_uploaders(house: House) -> None:
    async with unit_of_work(house.sessions, house.person, house.events) as unit:
        media = await upload_document(unit, house.store, A_PDF)

    assert may_open(house.person, media)
    assert may_open(SYSTEM, media)
    assert not may_open(replace(house.person, user_id=new_id(), is_administrator=True), media)
    assert not may_open(VISITOR, media)


async def test_pictures_of_our_own_need_no_job_and_may_come_again(either_house: House) -> None:
    house, key = either_house, new_id()
    picture = PreparedPicture(
        {(256, "webp"): a_picture(256, 256, form="WEBP"), (512, "webp"): b"larger"},
        512,
        512,
        "#336699",
        Alt("Chè", "Tea"),
    )

    for _time in range(2):
        async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
            media = await store_prepared_image(unit, house.store, picture, media_id=key)

    after = await fetch(house, media)
    assert (after.id, after.state, after.colour) == (key, MediaState.READY, "#336699")
    assert await house.store.get(after.storage_key) == b"larger"
    assert set(after.renditions) == {"256", "512"}
    assert await house.jobs() == []
