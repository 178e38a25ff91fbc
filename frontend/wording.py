"""How numbers, money, dates and telephone numbers are written for readers."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from babel.dates import format_date

from marketplace.kernel.i18n import Language
from marketplace.kernel.money import format_money

# Vietnam has no summer time, so the offset says it all.
HANOI: Final = timezone(timedelta(hours=7))
_MOBILE_LENGTH: Final = 10


def money(value: Mapping[str, Any] | float | None) -> str:
    """1234567 → "1.234.567 ₫"; takes the contract's Money, too."""
    if value is None:
        return ""
    amount = value["amount"] if isinstance(value, Mapping) else value
    return format_money(round(amount))


def number(value: float | None, language: Language = "vi") -> str:
    """1234.5 → "1.234,5" in Vietnamese, "1,234.5" in English."""
    if value is None:
        return ""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def day(value: str | date | None) -> str:
    """An ISO date or moment as 22/11/2026, on Hanoi's clock."""
    if not value:
        return ""
    if isinstance(value, str):
        moment = datetime.fromisoformat(value)
        value = moment.astimezone(HANOI).date() if moment.tzinfo else moment.date()
    return f"{value:%d/%m/%Y}"


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(UTC).astimezone(HANOI).date()


def long_day(value: date, language: Language) -> str:
    """Sunday 22 November, in words."""
    pattern = "EEEE, d MMMM" if language == "vi" else "EEEE d MMMM"
    text: str = format_date(value, pattern, locale=language)
    return text[:1].upper() + text[1:]


def phone(value: str | None) -> str:
    """+84912345678 → 0912 345 678."""
    if not value:
        return ""
    digits = "0" + value[3:] if value.startswith("+84") else value
    digits = digits.replace(" ", "").replace(".", "")
    if len(digits) == _MOBILE_LENGTH:
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}".strip() if digits.isdigit() else value


def month_name(value: int, language: Language, width: str = "wide") -> str:
    """A month in words: "tháng 11", "November"."""
    pattern = "LLLL" if width == "wide" else "LLL"
    text: str = format_date(date(2026, value, 1), pattern, locale=language)
    return text
