"""Kilometres between points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.places.rules.distance import Point, distance_km

POINTS = st.builds(
    Point,
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
)


def test_from_the_lake_to_the_town() -> None:
    assert distance_km(Point(22.4387, 105.627), Point(22.1085, 105.86)) == pytest.approx(
        43.8, abs=0.3
    )


@given(POINTS, POINTS)
def test_is_the_same_both_ways_and_never_round_the_earth(one: Point, other: Point) -> None:
    there = distance_km(one, other)

    assert there == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= there <= 20_016


@given(POINTS)
def test_to_itself_is_nothing(point: Point) -> None:
    assert distance_km(point, point) == 0
