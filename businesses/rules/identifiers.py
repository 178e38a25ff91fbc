"""Numbers by which the state knows a seller: tax codes and personal numbers.

Law 108/2025/QH15 article 11: an organisation has a tax code of 10 digits, its branches 10 and 3
more; the personal number of 12 digits is the tax code of people and of household businesses.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from stdnum.vn import mst

from businesses.rules.businesses import BusinessKind

_PERSONAL: Final = re.compile(r"0[0-9]{11}")
_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015]")
_SHOWN_DIGITS: Final = 4
_TAX_CODE_LENGTHS: Final = frozenset({10, 13})
_PERSONAL_LENGTH: Final = 12
# The fourth digit tells the century and the sex: 0 and 1 were born from 1900 on.
_FIRST_YEAR: Final = 1900


class IdentifierKind(StrEnum):
    """Which register a number comes from."""

    TAX_CODE = "tax_code"
    PERSONAL_NUMBER = "personal_number"


K = BusinessKind
ACCEPTED: Final = {
    K.INDIVIDUAL: frozenset({IdentifierKind.PERSONAL_NUMBER}),
    K.HOUSEHOLD: frozenset({IdentifierKind.PERSONAL_NUMBER, IdentifierKind.TAX_CODE}),
    K.COOPERATIVE_GROUP: frozenset({IdentifierKind.PERSONAL_NUMBER, IdentifierKind.TAX_CODE}),
    K.COOPERATIVE: frozenset({IdentifierKind.TAX_CODE}),
    K.ENTERPRISE: frozenset({IdentifierKind.TAX_CODE}),
    K.PUBLIC_BODY: frozenset({IdentifierKind.TAX_CODE}),
}


class Number(NamedTuple):
    """A number that can be: digits only, with its kind."""

    kind: IdentifierKind
    digits: str

    @property
    def masked(self) -> str:
        """What may be shown: all of a tax code, which is public; the end of a personal number."""
        if self.kind is IdentifierKind.TAX_CODE:
            return mst.format(self.digits)
        return f"•••• •••• {self.digits[-_SHOWN_DIGITS:]}"


def digits_of(typed: str) -> str:
    """What was typed, without the spaces, dots and dashes people write between digits."""
    return _SEPARATORS.sub("", typed)


def read_number(typed: str, today: date) -> Number | None:
    """The number that was typed, None when no register can have given it out."""
    digits = digits_of(typed)
    if not digits.isascii() or not digits.isdecimal():
        return None
    if len(digits) in _TAX_CODE_LENGTHS:
        valid = mst.is_valid(digits)
        return Number(IdentifierKind.TAX_CODE, digits) if valid else None
    if _PERSONAL.fullmatch(digits) and birth_year(digits) <= today.year:
        return Number(IdentifierKind.PERSONAL_NUMBER, digits)
    return None


def birth_year(personal_number: str) -> int:
    """The year its holder was born in: the fourth digit tells the century, two more the year."""
    return _FIRST_YEAR + 100 * (int(personal_number[3]) // 2) + int(personal_number[4:6])


def is_long_enough(typed: str) -> bool:
    """Whether as many digits were typed as some number has: else something is missing."""
    return len(digits_of(typed)) in {*_TAX_CODE_LENGTHS, _PERSONAL_LENGTH}
