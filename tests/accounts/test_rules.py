from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from marketplace.accounts.rules.calendar import local_day
from marketplace.accounts.rules.contacts import (
    Contact,
    read_contact,
    read_email,
    read_vietnamese_phone,
    show_phone,
)
from marketplace.accounts.rules.countries import COUNTRY_CODES, country_name
from marketplace.accounts.rules.links import is_allowed_link, link_with
from marketplace.accounts.rules.passwords import password_problems
from marketplace.accounts.services.letters import LETTERS, render_letter
from marketplace.kernel.i18n import LANGUAGES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "+84912345678"),
        ("0912.345.678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("\uff10\uff19\uff11\uff12345678", "+84912345678"),
        ("0209 3870 123", "+842093870123"),
        ("0112345678", None),
        ("091234567", None),
        ("+14155552671", None),
        ("", None),
        ("abc", None),
    ],
)
def test_numbers_are_kept_in_one_form(typed: str, kept: str | None) -> None:
    assert read_vietnamese_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Mai@Example.COM ", "mai@example.com"),
        ("mai+shop@example.com", "mai+shop@example.com"),
        ("Mai <mai@example.com>", None),
        ("mai@example", None),
        ("mai@@example.com", None),
        ("mai@example.com\nBcc: x@example.com", None),
        ("", None),
        (f"mai@{'m' * 60}.{'m' * 60}.{'m' * 60}.{'m' * 60}.{'m' * 10}.com", None),
    ],
)
def test_addresses_are_kept_in_one_form(typed: str, kept: str | None) -> None:
    assert read_email(typed) == kept


def test_a_login_is_one_of_the_two() -> None:
    assert read_contact("mai@example.com") == Contact(email="mai@example.com")
    assert read_contact("0912345678") == Contact(phone="+84912345678")
    assert read_contact("mai") is None


def test_numbers_are_shown_as_people_write_them() -> None:
    assert show_phone("+84912345678") == "0912 345 678"
    assert show_phone("+4930901820") == "+49 30 901820"


def test_every_country_has_a_name_in_both_languages() -> None:
    assert len(COUNTRY_CODES) == 250
    for language in LANGUAGES:
        for code in COUNTRY_CODES:
            assert country_name(code, language) != code
    assert country_name("DE", "vi") == "Đức"


def test_links_keep_their_own_parameters() -> None:
    url = link_with("https://a.example/p?confirm=1&x=%C4%91", email="a+b@c.d", token="t&u")
    assert url == "https://a.example/p?confirm=1&x=%C4%91&email=a%2Bb%40c.d&token=t%26u"


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("https://cho.example/dang-nhap", True),
        ("https://cho.example:443/dang-nhap", False),
        ("http://cho.example/dang-nhap", False),
        ("https://shop.example/x", True),
        ("http://shop.example:3000/x", True),
        ("http://localhost:3000/x", True),
        ("http://localhost:3001/x", False),
        ("https://sub.shop.example/x", False),
        ("https://user@shop.example/x", False),
        ("ftp://shop.example/x", False),
        ("/relative", False),
    ],
)
def test_links_lead_to_this_site_or_known_storefronts(url: str, is_allowed: bool) -> None:
    hosts = {"shop.example", "localhost:3000"}
    assert is_allowed_link(url, "https://cho.example", hosts) is is_allowed


def test_a_good_password_has_no_problems() -> None:
    assert password_problems("cho-phien-ba-be", ["mai@example.com", "Mai"]) == []
    assert password_problems("bạn tôi ở Ba Bể", ["Ba"]) == []


def test_the_day_is_the_one_in_the_province() -> None:
    assert local_day(datetime(2026, 1, 1, 17, 30, tzinfo=UTC)) == date(2026, 1, 2)


def test_every_letter_is_written_in_every_language() -> None:
    names = {path.name.split(".")[0] for path in LETTERS.glob("*.txt")}
    assert len(names) == 6
    for name in names:
        for language in LANGUAGES:
            letter = render_letter(
                LETTERS,
                name,
                language,
                "a@example.com",
                site_name="Chợ <b>Phiên</b>",
                label="Kho bạc",
                host="hooks.example.vn",
                link="https://a.example/?email=a&token=t",
            )
            assert "\n" not in letter.subject
            assert letter.html is not None
            if name == "endpoint_given_up":  # it leads nowhere: its reader signs in as usual
                assert "hooks.example.vn" in letter.text
                continue
            assert "https://a.example/?email=a&token=t\n" in letter.text
            assert 'href="https://a.example/?email=a&amp;token=t"' in letter.html
            assert "<b>" not in letter.html
            assert f'lang="{language}"' in letter.html


def test_letters_of_other_packages_use_the_same_frame(tmp_path: Path) -> None:
    (tmp_path / "hello.en.txt").write_text("Hello {{ name }}\n\nDear {{ name }},\nyours.\n")
    letter = render_letter(tmp_path, "hello", "en", "a@example.com", name="Mai")
    assert letter.subject == "Hello Mai"
    assert letter.text == "Dear Mai,\nyours.\n"
