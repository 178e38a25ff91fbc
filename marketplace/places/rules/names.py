"""Reading what people write for a place: "H. Chợ Đồn", "TT Bằng Lũng, Chợ Đồn", "xa nam mau".

Names are compared folded, but the words before a name are read with their marks where they have
any: "Phượng Tiến" does not begin with "phường".
"""

import re
from dataclasses import dataclass
from typing import Final

from marketplace.kernel.text import fold, nfc
from marketplace.places.rules.levels import PlaceLevel

_SPELLED: Final[dict[tuple[str, ...], PlaceLevel]] = {
    ("tỉnh",): PlaceLevel.PROVINCE,
    ("thành", "phố"): PlaceLevel.DISTRICT,
    ("thị", "xã"): PlaceLevel.DISTRICT,
    ("huyện",): PlaceLevel.DISTRICT,
    ("quận",): PlaceLevel.DISTRICT,
    ("thị", "trấn"): PlaceLevel.COMMUNE,
    ("phường",): PlaceLevel.COMMUNE,
    ("xã",): PlaceLevel.COMMUNE,
}
_SHORT: Final[dict[tuple[str, ...], PlaceLevel]] = {
    ("t",): PlaceLevel.PROVINCE,
    ("tp",): PlaceLevel.DISTRICT,
    ("tx",): PlaceLevel.DISTRICT,
    ("h",): PlaceLevel.DISTRICT,
    ("q",): PlaceLevel.DISTRICT,
    ("tt",): PlaceLevel.COMMUNE,
    ("p",): PlaceLevel.COMMUNE,
    ("x",): PlaceLevel.COMMUNE,
}
_PREFIXES: Final[dict[tuple[str, ...], PlaceLevel]] = {
    **_SPELLED,
    **{tuple(fold(word) for word in words): level for words, level in _SPELLED.items()},
    **_SHORT,
}
_BELOW_COMMUNE: Final = frozenset(
    {"thôn", "bản", "xóm", "tổ", "khu", "tiểu", "số", "ngõ", "đường", "phố", "nhà", "làng", "khối"},
)
_NOISE: Final = frozenset({"cũ", "xưa", "nay", "thuộc", "trước"})
_COUNTRY: Final = re.compile(r"\b(vi[eệ]t ?nam|vn)\b")
_SHORT_WITH_DOTS: Final = re.compile(r"\bt\.\s?([tpx])\b\.?")
_SEPARATORS: Final = re.compile(r"[,;:|\n\r]+|\s[-–—/]\s")
_SIGNS: Final = re.compile(r"[^\w\s]|_")
_IN_BRACKETS: Final = re.compile(r"\(([^)]*)\)?")

LONGEST_NAME: Final = 6
LONGEST_TEXT: Final = 300


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was written, in small letters, and folded."""

    written: str
    folded: str


Part = tuple[Word, ...]


def parts_of(text: str) -> tuple[Part, ...]:
    """The text cut at commas and the like, the narrowest part first as people write addresses."""
    plain = _COUNTRY.sub(" ", _plain(text[:LONGEST_TEXT]))
    cut = (_words(piece) for piece in _SEPARATORS.split(plain))
    return tuple(part for part in cut if part)


def outside_brackets(text: str) -> str:
    """The text without its remarks: of "Xã Chợ Đồn (trước 7/2025: …)" the first two words."""
    return _IN_BRACKETS.sub(" ", text)


def inside_brackets(text: str) -> str:
    """The remarks of the text alone."""
    return ", ".join(_IN_BRACKETS.findall(text))


def prefix_at(part: Part, start: int) -> tuple[PlaceLevel, int] | None:
    """The kind of unit named at that word ("TT", "huyện"), and how many words it takes."""
    for length in (2, 1):
        words = tuple(word.written for word in part[start : start + length])
        if len(words) == length and words in _PREFIXES:
            return _PREFIXES[words], length
    return None


def is_below_commune(part: Part) -> bool:
    """Whether the part names a hamlet, a street or a house, which no unit of ours stands for."""
    return part[0].written in _BELOW_COMMUNE


def spans_of(part: Part) -> frozenset[str]:
    """Every run of words that might be a name, folded."""
    return frozenset(
        name_at(part, start, length)
        for start in range(len(part))
        for length in range(1, min(LONGEST_NAME, len(part) - start) + 1)
    )


def name_at(part: Part, start: int, length: int) -> str:
    """The folded name made of `length` words from `start`."""
    return " ".join(word.folded for word in part[start : start + length])


def possible_names(text: str) -> frozenset[str]:
    """Everything in the text worth looking up."""
    texts = (outside_brackets(text), inside_brackets(text))
    return frozenset().union(*(spans_of(part) for each in texts for part in parts_of(each)))


def bare_name(text: str) -> str:
    """The folded name without the kind of unit before it: "Thị trấn Chợ Rã" → "cho ra"."""
    part = _words(_plain(text))
    prefix = prefix_at(part, 0)
    start = prefix[1] if prefix is not None and prefix[1] < len(part) else 0
    return name_at(part, start, len(part))


def _plain(text: str) -> str:
    """Small letters, and "T.T." as one word."""
    return _SHORT_WITH_DOTS.sub(r"t\1 ", nfc(text).casefold())


def _words(piece: str) -> Part:
    words = (Word(word, fold(word)) for word in _SIGNS.sub(" ", piece).split())
    return tuple(word for word in words if word.written not in _NOISE and not word.folded.isdigit())
