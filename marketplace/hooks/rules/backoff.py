"""When a message that was not taken is sent again: the schedule of Standard Webhooks."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

_SECOND, _MINUTE, _HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
# After the first try, which is made at once; 75 hours and 35 minutes in all.
DELAYS: Final = (
    5 * _SECOND,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    5 * _HOUR,
    10 * _HOUR,
    14 * _HOUR,
    20 * _HOUR,
    24 * _HOUR,
)
# An endpoint that takes nothing for so long is not tried any more, and its owner is told.
PATIENCE: Final = timedelta(hours=75)
_LONGEST_WISH: Final = timedelta(hours=24)
# Up to a quarter later: many that failed together do not come back together.
_JITTER: Final = 0.25
_MAY_ASK_TO_WAIT: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    },
)


def is_success(code: int | None) -> bool:
    """Only an answer of the 200s: a redirect is never followed, so it took nothing in."""
    return code is not None and HTTPStatus.OK <= code < HTTPStatus.MULTIPLE_CHOICES


def is_gone(code: int | None) -> bool:
    """Whether the receiver asks never to be told anything again."""
    return code == HTTPStatus.GONE


def delay_after(
    attempts: int,
    code: int | None,
    retry_after: str | None,
    now: datetime,
    chance: float,
) -> timedelta | None:
    """How long to wait after so many attempts; None when it has been tried often enough.

    Args:
        attempts: how many were made.
        code: how the last one was answered.
        retry_after: the receiver's own wish, in seconds or as a date (RFC 9110, 10.2.3).
        now: the time of the answer.
        chance: a random number from 0 to 1.
    """
    if attempts > len(DELAYS):
        return None
    planned = DELAYS[attempts - 1] * (1 + _JITTER * chance)
    if code not in _MAY_ASK_TO_WAIT:
        return planned
    return max(planned, min(wished_delay(retry_after, now), _LONGEST_WISH))


def wished_delay(retry_after: str | None, now: datetime) -> timedelta:
    """What a receiver's `Retry-After` comes to; nothing when it cannot be understood."""
    wish = (retry_after or "").strip()
    if wish.isascii() and wish.isdigit():
        return timedelta(seconds=min(int(wish[:9]), int(_LONGEST_WISH.total_seconds())))
    try:
        at = parsedate_to_datetime(wish)
    except ValueError:
        return timedelta(0)
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(at - now, timedelta(0))
