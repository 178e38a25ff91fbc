"""Vietnamese text: one form, folded, sorted as the alphabet runs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.text import fold, nfc, slugify, sort_key

SYLLABLES = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
words = st.text(alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ĐƯƠ"), max_size=30)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Miến dong ĐƯỜNG", "mien dong duong"),
        ("Bí xanh thơm Ba Bể", "bi xanh thom ba be"),
        ("Nghệ, gừng", "nghe, gung"),
        (unicodedata.normalize("NFD", "Quả gấc"), "qua gac"),
    ],
)
def test_folding_forgets_marks_and_case(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(words)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(words)
def test_a_slug_is_plain(text: str) -> None:
    slug = slugify(text)

    assert slug.isascii()
    assert slug == slugify(slug)
    assert "--" not in slug
    assert not slug.startswith("-")
    assert not slug.endswith("-")


def test_invisible_signs_are_taken_out() -> None:
    assert nfc("  Chè\u200b  Shan\u00a0tuyết ") == "Chè Shan tuyết"
    assert nfc("Chè\0 Shan\ud800") == "Chè Shan"


def test_letters_come_before_tones() -> None:
    assert sorted(["đa", "da", "ca", "ấm", "ăn", "an"], key=sort_key) == [
        "an",
        "ăn",
        "ấm",
        "ca",
        "da",
        "đa",
    ]


def test_tones_run_level_falling_asking_tumbling_rising_heavy() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]

    assert sorted(set(tones), key=sort_key) == tones


def test_the_alphabet_is_vietnamese() -> None:
    assert sorted(set(SYLLABLES), key=sort_key) == SYLLABLES


@given(words, words)
def test_sort_keys_are_bytes_in_order(left: str, right: str) -> None:
    by_text = sort_key(left) < sort_key(right)
    by_bytes = sort_key(left).encode() < sort_key(right).encode()

    assert by_text is by_bytes
