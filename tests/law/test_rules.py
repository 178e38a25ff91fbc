"""Counting working days as the law counts them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.law.rules import (
    HANOI,
    first_counted_day,
    is_working_day,
    working_days_after,
    working_days_between,
)

CULTURE_DAY = date(2026, 11, 24)
WORKED_SATURDAY = date(2026, 8, 22)
CALENDAR = {CULTURE_DAY: True, WORKED_SATURDAY: False, date(2026, 8, 31): True}


@pytest.mark.parametrize(
    ("_case", "start", "days", "end"),
    [
        ("plain", date(2026, 11, 9), 3, date(2026, 11, 12)),
        ("over a weekend", date(2026, 11, 12), 3, date(2026, 11, 17)),
        ("over a holiday", date(2026, 11, 23), 3, date(2026, 11, 27)),
        ("with a worked Saturday", date(2026, 8, 21), 1, WORKED_SATURDAY),
        ("no days at all", date(2026, 11, 9), 0, date(2026, 11, 9)),
    ],
)
def test_a_time_limit_ends(_case: str, start: date, days: int, end: date) -> None:
    assert working_days_after(start, days, CALENDAR) == end


@pytest.mark.parametrize(
    ("_case", "moment", "day"),
    [
        ("in the morning", datetime(2026, 11, 20, 8, tzinfo=HANOI), date(2026, 11, 20)),
        (
            "a minute before closing",
            datetime(2026, 11, 20, 16, 59, tzinfo=HANOI),
            date(2026, 11, 20),
        ),
        (
            "after hours on a Friday",
            datetime(2026, 11, 20, 17, 0, tzinfo=HANOI),
            date(2026, 11, 23),
        ),
        ("on a Sunday", datetime(2026, 11, 22, 10, tzinfo=HANOI), date(2026, 11, 23)),
        (
            "the evening before a holiday",
            datetime(2026, 11, 23, 20, tzinfo=HANOI),
            date(2026, 11, 25),
        ),
    ],
)
def test_a_paper_counts_as_handed_in(_case: str, moment: datetime, day: date) -> None:
    assert first_counted_day(moment, CALENDAR) == day


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_counting_back_gives_the_same_number(start: date, days: int) -> None:
    end = working_days_after(start, days, CALENDAR)

    assert working_days_between(start, end, CALENDAR) == days
    assert days == 0 or is_working_day(end, CALENDAR)


def test_a_calendar_of_holidays_alone_is_a_mistake() -> None:
    calendar = {date.fromordinal(738000 + day): True for day in range(400)}

    with pytest.raises(ValueError, match="without a working day"):
        working_days_after(date.fromordinal(738000), 1, calendar)
