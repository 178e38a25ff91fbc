"""Prices inside a query: "miến dong dưới 100k", "từ 1tr đến 1tr2", "trên 50 nghìn"."""

import re
from dataclasses import dataclass
from typing import Final

from marketplace.kernel.text import fold, nfc
from search.rules.questions import HIGHEST_PRICE

_AMOUNT: Final = r"(\d+(?:[.,]\d+)*)\s*(k|nghin|ngan|tr|trieu|cu|d|dong|vnd|₫)?(\d{1,3})?"
_END: Final = r"(?![a-z0-9])"
_RANGE: Final = re.compile(rf"\b(?:gia )?tu {_AMOUNT} (?:den|toi) {_AMOUNT}{_END}")
_DASH: Final = re.compile(rf"\b(?:gia )?{_AMOUNT} ?[-–] ?{_AMOUNT}{_END}")
_BELOW: Final = re.compile(rf"\b(?:gia )?(?:duoi|khong qua|nho hon|toi da|re hon) {_AMOUNT}{_END}")
_ABOVE: Final = re.compile(rf"\b(?:gia )?(?:tren|tu|hon|toi thieu|it nhat) {_AMOUNT}{_END}")
_THOUSANDS: Final = frozenset({"k", "nghin", "ngan"})
_MILLIONS: Final = frozenset({"tr", "trieu", "cu"})
_SMALLEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Priced:
    """A query without its price, and the price as a range in đồng, both ends taken in."""

    text: str
    lowest: int | None = None
    highest: int | None = None


def read_prices(text: str) -> Priced:
    """Take a price out of the query; a query without one comes back as it is.

    An amount must have a unit or be 1,000 at least: "trên 4 sao" names no price.
    """
    plain = nfc(text)
    folded = fold(plain)
    if len(folded) != len(plain):
        return Priced(plain)
    for pattern, has_low, has_high in (
        (_RANGE, True, True),
        (_DASH, True, True),
        (_BELOW, False, True),
        (_ABOVE, True, False),
    ):
        found = pattern.search(folded)
        if found is None:
            continue
        amounts = _amounts(found)
        if any(amount is None for amount in amounts):
            continue
        rest = " ".join((plain[: found.start()] + " " + plain[found.end() :]).split())
        return Priced(
            rest,
            amounts[0] if has_low else None,
            amounts[-1] if has_high else None,
        )
    return Priced(plain)


def _amounts(found: re.Match[str]) -> list[int | None]:
    groups = found.groups()
    parts = [groups[index : index + 3] for index in range(0, len(groups), 3)]
    last_unit = parts[-1][1]
    return [_amount(number, unit or last_unit, rest) for number, unit, rest in parts]


def _amount(number: str, unit: str | None, rest: str | None) -> int | None:
    """The amount in đồng: "1tr2" is 1,200,000 and "1,5tr" 1,500,000, "50.000" is 50,000."""
    if unit in _MILLIONS:
        scale = 1_000_000
    elif unit in _THOUSANDS:
        scale = 1_000
    else:
        amount = int(re.sub("[.,]", "", number))
        is_price = rest is None and (unit or amount >= _SMALLEST)
        return min(amount, HIGHEST_PRICE) if is_price else None
    decimal = number.replace(",", ".")
    amount = round(float(decimal) * scale) if decimal.count(".") <= 1 else 0
    if rest is not None:
        amount += int(rest) * scale // 10 ** len(rest)
    return min(amount, HIGHEST_PRICE) or None
