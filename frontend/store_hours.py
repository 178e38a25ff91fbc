"""A store's week and holidays in the words of its page."""

from collections.abc import Mapping
from typing import Any, Final, TypedDict

from frontend.store_form import DAYS
from frontend.wording import today
from marketplace.kernel.i18n import Language, translate

_SUNDAY: Final = 7


class Hours(TypedDict):
    """The hours of some days that follow one another and are alike."""

    days: str
    hours: str
    is_today: bool


def week_of(store: Mapping[str, Any], language: Language) -> list[Hours]:
    """The week with days that are alike in one line; empty where the store tells none."""
    found: list[Hours] = []
    first = 1
    week = store["hours"] or []
    for day in week:
        number = day["weekday"]
        if number < _SUNDAY and week[number]["spans"] == day["spans"]:
            continue
        spans = ", ".join(f"{span['opens']}–{span['closes']}" for span in day["spans"])
        is_today = first <= today().isoweekday() <= number
        found.append(Hours(days=_named(first, number, language), hours=spans, is_today=is_today))
        first = number + 1
    return found


def _named(first: int, last: int, language: Language) -> str:
    begin = translate(DAYS[first - 1], language)
    return begin if first == last else f"{begin} – {translate(DAYS[last - 1], language)}"


def closure_of(store: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The holiday of today, or else the next one."""
    closures: list[Mapping[str, Any]] = store["closures"]
    return closures[0] if closures else None
