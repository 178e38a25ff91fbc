"""Sizes, kinds and links."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.database import new_id
from marketplace.kernel.graph.scalars import ThumbnailFormatEnum
from marketplace.media.api.types.thumbnails import thumbnail
from marketplace.media.rules.keys import is_safe, media_id_in, original_key
from marketplace.media.rules.kinds import MediaState, sniff
from marketplace.media.rules.links import LIFETIME, PrivateLink, read_link, sign_link
from marketplace.media.rules.sizes import (
    OFFERED,
    nearest_size,
    rendering_order,
    scaled,
    sizes_for,
)
from tests.factories.media import A_PDF, a_media_file, a_picture, a_png_bomb

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET = "a secret of the tests, long enough"
BASE = "http://cho.example/media/"


@pytest.mark.parametrize(
    ("wish", "size"),
    [
        (None, 4096),
        (0, 4096),
        (-5, 4096),
        (1, 32),
        (72, 64),
        (96, 64),
        (97, 128),
        (128, 128),
        (1024, 1024),
        (2048, 2048),
        (3072, 2048),
        (3073, 4096),
        (100_000, 4096),
    ],
)
def test_rounds_to_the_nearest_size(wish: int | None, size: int) -> None:
    assert nearest_size(wish) == size


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_no_size_is_larger_than_the_picture(width: int, height: int) -> None:
    sizes = sizes_for(width, height)

    assert all(size <= max(width, height) for size in sizes) or sizes == (32,)
    for size in sizes:
        across, down = scaled(width, height, size)
        assert 1 <= across <= width
        assert 1 <= down <= height
        assert max(across, down) <= size


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_every_size_is_made_once_in_every_format(width: int, height: int) -> None:
    order = rendering_order(width, height)

    assert len(order) == len(set(order)) == 3 * len(sizes_for(width, height))


def test_the_sizes_of_cards_and_pages_are_made_first() -> None:
    assert rendering_order(2048, 1000)[:3] == ((512, "webp"), (256, "webp"), (1024, "webp"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_picture(8, 8), "image/jpeg"),
        (a_picture(8, 8, form="PNG"), "image/png"),
        (a_picture(8, 8, form="WEBP"), "image/webp"),
        (a_picture(8, 8, form="AVIF"), "image/avif"),
        (a_picture(8, 8, form="GIF"), "image/gif"),
        (a_png_bomb(), "image/png"),
        (A_PDF, "application/pdf"),
        (b"MZ\x90\x00 a program", None),
        (b"\x7fELF", None),
        (b"<!doctype html><script>alert(1)</script>", None),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', None),
        (b"<?xml version='1.0'?><svg/>", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_tells_a_file_by_its_bytes(data: bytes, kind: str | None) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize("offered", OFFERED)
def test_shows_the_file_itself_until_sizes_are_made(offered: int) -> None:
    media = a_media_file()

    image = thumbnail(media, offered, ThumbnailFormatEnum.WEBP, BASE)

    assert image is not None
    assert image.url == BASE + media.storage_key


@pytest.mark.parametrize(
    ("size", "wanted", "key"),
    [
        (256, ThumbnailFormatEnum.WEBP, "w256"),
        (200, ThumbnailFormatEnum.WEBP, "w256"),
        (64, ThumbnailFormatEnum.WEBP, "w256"),
        (512, ThumbnailFormatEnum.WEBP, "w512"),
        (2048, ThumbnailFormatEnum.WEBP, "w512"),
        (None, ThumbnailFormatEnum.WEBP, "w512"),
        (512, ThumbnailFormatEnum.AVIF, "w512"),
        (256, ThumbnailFormatEnum.AVIF, "a256"),
        (256, ThumbnailFormatEnum.ORIGINAL, "j256"),
        (256, None, "j256"),
        (None, ThumbnailFormatEnum.ORIGINAL, "original"),
        (None, None, "original"),
    ],
)
def test_answers_a_wish_with_the_best_there_is(
    size: int | None, wanted: ThumbnailFormatEnum | None, key: str
) -> None:
    media = a_media_file(
        state=MediaState.READY,
        storage_key="original",
        renditions={
            "256": {"webp": "w256", "avif": "a256", "jpeg": "j256"},
            "512": {"webp": "w512"},
        },
    )
    if key == "w512" and wanted is ThumbnailFormatEnum.AVIF:
        media.renditions["512"]["webp"] = "w512"
        del media.renditions["256"]["avif"]

    image = thumbnail(media, size, wanted, BASE)

    assert image is not None
    assert image.url == BASE + key


def test_the_words_are_in_the_readers_language_or_in_the_other() -> None:
    media = a_media_file(alt_vi="Miến dong", alt_en="")

    shown = [thumbnail(media, 64, None, BASE, "en"), thumbnail(media, 64, None, BASE, "vi")]
    media.alt_en = "Canna noodles"
    english = thumbnail(media, 64, None, BASE, "en")

    assert [image.alt for image in shown if image is not None] == ["Miến dong", "Miến dong"]
    assert english is not None
    assert english.alt == "Canna noodles"


def test_private_files_and_no_files_have_no_picture() -> None:
    assert thumbnail(a_media_file(is_private=True), 64, None, BASE) is None
    assert thumbnail(None, 64, None, BASE) is None


def test_a_key_tells_whose_file_it_is() -> None:
    key = new_id()

    assert media_id_in(original_key(key, "pdf", is_private=True)) == key
    assert media_id_in("public/readme.txt") is None
    assert media_id_in("public/aa/readme/x") is None
    assert is_safe(original_key(key, "jpg", is_private=False))


def a_link(**overrides: UUID | None) -> PrivateLink:
    media_id = overrides.get("media_id") or new_id()
    return PrivateLink(media_id, overrides.get("viewer_id", new_id()), NOW + LIFETIME)


@pytest.mark.parametrize("viewer", [None, new_id()])
def test_a_link_says_what_was_put_into_it(viewer: UUID | None) -> None:
    link = a_link(viewer_id=viewer)

    assert read_link(sign_link(link, SECRET), SECRET, NOW) == link


def test_a_link_ends() -> None:
    token = sign_link(a_link(), SECRET)

    assert read_link(token, SECRET, NOW + LIFETIME - timedelta(seconds=1)) is not None
    assert read_link(token, SECRET, NOW + LIFETIME) is None


def test_another_secret_opens_nothing() -> None:
    assert read_link(sign_link(a_link(), SECRET), SECRET + "!", NOW) is None


@given(st.integers(0, 92), st.sampled_from("ABCDwxyz0189-_"))
def test_a_changed_link_opens_nothing(place: int, sign: str) -> None:
    media = UUID(int=1)
    token = sign_link(PrivateLink(media, None, NOW + LIFETIME), SECRET)
    place = min(place, len(token) - 2)  # the last sign carries spare bits

    changed = token[:place] + sign + token[place + 1 :]

    assert (read_link(changed, SECRET, NOW) is not None) is (changed == token)


@given(st.text(max_size=120))
def test_rubbish_opens_nothing(token: str) -> None:
    assert read_link(token, SECRET, NOW) is None
