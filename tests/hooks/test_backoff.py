from datetime import UTC, datetime, timedelta

import pytest

from marketplace.hooks.rules.backoff import DELAYS, delay_after, is_success, wished_delay

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_the_schedule_is_that_of_the_standard() -> None:
    assert sum(DELAYS, timedelta(0)) == timedelta(hours=75, minutes=35, seconds=5)
    assert [delay_after(n, 500, None, NOW, 0) for n in range(1, 11)] == [*DELAYS, None]


def test_jitter_only_adds_and_at_most_a_quarter() -> None:
    assert delay_after(2, None, None, NOW, 1) == timedelta(minutes=5) * 1.25


@pytest.mark.parametrize(
    ("code", "wish", "expected"),
    [
        (429, "60", timedelta(seconds=60)),
        (502, "60", timedelta(seconds=60)),
        (503, "Sun, 22 Nov 2026 04:00:00 GMT", timedelta(hours=1)),
        (504, "999999999999", timedelta(hours=24)),
        (429, "1", timedelta(seconds=5)),
        (429, "Sun, 22 Nov 2026 02:00:00 GMT", timedelta(seconds=5)),
        (429, "soon", timedelta(seconds=5)),
        (429, "-5", timedelta(seconds=5)),
        (429, "٦٠", timedelta(seconds=5)),
        (429, None, timedelta(seconds=5)),
        (500, "60", timedelta(seconds=5)),
    ],
)
def test_a_busy_receiver_may_ask_for_time(code: int, wish: str | None, expected: timedelta) -> None:
    assert delay_after(1, code, wish, NOW, 0) == expected


def test_a_wish_without_a_zone_is_read_as_universal_time() -> None:
    assert wished_delay("Sun, 22 Nov 2026 03:00:30 -0000", NOW) == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (200, True),
        (204, True),
        (299, True),
        (301, False),
        (199, False),
        (410, False),
        (None, False),
    ],
)
def test_only_answers_of_the_200s_are_success(code: int | None, expected: bool) -> None:
    assert is_success(code) is expected
