"""Rules of the department's own register file: its columns, its dates, how many rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from businesses.rules.identifiers import Number, read_number
from marketplace.kernel.text import fold, nfc

MOST_ROWS: Final = 50_000
LOOKED_AT: Final = 20
# No province has a code below 001, so at most two zeros stand in front.
_EATEN_ZEROS: Final = 2
_DATES: Final = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y")


class RegisterField(StrEnum):
    """What a column of the register may hold."""

    IDENTIFIER = "identifier"
    NAME = "name"
    ADDRESS = "address"
    STATUS = "status"
    REGISTERED_ON = "registered_on"


F = RegisterField
REQUIRED: Final = (F.IDENTIFIER, F.NAME, F.STATUS)
_HEADERS: Final = {
    F.IDENTIFIER: (
        "ma so thue",
        "mst",
        "ma so doanh nghiep",
        "ma so dn",
        "ma so ho kinh doanh",
        "ma so htx",
        "so dinh danh",
        "so dinh danh ca nhan",
        "ma so",
        "tax code",
    ),
    F.NAME: (
        "ten doanh nghiep",
        "ten ho kinh doanh",
        "ten hop tac xa",
        "ten co so",
        "ten don vi",
        "ten",
        "name",
    ),
    F.ADDRESS: ("dia chi", "dia chi tru so", "dia chi tru so chinh", "tru so chinh", "address"),
    F.STATUS: (
        "tinh trang",
        "tinh trang phap ly",
        "tinh trang hoat dong",
        "trang thai",
        "status",
    ),
    F.REGISTERED_ON: (
        "ngay dang ky",
        "ngay cap",
        "ngay cap dang ky",
        "ngay cap dang ky lan dau",
        "registered on",
    ),
}
_BY_HEADER: Final = {words: target for target, names in _HEADERS.items() for words in names}


def columns_of(row: Sequence[object], mapping: Mapping[str, str]) -> dict[RegisterField, int]:
    """Which column holds what: as the mapping says, else by its Vietnamese name.

    The first column of a kind counts; what is unknown is passed over.
    """
    wanted = {_plain(name): target for name, target in mapping.items()}
    found: dict[RegisterField, int] = {}
    for index, cell in enumerate(row):
        words = _plain(cell)
        told = wanted.get(words)
        target = RegisterField(told) if told in set(RegisterField) else _BY_HEADER.get(words)
        if target is not None and target not in found:
            found[target] = index
    return found


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as people write them."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return nfc(str(cell))


def number_in(text: str, today: date) -> Number | None:
    """The number, also where a spreadsheet has eaten the zeros in front of it."""
    digits = text.replace("'", "").strip()
    for length in (len(digits), 10, 12, 13):
        if not 0 <= length - len(digits) <= _EATEN_ZEROS:
            continue
        found = read_number(digits.zfill(length), today)
        if found is not None:
            return found
    return None


def date_in(text: str) -> date | None:
    """The day as people write it here, or None."""
    for pattern in _DATES:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    return None


def _plain(cell: object) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in fold(text_of(cell)))
    return " ".join(words.split())
