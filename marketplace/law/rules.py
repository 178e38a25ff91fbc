"""Pure rules about dates of the law: working days, and how sure we are of a fact."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Final

# Viet Nam has no summer time; every date of the law is read on this clock.
HANOI: Final = timezone(timedelta(hours=7))
CLOSING_TIME: Final = time(17, 0)
_SATURDAY: Final = 5
_LONGEST_WAIT: Final = 366


class Certainty(StrEnum):
    """How sure the data is of a fact of the law."""

    READ = "read"
    REPORTED = "reported"
    REMEMBERED = "remembered"


def is_working_day(day: date, calendar: Mapping[date, bool]) -> bool:
    """Whether offices are open; the calendar says of exceptions whether they are days off."""
    exception = calendar.get(day)
    return day.weekday() < _SATURDAY if exception is None else not exception


def first_counted_day(filed_at: datetime, calendar: Mapping[date, bool]) -> date:
    """The day a paper counts as handed in.

    After hours or on a day off it is the next working day (Decree 168/2025/NĐ-CP, art. 112.4).
    """
    local = filed_at.astimezone(HANOI)
    day = local.date()
    if local.time() >= CLOSING_TIME:
        day += timedelta(days=1)
    return day if is_working_day(day, calendar) else next_working_day(day, calendar)


def next_working_day(day: date, calendar: Mapping[date, bool]) -> date:
    """The first working day after the day.

    Raises:
        ValueError: the calendar has no working day for a year.
    """
    for ahead in range(1, _LONGEST_WAIT):
        found = day + timedelta(days=ahead)
        if is_working_day(found, calendar):
            return found
    raise ValueError("a year without a working day")


def working_days_after(start: date, days: int, calendar: Mapping[date, bool]) -> date:
    """The last day of a time limit of so many working days; the first day is not counted."""
    found = start
    for _each in range(days):
        found = next_working_day(found, calendar)
    return found


def working_days_between(start: date, end: date, calendar: Mapping[date, bool]) -> int:
    """How many working days there are after the start, up to and with the end."""
    days = (end - start).days
    return sum(
        is_working_day(start + timedelta(days=ahead), calendar) for ahead in range(1, days + 1)
    )
