"""Small parts of the site that need neither a database nor a browser."""

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.requests import Request

from frontend import wording
from frontend.addresses import PATHS, in_every_language, path_to, translated_path
from frontend.brand import Brand, read_brand
from frontend.facts import harvest_words
from frontend.forms import join_name, split_name
from frontend.maps import draw_map
from frontend.operations import read_documents
from frontend.pages.sign_in import safe_next
from frontend.rendering import render
from frontend.session import ForgedFormError, FormGuard
from marketplace.kernel.i18n import Language, catalogue

MESSAGE = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"')
ROOT = Path(__file__).parents[2]


def request_with(cookies: str) -> Request:
    headers = [(b"cookie", cookies.encode())] if cookies else []
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


def test_every_page_stands_at_its_own_address() -> None:
    every = [path for paths in PATHS.values() for path in paths.values()]

    assert len(every) == len(set(every))
    assert all(paths["en"].startswith("/en") for paths in PATHS.values())


def test_builds_addresses() -> None:
    assert path_to("search", "vi", stars=[4, 5], q="") == "/tim-kiem?stars=4&stars=5"
    assert in_every_language("product", {"vi": "mien-dong"}) == {
        "vi": "/san-pham/mien-dong",
        "en": "/en/products/mien-dong",
    }
    assert translated_path("/xa", "en") == "/en/places"
    assert translated_path("https://a.example", "en") == "https://a.example"


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/tai-khoan", "/tai-khoan"),
        ("//a.example", ""),
        ("/\\a.example", ""),
        ("https://a.example", ""),
        ("http://[x", ""),
        ("//[x", ""),
        ("tai-khoan", ""),
        ("", ""),
    ],
)
def test_goes_on_to_our_own_pages_only(wanted: str, kept: str) -> None:
    assert safe_next(wanted) == kept


def test_a_form_is_taken_only_with_its_own_token() -> None:
    shown = FormGuard(request_with(""), "secret")
    token = shown.token

    FormGuard(request_with(f"form={shown.fresh_salt}"), "secret").check(token)

    for cookies, sent in (
        ("", token),
        (f"form={shown.fresh_salt}", ""),
        (f"form={shown.fresh_salt}", "chợ"),
        (f"form={shown.fresh_salt}", "\ud800"),
        ("form=other", token),
        (f"form={shown.fresh_salt}; session=somebody", token),
    ):
        with pytest.raises(ForgedFormError):
            FormGuard(request_with(cookies), "secret").check(sent)


def test_a_page_without_a_form_makes_no_cookie() -> None:
    assert FormGuard(request_with(""), "secret").was_used is False


def test_names_are_one_field() -> None:
    assert split_name("Nguyễn Thị Hoa") == {"firstName": "Hoa", "lastName": "Nguyễn Thị"}
    assert split_name("Mai") == {"firstName": "Mai", "lastName": ""}
    assert join_name({"firstName": "Hoa", "lastName": "Nguyễn Thị"}) == "Nguyễn Thị Hoa"


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([10, 11, 12, 1], "Tháng 10 – Tháng 1"),
        ([3], "Tháng 3"),
        ([1, 2, 6], "Tháng 1 – Tháng 2, Tháng 6"),
        (list(range(1, 13)), "quanh năm"),
    ],
)
def test_says_the_harvest_in_words(months: list[int], words: str) -> None:
    assert harvest_words(months, "vi").casefold() == words.casefold()


def test_seasons_that_began_last_come_first() -> None:
    brand = Brand({}, {"hong": (9, 10, 11), "quyt": (11, 12, 1), "mo": (3, 4)})

    assert brand.in_season(11) == ["quyt", "hong"]
    assert brand.in_season(1) == ["quyt"]
    assert brand.in_season(6) == []


def test_reads_the_province() -> None:
    brand = read_brand(ROOT / "provinces" / "bac-kan")

    assert brand.words("site_name", "vi") == "Chợ phiên Bắc Kạn"
    assert brand.operator("en")["email"]
    assert [mark["kind"] for mark in brand.landmarks("en")].count("lake") >= 1


def test_writes_as_readers_do() -> None:
    assert wording.money({"amount": 1234567.0}) == "1.234.567\u00a0₫"
    assert wording.number(1234.5) == "1.234,5"
    assert wording.number(1234.5, "en") == "1,234.5"
    assert wording.day("2026-11-22") == "22/11/2026"
    assert wording.day("2026-11-22T18:00:00+00:00") == "23/11/2026"
    assert wording.phone("+84912345678") == "0912 345 678"
    assert wording.phone("02093870123") == "0209 3870 123"
    assert wording.long_day(date(2026, 11, 22), "vi") == "Chủ Nhật, 22 tháng 11"


def test_draws_nothing_without_places() -> None:
    assert draw_map([]).dots == ()


def test_draws_places_where_they_are() -> None:
    north = {"code": "n", "slug": "n", "name": "N", "latitude": 22.6, "longitude": 105.8}
    south = {"code": "s", "slug": "s", "name": "S", "latitude": 22.0, "longitude": 105.8}

    drawn = draw_map([north, south], [{"kind": "lake", "name": "Hồ", **_spot(22.3, 105.8)}])

    upper, lower = drawn.dots
    assert upper.y < drawn.landmarks[0].y < lower.y
    assert upper.x == lower.x
    assert all(layer.startswith("M") for layer in drawn.layers)


def _spot(latitude: float, longitude: float) -> dict[str, float]:
    return {"latitude": latitude, "longitude": longitude}


def test_documents_carry_their_fragments_once() -> None:
    document = read_documents()["product_page"]

    assert document.count("fragment ProductCard on Product") == 1
    assert document.count("fragment MoneyAmount on Money") == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_of_a_breakdown_needs_nothing_but_its_words(language: Language) -> None:
    context = {"heading": "Hỏng", "sentence": "Thử lại nhé.", "error_number": "a1b2c3"}

    html = render("errors/bare.html", language, context)

    assert "a1b2c3" in html
    assert f'<html lang="{language}">' in html


def test_every_word_of_the_site_is_vietnamese_in_vietnamese() -> None:
    known = catalogue("vi")
    written = [
        message
        for path in (ROOT / "frontend").rglob("*")
        if path.suffix in {".html", ".py"}
        for message in MESSAGE.findall(path.read_text(encoding="utf-8"))
    ]

    assert [message for message in written if not known.get(message.replace('\\"', '"'))] == []
