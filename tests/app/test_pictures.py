"""Drawn pictures: each renders, the same seed draws the same, nothing comes from outside."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from marketplace.app.pictures import (
    KINDS,
    SCENES,
    PictureFormat,
    draw_band,
    draw_brand,
    draw_contours,
    draw_favicon,
    draw_logo,
    draw_product,
    draw_scene,
    draw_share_card,
    encode,
    write_static,
)
from marketplace.app.pictures.kinds import GOODS
from marketplace.app.pictures.products import kind_for

PRODUCT_BUDGET = 30 * 1024
SCENE_BUDGET = 90 * 1024
SVG_BUDGET = 220 * 1024

_OUTSIDE = re.compile(r"<text|<image|<use|<script|<style|href|url\((?!#)|NaN|inf")


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def colour_count(image: Image.Image) -> int:
    return len(image.convert("RGB").resize((64, 64)).getcolors(64 * 64) or ())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_becomes_a_light_picture(kind: str) -> None:
    svg = draw_product(kind, 20261122)
    content = encode(svg, 512, "WEBP")
    image = opened(content)
    assert image.size == (512, 512)
    assert colour_count(image) > 60
    assert len(content) <= PRODUCT_BUDGET
    assert len(svg) <= SVG_BUDGET
    assert not _OUTSIDE.search(svg)


@pytest.mark.parametrize("seed", [29, 129, 229])
def test_the_leafiest_pictures_stay_light_too(seed: int) -> None:
    for kind in ("rau-bo-khai-rau-don-theo-mua", "mien-dong-soi-trang-vang", "moc-nhi-kho"):
        assert len(encode(draw_product(kind, seed), 512, "WEBP")) <= PRODUCT_BUDGET


@pytest.mark.parametrize("name", SCENES)
def test_each_scene_becomes_a_wide_picture(name: str) -> None:
    svg = draw_scene(name, 5)
    content = encode(svg, 800, "WEBP")
    image = opened(content)
    assert image.size == (800, 450)
    assert colour_count(image) > 60
    assert len(content) <= SCENE_BUDGET
    assert not _OUTSIDE.search(svg)


def test_every_fill_a_drawing_names_is_defined() -> None:
    for kind in KINDS:
        svg = draw_product(kind, 3)
        assert set(re.findall(r"url\(#(\w+)\)", svg)) <= set(re.findall(r'id="(\w+)"', svg))
        assert svg.count("<g ") == svg.count("</g>")


def test_all_kinds_of_the_province_have_a_picture() -> None:
    assert len(KINDS) == 71
    assert len(SCENES) >= 12


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_seed_draws_the_same_and_another_seed_another(kind: str) -> None:
    assert draw_product(kind, 8) == draw_product(kind, 8)
    assert len({draw_product(kind, seed) for seed in range(4)}) == 4


@pytest.mark.parametrize("name", SCENES)
def test_scenes_depend_on_their_seed_alone(name: str) -> None:
    assert draw_scene(name, 8) == draw_scene(name, 8)
    assert draw_scene(name, 8) != draw_scene(name, 9)


def test_a_picture_stays_what_it_was_when_it_was_first_drawn() -> None:
    same = draw_product("Hồng không hạt tươi", 42)
    assert same == draw_product("hong-khong-hat-tuoi", 42)


def test_an_unknown_kind_becomes_a_basket_of_goods() -> None:
    assert kind_for("Đồ lạ chưa từng thấy") is GOODS
    svg = draw_product("Đồ lạ chưa từng thấy", 1)
    assert svg != draw_product("Một thứ khác", 1)
    assert opened(encode(svg, 256, "PNG")).size == (256, 256)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Miến dong Tài Hoan", "mien-dong-soi-trang-vang"),
        ("Thịt trâu gác bếp", "thit-trau-gac-bep"),
    ],
)
def test_a_name_is_drawn_as_the_kind_it_begins_like(name: str, kind: str) -> None:
    assert kind_for(name) is KINDS[kind]


def test_shops_get_marks_of_their_own() -> None:
    marks = {draw_logo(seed, "HTX") for seed in range(40)}
    assert len(marks) == 40
    assert draw_logo(1, "A") != draw_logo(1, "B")
    assert opened(encode(draw_logo(3, "A"), 128, "PNG")).size == (128, 128)


@pytest.mark.parametrize("picture_format", ["WEBP", "PNG", "JPEG", "AVIF"])
def test_all_formats_are_written(picture_format: PictureFormat) -> None:
    image = opened(encode(draw_product("quyt-bac-kan", 2), 200, picture_format))
    assert image.format == picture_format
    assert image.size == (200, 200)


def test_transparent_marks_lie_on_paper_where_the_format_knows_no_transparency() -> None:
    image = opened(encode(draw_brand(), 64, "JPEG")).convert("RGB")
    corner = image.getpixel((1, 1))
    assert isinstance(corner, tuple)
    assert min(corner) > 235


@pytest.mark.parametrize(
    "svg",
    [draw_band(), draw_band(4), draw_contours(), draw_brand(), draw_favicon(), draw_share_card()],
)
def test_marks_hold_neither_letters_nor_links(svg: str) -> None:
    assert not _OUTSIDE.search(svg)
    opened(encode(svg, 300, "PNG"))


def test_the_band_is_twelve_high_and_repeats() -> None:
    assert 'viewBox="0 0 48 12"' in draw_band()
    assert 'viewBox="0 0 192 12"' in draw_band(4)


def test_the_static_files_are_written_and_small(tmp_path: Path) -> None:
    paths = write_static(tmp_path / "pictures")
    assert {path.name for path in paths} == {
        "band.svg",
        "brand.svg",
        "contours.svg",
        "favicon.svg",
        "favicon-192.png",
        "favicon-512.png",
        "share.jpg",
    }
    assert all(0 < path.stat().st_size < 120 * 1024 for path in paths)


def test_the_committed_static_files_are_those_the_code_draws(tmp_path: Path) -> None:
    committed = Path("frontend/static/pictures")
    for path in write_static(tmp_path):
        if path.suffix == ".svg":
            assert path.read_bytes() == (committed / path.name).read_bytes()
