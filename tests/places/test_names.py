"""Reading what people write before and between names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.text import fold
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.rules.names import (
    LONGEST_NAME,
    LONGEST_TEXT,
    bare_name,
    parts_of,
    possible_names,
    prefix_at,
)

SYLLABLES = st.sampled_from(["Đồng", "Nà", "Bằng", "Lũng", "Khuổi", "Mẫu", "Rã", "Yến", "Cường"])
NAMES = st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join)
PREFIXES = st.sampled_from(
    [
        *("xã ", "Xã ", "XÃ ", "x. ", "X.", "phường ", "P. ", "p.", "thị trấn ", "Thị Trấn "),
        *("TT ", "TT. ", "T.T ", "tt.", "huyện ", "H. ", "h.", "thành phố ", "TP ", "TP.", "Tp. "),
        *("thị xã ", "TX ", "tỉnh ", "T. ", "xa ", "phuong ", "thi tran ", "huyen ", "tinh "),
    ],
)


@given(prefix=PREFIXES, name=NAMES)
def test_takes_the_kind_from_a_name(prefix: str, name: str) -> None:
    assert bare_name(prefix + name) == fold(name)


@given(prefix=PREFIXES, name=NAMES)
def test_reads_decomposed_letters_as_composed_ones(prefix: str, name: str) -> None:
    text = prefix + name

    assert bare_name(unicodedata.normalize("NFD", text)) == bare_name(text)


@given(name=NAMES)
def test_is_indifferent_to_marks_and_case(name: str) -> None:
    assert bare_name(fold(name)) == bare_name(name.upper()) == fold(name)


@given(st.text(max_size=400))
def test_never_stumbles_and_never_asks_for_much(text: str) -> None:
    names = possible_names(text)

    assert len(names) <= LONGEST_NAME * LONGEST_TEXT
    assert all(name == name.strip() and name for name in names)


@pytest.mark.parametrize(
    ("_case", "text"),
    [
        ("a tone that makes another word", "Phượng Tiến"),
        ("no tone", "Phương Viên"),
        ("a person's name", "Quân Hà"),
    ],
)
def test_a_name_does_not_begin_with_a_kind(_case: str, text: str) -> None:
    assert bare_name(text) == fold(text)


@pytest.mark.parametrize(
    ("text", "level", "words"),
    [
        ("thị trấn Chợ Rã", PlaceLevel.COMMUNE, 2),
        ("thị xã Bắc Kạn", PlaceLevel.DISTRICT, 2),
        ("thanh pho bac kan", PlaceLevel.DISTRICT, 2),
        ("H.Chợ Đồn", PlaceLevel.DISTRICT, 1),
        ("P.Sông Cầu", PlaceLevel.COMMUNE, 1),
        ("tỉnh Bắc Kạn", PlaceLevel.PROVINCE, 1),
    ],
)
def test_knows_the_level_of_a_kind(text: str, level: PlaceLevel, words: int) -> None:
    assert prefix_at(parts_of(text)[0], 0) == (level, words)


def test_cuts_an_address_at_its_commas_and_drops_the_country() -> None:
    parts = parts_of("Xã Nam Mẫu, Huyện Ba Bể - Bắc Kạn; Việt Nam")

    assert [" ".join(word.folded for word in part) for part in parts] == [
        "xa nam mau",
        "huyen ba be",
        "bac kan",
    ]
