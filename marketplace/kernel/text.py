"""Vietnamese text: one form on entry, folded for search, sorted by the alphabet.

PostgreSQL here has neither `unaccent` nor ICU collations (docs/decisions/0012), so what the
database compares is computed in Python and stored.
"""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = re.compile("[\x00\u200b-\u200d\u2060\ufeff\ud800-\udfff]")
_SPACES: Final = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_WORDS: Final = re.compile(r"[a-z0-9]+")
_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_RANKS: Final = {letter: chr(0x30 + rank) for rank, letter in enumerate(_LETTERS, start=10)}


class _Marks(dict[int, int | None]):
    """Leaves combining marks out; finds out once for each sign, because texts are folded a lot."""

    def __missing__(self, sign: int) -> int | None:
        """The sign, or None for a mark."""
        kept = None if unicodedata.category(chr(sign)) == "Mn" else sign
        self[sign] = kept
        return kept


_MARKS: Final = _Marks()


def nfc(text: str) -> str:
    """The text in Unicode's composed form, without invisible signs and doubled spaces."""
    cleaned = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", cleaned).strip()


def fold(text: str) -> str:
    """The text without case, tone and letter marks: "Miến dong ĐƯỜNG" → "mien dong duong"."""
    if text.isascii():
        return text.casefold()
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return bare.translate(_MARKS).casefold()


def slugify(text: str) -> str:
    """The text as it stands in an address: "Miến dong Côn Minh" → "mien-dong-con-minh"."""
    return "-".join(_WORDS.findall(fold(text)))


def sort_key(text: str) -> str:
    """A string whose byte order is the Vietnamese alphabet's: letters first, tones second.

    Tones rank level < falling < asking < tumbling < rising < heavy, as in ICU's `vi` collation.
    """
    letters: list[str] = []
    tones: list[str] = []
    for sign in unicodedata.normalize("NFC", text.casefold()):
        parts = unicodedata.normalize("NFD", sign)
        tone = next((_TONES[part] for part in parts if part in _TONES), "0")
        base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        if base in _RANKS:
            letters.append(_RANKS[base])
            tones.append(tone)
        elif base.isdigit():
            letters.append(base)
        elif base.isspace():
            letters.append(" ")
    return "".join(letters) + "!" + "".join(tones).rstrip("0")
