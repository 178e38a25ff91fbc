"""Numbers and amounts of money as people in Vietnam type them.

"45.000", "45.000 ₫", "45k", "1,2 triệu", "1tr2" and what a spreadsheet makes of them. A dot
groups thousands and a comma begins the fraction; English habits are understood where only one
reading is possible.
"""

import re
from decimal import Decimal
from typing import Final

from catalog.ports import Cell
from catalog.services.imports.cells import tidy
from catalog.services.imports.problems import CellError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold

LOWEST_PRICE: Final = 100
HIGHEST_PRICE: Final = 2_000_000_000
HIGHEST_COUNT: Final = 10_000_000

_SCALES: Final = {
    "ty": Decimal(10**9),
    "ti": Decimal(10**9),
    "trieu": Decimal(10**6),
    "tr": Decimal(10**6),
    "cu": Decimal(10**6),
    "nghin": Decimal(10**3),
    "ngan": Decimal(10**3),
    "k": Decimal(10**3),
}
_FIGURE: Final = r"\d[\d.,' ]*"
_TERM: Final = re.compile(rf"\s*({_FIGURE}?)\s*({'|'.join(_SCALES)})(?![a-z])")
_SHORT_FRACTION: Final = re.compile(r"\s*(\d{1,3})")
_CURRENCY: Final = re.compile(r"^(?:vnd|₫)\s*|\s*(?:vnd|dong|d|₫|,-|\.-)$")
_PER_UNIT: Final = re.compile(r"\s*/\s*[a-z]+$")
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}")
_SPACED: Final = re.compile(r"(\d{1,3}(?:[ ']\d{3})+)([.,]\d+)?")
_DOTTED: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_COMMAED: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_FRACTION: Final = re.compile(r"\d+[.,]\d+")
_COUNTED: Final = re.compile(rf"({_FIGURE}?)\s*[a-z]*")
_NOTHING_LEFT: Final = frozenset({"het", "het hang", "tam het", "khong con"})


def read_price(cell: Cell) -> int:
    """An amount in đồng.

    Raises:
        CellError: it is no amount, or no amount anybody would pay.
    """
    amount = _money(cell)
    if amount < 0:
        raise CellError(_("A price cannot be below nothing."), "NEGATIVE")
    if amount != amount.to_integral_value():
        raise CellError(_("Prices are whole đồng, without a fraction."), "FRACTION")
    if amount < LOWEST_PRICE:
        raise CellError(
            _("{value} ₫ is too little. If you mean thousands, write 45.000 or 45k."),
            "TOO_SMALL",
            value=str(int(amount)),
        )
    if amount > HIGHEST_PRICE:
        raise CellError(_("This price is above 2 billion đồng."), "TOO_LARGE")
    return int(amount)


def read_count(cell: Cell) -> int:
    """How many there are: a whole number from nought up; "hết hàng" is nought.

    Raises:
        CellError: it is no such number.
    """
    if isinstance(cell, str):
        text = fold(tidy(cell)).strip()
        if text in _NOTHING_LEFT:
            return 0
        match = _COUNTED.fullmatch(text)
        number = plain_number(match[1], groups_by_comma=True) if match else None
    else:
        number = _typed_number(cell)
    if text_is_negative(cell) or (number is not None and number < 0):
        raise CellError(_("This number cannot be below nought."), "NEGATIVE")
    if number is None:
        raise CellError(_("This is not a number."), "NOT_A_NUMBER")
    if number != number.to_integral_value():
        raise CellError(_("Only whole numbers can be counted."), "FRACTION")
    if number > HIGHEST_COUNT:
        raise CellError(_("This number is too large."), "TOO_LARGE")
    return int(number)


def read_positive_count(cell: Cell) -> int:
    """A whole number from one up.

    Raises:
        CellError: it is no such number.
    """
    count = read_count(cell)
    if count == 0:
        raise CellError(_("This number must be at least 1."), "TOO_SMALL")
    return count


def read_number(cell: Cell) -> Decimal:
    """Any number from nought up, with a fraction or without.

    Raises:
        CellError: it is no such number.
    """
    number = plain_number(fold(tidy(cell)).strip(" %")) if isinstance(cell, str) else None
    if not isinstance(cell, str):
        number = _typed_number(cell)
    if text_is_negative(cell) or (number is not None and number < 0):
        raise CellError(_("This number cannot be below nought."), "NEGATIVE")
    if number is None:
        raise CellError(_("This is not a number."), "NOT_A_NUMBER")
    return number


def text_is_negative(cell: Cell) -> bool:
    """Whether a number was typed with a minus before it."""
    return isinstance(cell, str) and re.match(r"[-−–]\s*\d", cell.strip()) is not None


def plain_number(text: str, *, groups_by_comma: bool = False) -> Decimal | None:
    """A number without words, or None.

    Args:
        text: digits, dots, commas, spaces and apostrophes.
        groups_by_comma: read "45,000" as thousands rather than as 45 with a long fraction;
            sensible for what is never a fraction.
    """
    text = text.strip()
    if match := _SPACED.fullmatch(text):
        text = re.sub(r"[ ']", "", match[1]) + (match[2] or "").replace(",", ".")
        return Decimal(text)
    if text.isascii() and text.isdigit():
        return Decimal(text)
    if _DOTTED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _COMMAED.fullmatch(text) and (groups_by_comma or text.count(",") > 1 or "." in text):
        return Decimal(text.replace(",", ""))
    if _FRACTION.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def _money(cell: Cell) -> Decimal:
    if not isinstance(cell, str):
        number = _typed_number(cell)
    else:
        text = _PER_UNIT.sub("", fold(tidy(cell)).strip())
        for _twice in range(2):
            text = _CURRENCY.sub("", text).strip()
        number = _scientific(text) if _SCIENTIFIC.fullmatch(text) else _worded_number(text)
    if text_is_negative(cell):
        raise CellError(_("A price cannot be below nothing."), "NEGATIVE")
    if number is None:
        raise CellError(_("This is not an amount of money. Write 45.000 or 45k."), "NOT_A_NUMBER")
    return number


def _scientific(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _worded_number(text: str) -> Decimal | None:
    """A number in which millions and thousands may be words: "1tr2", "1 triệu 200 nghìn"."""
    total, at, scale = Decimal(0), 0, None
    while match := _TERM.match(text, at):
        number = plain_number(match[1])
        if number is None or (scale is not None and _SCALES[match[2]] >= scale):
            return None
        scale = _SCALES[match[2]]
        total += number * scale
        at = match.end()
    if scale is None:
        return plain_number(text, groups_by_comma=True)
    if at == len(text):
        return total
    if text[at:].strip() == "ruoi":
        return total + scale / 2
    rest = _SHORT_FRACTION.fullmatch(text, at)
    return total + Decimal(f"0.{rest[1]}") * scale if rest else None


def _typed_number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return Decimal(repr(cell)) if cell == cell and abs(cell) != float("inf") else None  # noqa: PLR0124 - NaN
