"""Counting tries in the database, where every process and every restart sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Float, Interval, case, cast, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from marketplace.accounts.models import Attempt
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.limits import Limit
from marketplace.accounts.rules.secrets import derive
from marketplace.kernel.unit_of_work import UnitOfWork

Try: TypeAlias = tuple[Limit, str | None]

_MOST_DOUBLINGS = 20


async def count_attempts(unit: UnitOfWork, settings: AccountSettings, tries: Sequence[Try]) -> int:
    """Count a try under each limit; how many seconds to wait, 0 when it may go on.

    The count is raised before the thing is tried, in a transaction of its own: tries that run
    side by side cannot slip through together, and a refusal does not undo the count.
    """
    waits = [0]
    counted = [
        (_key(settings, limit, subject), limit) for limit, subject in tries if subject is not None
    ]
    for key, limit in sorted(counted, key=lambda pair: pair[0]):
        waits.append(await _count(unit, key, limit))
    return max(waits)


async def forget_attempt(
    unit: UnitOfWork, settings: AccountSettings, limit: Limit, subject: str | None
) -> None:
    """Start anew: it went well."""
    if subject is not None:
        key = _key(settings, limit, subject)
        await unit.session.execute(delete(Attempt).where(Attempt.key == key))


async def uncount_attempt(
    unit: UnitOfWork, settings: AccountSettings, limit: Limit, subject: str | None
) -> None:
    """Take back one try that went well; others from the same address stay counted."""
    if subject is not None:
        await unit.session.execute(
            update(Attempt)
            .where(Attempt.key == _key(settings, limit, subject), Attempt.count > 0)
            .values(count=Attempt.count - 1),
        )


async def _count(unit: UnitOfWork, key: bytes, limit: Limit) -> int:
    now = unit.now
    first = insert(Attempt).values(
        key=key,
        count=1,
        window_started_at=now,
        blocked_until=None,
        expires_at=now + limit.window,
    )
    is_old = Attempt.window_started_at <= now - limit.window
    count = case((is_old, 1), else_=Attempt.count + 1)
    statement = first.on_conflict_do_update(
        index_elements=[Attempt.key],
        set_={
            "count": count,
            "window_started_at": case((is_old, now), else_=Attempt.window_started_at),
            "blocked_until": case((count >= limit.free, _until(now, limit, count)), else_=None),
            "expires_at": now + limit.window + limit.longest_wait,
        },
        where=or_(Attempt.blocked_until.is_(None), Attempt.blocked_until <= now),
    ).returning(Attempt.count)
    if (await unit.session.execute(statement)).first() is not None:
        return 0
    until = await unit.session.scalar(select(Attempt.blocked_until).where(Attempt.key == key))
    return 1 if until is None else max(1, round((until - now).total_seconds()))


def _until(now: datetime, limit: Limit, count: Any) -> Any:  # noqa: ANN401 - SQL expressions
    doublings = func.least(count - limit.free, _MOST_DOUBLINGS)
    seconds = func.least(
        limit.first_wait.total_seconds() * func.power(2.0, doublings, type_=Float),
        limit.longest_wait.total_seconds(),
    )
    wait = func.make_interval(0, 0, 0, 0, 0, 0, seconds, type_=Interval)
    return cast(now, Attempt.window_started_at.type) + wait


def _key(settings: AccountSettings, limit: Limit, subject: str) -> bytes:
    return derive(settings.secret_key, f"attempt {limit.name}", subject)
