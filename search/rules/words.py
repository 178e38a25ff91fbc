"""How Vietnamese words are compared: folded, and with their marks kept as digits.

Engines strip the marks of letters, so "bí", "bì" and "bi" look alike to them. A second form keeps
each mark as a digit behind its letter ("bí" → "bi1", as VNI typists do): words that agree in this
form agree in every mark.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape
from typing import Final

from marketplace.kernel.text import fold, nfc

_DIGITS: Final = {
    "\u0301": "1",
    "\u0300": "2",
    "\u0309": "3",
    "\u0303": "4",
    "\u0323": "5",
    "\u0302": "6",
    "\u031b": "7",
    "\u0306": "8",
}
_TONES: Final = "12345"
_WORD: Final = re.compile(r"[^\W_]+")
# "hoà" and "hòa" are one word: the tone stands on the first vowel of an open oa, oe, uy.
_NEW_STYLE: Final = re.compile(rf"(?<!q)([ou])([aey])([{_TONES}])(?![a-z0-9])")
# Unicode puts a dot below before what is above; we put shapes first, as people type them.
_TONE_FIRST: Final = re.compile(r"([1-5])([678])")
_OPEN_PAIRS: Final = frozenset({"oa", "oe", "uy"})


def words(text: str) -> list[str]:
    """The words of a text as they were written."""
    return _WORD.findall(nfc(text))


def folded_words(text: str) -> list[str]:
    """The words without case and marks: "Bí đỏ 2kg" → bi, do, 2kg."""
    return _WORD.findall(fold(nfc(text)))


def mark(word: str) -> str:
    """The word with every mark as a digit behind its letter: "Đường" → "d9u7o72ng"."""
    signs = unicodedata.normalize("NFD", word.casefold())
    marked = "".join("d9" if sign == "đ" else _DIGITS.get(sign, sign) for sign in signs)
    return _NEW_STYLE.sub(_old_style, _TONE_FIRST.sub(r"\2\1", marked))


def marked_words(text: str) -> list[str]:
    """The words with their marks as digits, punctuation left out."""
    return [mark(word) for word in words(text)]


def has_marks(text: str) -> bool:
    """Whether the writer typed marks at all."""
    return fold(text) != text.casefold()


def highlight(name: str, queried: frozenset[str], last: str | None = None) -> str:
    """The name as safe HTML, with the queried words inside `<mark>`.

    Args:
        name: what is shown.
        queried: folded words; a word of the name is marked when it is one of them.
        last: the folded word still being typed; it marks the beginning of words, too.
    """
    pieces: list[str] = []
    end = 0
    for found in _WORD.finditer(name):
        folded = _folded(found.group())
        length = _marked_length(folded, queried, last)
        if length == 0:
            continue
        stop = found.end() if length >= len(folded) else found.start() + length
        pieces += [escape(name[end : found.start()]), "<mark>", escape(name[found.start() : stop])]
        pieces.append("</mark>")
        end = stop
    pieces.append(escape(name[end:]))
    return "".join(pieces).replace("</mark> <mark>", " ")


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    """The word folded; names share their words, and folding is the dearest part of marking."""
    return fold(word)


def _marked_length(folded: str, queried: frozenset[str], last: str | None) -> int:
    if folded in queried:
        return len(folded)
    return len(last) if last and folded.startswith(last) else 0


def _old_style(found: re.Match[str]) -> str:
    first, second, tone = found.groups()
    return f"{first}{tone}{second}" if first + second in _OPEN_PAIRS else found.group()
