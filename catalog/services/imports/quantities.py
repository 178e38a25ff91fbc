"""Contents, dates, months and answers as people type them: "500 g", "9-11", "31/12/2026", "có"."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from catalog.ports import Cell
from catalog.services.imports.cells import tidy
from catalog.services.imports.numbers import plain_number, read_number
from catalog.services.imports.problems import CellError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold

PIECE: Final = "piece"
_UNITS: Final = {
    "g": ("g", "gr", "gam", "gram", "grams", "gramme"),
    "kg": ("kg", "kgs", "kilogam", "kilogram", "kilo", "ki", "ky", "can"),
    "lạng": ("lang",),
    "yến": ("yen",),
    "tạ": ("ta",),
    "ml": ("ml", "mililit", "milliliter", "cc"),
    "l": ("l", "lit", "liter", "litre", "lits"),
    PIECE: (
        *("cai", "chiec", "qua", "vien", "tui", "goi", "hop", "con", "cay", "bo", "banh", "tam"),
        *("piece", "pcs", "suat", "khach", "nguoi", "dem", "phong", "chuyen", "cap", "doi", "bep"),
    ),
}
UNITS: Final = {word: unit for unit, words in _UNITS.items() for word in words}
MOST_CONTENT: Final = Decimal(100_000_000)
_CONTENT: Final = re.compile(
    r"(?:(?P<before>\d{1,4})\s*[x×*]\s*)?(?P<number>\d[\d.,' ]*?)\s*(?P<unit>[a-z]+)?"
    r"(?:\s*[x×*]\s*(?P<after>\d{1,4}))?",
)
_PACKING: Final = re.compile(r"(?P<word>[^\W\d]+(?: [^\W\d]+)?)\s+(?P<content>\d.*)")
_DATE: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_MONTH_WORDS: Final = re.compile(r"\b(?:cac |tu )?(?:thang|thg|months?|t)\s*\.?\s*(?=\d)|\btu\b")
_RANGE: Final = re.compile(r"(\d{1,2})\s*(?:-|–|—|~|den|toi|to)\s*(\d{1,2})")
_ALL_YEAR: Final = frozenset({"quanh nam", "ca nam", "all year", "12 thang"})
_YES: Final = frozenset({"co", "x", "yes", "y", "true", "1", "dung", "hien", "hien thi", "ok"})
_NO: Final = frozenset({"khong", "ko", "k", "no", "n", "false", "0", "sai", "an"})
DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class NetContent:
    """How much one packing holds, and in which unit."""

    quantity: Decimal
    unit: str


def unit_named(text: str) -> str | None:
    """The unit behind its name or abbreviation, or None."""
    return UNITS.get(fold(text).strip(" ."))


def read_content(cell: Cell, default_unit: str | None = None) -> NetContent:
    """A net content: "500 g", "0,5 kg", "2 x 500 g", or a bare number where the header has a unit.

    Raises:
        CellError: no quantity or no unit can be made out.
    """
    if not isinstance(cell, str):
        quantity, unit = read_number(cell), default_unit
    else:
        match = _CONTENT.fullmatch(fold(tidy(cell)).strip(" ."))
        number = plain_number(match["number"]) if match else None
        if match is None or number is None:
            raise CellError(_("This is not a content. Write for instance 500 g."), "NOT_A_QUANTITY")
        quantity = number * int(match["before"] or 1) * int(match["after"] or 1)
        unit = UNITS.get(match["unit"]) if match["unit"] else default_unit
    if unit is None:
        raise CellError(_("The unit is missing or unknown. Use g, kg, ml or l."), "UNKNOWN_UNIT")
    if quantity <= 0 or quantity > MOST_CONTENT:
        raise CellError(_("A content is more than nothing."), "TOO_SMALL")
    return NetContent(quantity.quantize(Decimal("0.001")), unit)


def read_grams(cell: Cell, default_unit: str | None = None) -> int:
    """A weight in whole grams; a bare number means grams.

    Raises:
        CellError: it is no weight.
    """
    content = read_content(cell, default_unit or "g")
    factors = {"g": 1, "kg": 1000, "lạng": 100, "yến": 10_000, "tạ": 100_000}
    if content.unit not in factors:
        raise CellError(_("A weight is in g or kg."), "UNKNOWN_UNIT")
    grams = round(content.quantity * factors[content.unit])
    if not 1 <= grams <= 10**9:
        raise CellError(_("A content is more than nothing."), "TOO_SMALL")
    return grams


@lru_cache(maxsize=1024)
def split_packing(text: str) -> tuple[str | None, NetContent | None]:
    """What a packing's name tells: "gói 500 g" is a gói that holds 500 g."""
    match = _PACKING.fullmatch(text)
    word = match["word"] if match else None
    try:
        return word, read_content(match["content"] if match else text)
    except CellError:
        return word, None


def read_date(cell: Cell) -> date:
    """A day, day first: 31/12/2026.

    Raises:
        CellError: it is no day of the calendar.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = tidy(cell)
    try:
        if match := _DATE.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO_DATE.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise CellError(_("This is not a date. Write day/month/year: 31/12/2026."), "NOT_A_DATE")


def read_months(cell: Cell) -> list[int]:
    """Months of the year: "9-11", "tháng 9 đến 11", "11-2", "9, 10", "quanh năm".

    Raises:
        CellError: these are no months.
    """
    if isinstance(cell, datetime | date):
        # A spreadsheet makes a day of "9-11"; its day and month are what was typed.
        return _span(cell.day, cell.month)
    text = fold(tidy(cell)).strip(" .")
    if text in _ALL_YEAR:
        return list(range(1, DECEMBER + 1))
    found: set[int] = set()
    bare = _MONTH_WORDS.sub("", text)
    for part in re.split(r"[,;/+&]|\bva\b", bare):
        if match := _RANGE.fullmatch(part.strip()):
            found.update(_span(int(match[1]), int(match[2])))
        elif part.strip().isdigit():
            found.update(_span(int(part), int(part)))
        else:
            raise CellError(_("These are not months. Write for instance 9-11."), "NOT_MONTHS")
    return sorted(found)


def read_answer(cell: Cell) -> bool:
    """Yes or no: "có", "x", "không".

    Raises:
        CellError: it is neither.
    """
    if isinstance(cell, bool):
        return cell
    text = fold(tidy(cell))
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellError(_("Answer with có (yes) or không (no)."), "NOT_AN_ANSWER")


def _span(first: int, last: int) -> list[int]:
    if not (1 <= first <= DECEMBER and 1 <= last <= DECEMBER):
        raise CellError(_("These are not months. Write for instance 9-11."), "NOT_MONTHS")
    if first <= last:
        return list(range(first, last + 1))
    return [*range(1, last + 1), *range(first, DECEMBER + 1)]
