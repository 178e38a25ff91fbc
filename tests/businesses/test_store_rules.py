"""Colours that can be read, hours as people type them, points on the map."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.rules import colours, opening, points

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
WEEK = (*[((450, 690), (810, 1020))] * 5, ((450, 690),), ())
SATURDAY = 5


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1E2A56", "#1e2a56"), (" #abc ", "#aabbcc"), ("red", None), ("#12345", None), ("", None)],
)
def test_colours_are_read_as_typed(typed: str, read: str | None) -> None:
    assert colours.read_colour(typed) == read


@given(HEX)
def test_the_nearest_colour_can_always_be_read(colour: str) -> None:
    assert colours.is_readable(colours.nearest_readable(colour))
    assert colours.is_readable(colours.at_night(colour), colours.DARK_GROUNDS)


def test_a_readable_colour_is_its_own_nearest() -> None:
    assert [colours.nearest_readable(colour) for colour, _name in colours.PALETTE] == [
        colour for colour, _name in colours.PALETTE
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("7h30-11h30, 13:30–17:00", "07:30-11:30, 13:30-17:00"),
        ("13h-17h;7-11", "07:00-11:00, 13:00-17:00"),
        ("7h đến 24h", "07:00-24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, told: str) -> None:
    assert opening.told_hours(opening.read_hours(typed)) == told


@pytest.mark.parametrize(
    "typed", ["sáng", "17-7", "7-7", "25-26", "7:70-8", "7-12, 11-13", "1-2,3-4,5-6,7-8"]
)
def test_other_hours_are_refused(typed: str) -> None:
    with pytest.raises(opening.HoursError):
        opening.read_hours(typed)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T00:29:59", False),
        ("2026-11-23T00:30:00", True),
        ("2026-11-23T04:30:00", False),
        ("2026-11-23T09:59:59", True),
        ("2026-11-23T10:00:00", False),
        ("2026-11-28T07:00:00", False),
        ("2026-11-29T02:00:00", False),
    ],
)
def test_a_store_is_open_by_the_clock_of_the_province(moment: str, *, is_open: bool) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert opening.is_open(WEEK, [], now) is is_open


def test_a_holiday_closes_whatever_the_hours_say() -> None:
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    holiday = opening.Closed(date(2026, 11, 23), date(2026, 11, 24))

    assert opening.is_open(WEEK, [holiday], now) is False
    assert opening.is_open(None, [holiday], now) is False
    assert opening.is_open(None, [], now) is None


def test_holidays_that_join_end_together() -> None:
    joined = [
        opening.Closed(date(2026, 2, 16), date(2026, 2, 20)),
        opening.Closed(date(2026, 2, 21), date(2026, 2, 22)),
        opening.Closed(date(2026, 2, 25), date(2026, 2, 26)),
    ]

    assert opening.closed_until(joined, date(2026, 2, 17)) == date(2026, 2, 22)
    assert opening.closed_until(joined, date(2026, 2, 24)) is None


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("22.4167, 105.6333", (22.4167, 105.6333)),
        ("22,4167; 105,6333", (22.4167, 105.6333)),
        ("105.6333, 22.4167", None),
        ("chợ Ba Bể", None),
    ],
)
def test_points_are_read_as_maps_show_them(typed: str, point: tuple[float, float] | None) -> None:
    assert points.read_point(typed) == point
