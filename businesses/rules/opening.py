"""When a store is open: hours by weekday, and days on which it stays closed.

Hours are minutes of the day in the province's own time; a span may not pass midnight.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final, TypeAlias

from marketplace.accounts.rules.calendar import HOME_ZONE

DAYS: Final = 7
MOST_SPANS: Final = 3
MIDNIGHT: Final = 24 * 60
LONGEST_CLOSURE_DAYS: Final = 366

Span: TypeAlias = tuple[int, int]
Week: TypeAlias = tuple[tuple[Span, ...], ...]
_SPAN: Final = re.compile(
    r"^(\d{1,2})(?:\s*[:h.]\s*(\d{2})?)?\s*(?:-|–|—|đến|to)\s*(\d{1,2})(?:\s*[:h.]\s*(\d{2})?)?$",
)


class HoursError(ValueError):
    """What was typed are no opening hours."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which the store stays closed, both ends included."""

    first: date
    last: date


def read_hours(text: str) -> tuple[Span, ...]:
    """The hours of a day as people type them: "7h30-11h30, 13:30–17:00"; nothing is closed.

    Raises:
        HoursError: it cannot be read, an end is not after its beginning, or spans overlap.
    """
    parts = [part.strip().lower() for part in re.split(r"[,;]", text) if part.strip()]
    spans = sorted(_read_span(part) for part in parts)
    if len(spans) > MOST_SPANS:
        raise HoursError("too many spans")
    if any(after[0] < before[1] for before, after in pairwise(spans)):
        raise HoursError("spans overlap")
    return tuple(spans)


def _read_span(text: str) -> Span:
    found = _SPAN.match(text)
    if found is None:
        raise HoursError("no hours")
    begin = int(found[1]) * 60 + int(found[2] or 0)
    end = int(found[3]) * 60 + int(found[4] or 0)
    minutes = (int(found[2] or 0), int(found[4] or 0))
    if max(minutes) > 59 or not begin < end <= MIDNIGHT:  # noqa: PLR2004 - minutes of an hour
        raise HoursError("an end before its beginning")
    return begin, end


def clock(minute: int) -> str:
    """A minute of the day as people read it: 450 is "07:30"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def told_hours(spans: Iterable[Span]) -> str:
    """Hours as they would be typed."""
    return ", ".join(f"{clock(begin)}-{clock(end)}" for begin, end in spans)


def read_week(kept: object) -> Week | None:
    """The hours as a row keeps them; None where a store has told none."""
    if not isinstance(kept, list) or len(kept) != DAYS:
        return None
    return tuple(tuple((int(begin), int(end)) for begin, end in day) for day in kept)


def closed_at(closures: Iterable[Closed], day: date) -> Closed | None:
    """The closure that holds on the day; of several the longest."""
    held = [each for each in closures if each.first <= day <= each.last]
    return max(held, key=lambda each: each.last, default=None)


def closed_until(closures: Sequence[Closed], day: date) -> date | None:
    """The last day of the closure in which the day lies, of those that join as well."""
    found = closed_at(closures, day)
    if found is None:
        return None
    last = found.last
    while (more := closed_at(closures, date.fromordinal(last.toordinal() + 1))) is not None:
        last = more.last
    return last


def is_open(week: Week | None, closures: Sequence[Closed], now: datetime) -> bool | None:
    """Whether the store is open at the moment; None where it tells no hours."""
    here = now.astimezone(HOME_ZONE)
    if closed_at(closures, here.date()) is not None:
        return False
    if week is None:
        return None
    minute = here.hour * 60 + here.minute
    return any(begin <= minute < end for begin, end in week[here.weekday()])
