"""The same promises of both kinds of store."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from marketplace.media.adapters.choice import store_at
from marketplace.media.adapters.folder import FolderStore
from marketplace.media.adapters.s3 import BucketAddress, S3Store
from marketplace.media.ports import MediaStore, MissingFileError, StoreError

KEY = "public/7f/0198/original.jpg"
HIDDEN = "private/7f/0198/original.pdf"
LATER = timedelta(minutes=1)


async def keys(store: MediaStore, moment: datetime) -> set[str]:
    return {file.key async for file in store.stored_before(moment)}


async def test_gives_back_what_it_was_given(store: MediaStore) -> None:
    await store.put(KEY, b"one", "image/jpeg")
    await store.put(KEY, b"two", "image/jpeg")

    assert await store.get(KEY) == b"two"


async def test_says_that_a_file_is_missing(store: MediaStore) -> None:
    with pytest.raises(MissingFileError):
        await store.get(KEY)


async def test_forgets_files_and_does_not_mind_missing_ones(store: MediaStore) -> None:
    await store.put(KEY, b"one", "image/jpeg")
    await store.put(HIDDEN, b"two", "application/pdf")

    await store.delete([KEY, "public/7f/0198/none.jpg"])
    await store.delete([])

    assert await keys(store, datetime.now(UTC) + LATER) == {HIDDEN}


async def test_tells_which_files_are_old(store: MediaStore) -> None:
    await store.put(KEY, b"one", "image/jpeg")

    assert await keys(store, datetime.now(UTC) - LATER) == set()
    assert await keys(store, datetime.now(UTC) + LATER) == {KEY}


@pytest.mark.parametrize(
    "key",
    [
        "public/../../etc/passwd",
        "/etc/passwd",
        "public//a",
        "public/.hidden",
        "..",
        "",
        "a\\b",
        "a\n",
    ],
)
async def test_stays_inside_itself(store: MediaStore, key: str) -> None:
    for attempt in (store.put(key, b"x", "image/jpeg"), store.get(key), store.delete([key])):
        with pytest.raises(MissingFileError):
            await attempt
    assert store.local_path(key) is None


async def test_writes_at_the_same_time_leave_one_whole_file(store: MediaStore) -> None:
    bodies = [bytes([number]) * 50_000 for number in range(8)]

    await asyncio.gather(*(store.put(KEY, body, "image/jpeg") for body in bodies))

    assert await store.get(KEY) in bodies


async def test_a_folder_keeps_private_files_to_itself(tmp_path: Path) -> None:
    store = FolderStore(tmp_path, "http://cho.example")
    await store.put(KEY, b"one", "image/jpeg")
    await store.put(HIDDEN, b"two", "application/pdf")

    assert store.base_url == "http://cho.example/media/"
    assert store.local_path(KEY) == tmp_path / KEY
    assert store.local_path(HIDDEN) is None
    assert await store.signed_url(HIDDEN, 60) is None
    assert (tmp_path / HIDDEN).stat().st_mode & 0o077 == 0


async def test_a_folder_removes_what_is_empty(tmp_path: Path) -> None:
    store = FolderStore(tmp_path, "http://cho.example")
    await store.put(KEY, b"one", "image/jpeg")

    await store.delete([KEY])

    assert not (tmp_path / "public/7f").exists()


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("in the way")

    with pytest.raises(StoreError):
        await FolderStore(tmp_path, "http://cho.example").put(KEY, b"one", "image/jpeg")


async def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / KEY).mkdir(parents=True)
    store = FolderStore(tmp_path, "http://cho.example")

    with pytest.raises(StoreError):
        await store.get(KEY)
    with pytest.raises(StoreError):
        await store.put(KEY, b"one", "image/jpeg")
    assert [path.name for path in (tmp_path / "public/7f/0198").iterdir()] == ["original.jpg"]


async def test_a_bucket_tells_browsers_to_keep_pictures(bucket_url: str) -> None:
    store = S3Store(bucket_url)
    await store.put(KEY, b"one", "image/jpeg")
    await store.put(HIDDEN, b"two", "application/pdf")

    signed = await store.signed_url(KEY, 60)
    hidden = await store.signed_url(HIDDEN, 60)
    assert signed is not None
    assert hidden is not None
    assert urlsplit(signed).path == urlsplit(store.base_url + KEY).path
    async with httpx.AsyncClient() as client:
        shown, secret = await client.get(signed), await client.get(hidden)
    assert shown.content == b"one"
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert secret.headers["cache-control"] == "private, no-store"


async def test_a_bucket_that_is_not_there_says_so(bucket_url: str) -> None:
    store = S3Store(bucket_url.replace("s3://pictures", "s3://nowhere"))

    with pytest.raises(StoreError):
        await store.put(KEY, b"one", "image/jpeg")


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("s3://b/p?endpoint_url=http://minio:9000", "http://minio:9000/b/p/"),
        ("s3://b?region=ap-southeast-1", "https://b.s3.ap-southeast-1.amazonaws.com/"),
        ("s3://b/p/q", "https://b.s3.amazonaws.com/p/q/"),
        ("s3://b/p?public_url=https://anh.example", "https://anh.example/"),
    ],
)
def test_reads_the_address_of_a_bucket(url: str, base: str) -> None:
    assert BucketAddress.of(url).base_url == base


def test_the_setting_chooses_the_store(tmp_path: Path) -> None:
    assert isinstance(store_at(f"file:{tmp_path}", "http://cho.example"), FolderStore)
    assert isinstance(store_at("s3://b/p?region=eu-west-1", "http://cho.example"), S3Store)
    with pytest.raises(ValueError, match="MEDIA_URL must begin with file: or s3://"):
        store_at("ftp://b", "http://cho.example")
