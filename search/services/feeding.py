"""Feeding the engine of its own from the documents, so that no write is ever lost on the way.

Whoever sends takes a lock for as long as it reads documents and queues them: the engine works
its queue off in order, so an older state never overtakes a newer one, and while a new index is
being filled every change goes to both.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.kernel.unit_of_work import UnitOfWork
from search import queries
from search.models import SearchRebuild
from search.ports import SearchIndex
from search.rules.entries import LIVE, key_of

BATCH: Final = 500
_LOCK: Final = 0x7365617263  # any number of our own
_ABANDONED: Final = timedelta(minutes=1)


async def take_turn(session: AsyncSession) -> None:
    """Wait until nobody else reads documents to queue them; held until the transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def filled_now(session: AsyncSession) -> list[str]:
    """The new indexes that are being filled; one that nobody has filled for long is given up."""
    alive = datetime.now(UTC) - _ABANDONED
    found = await session.scalars(select(SearchRebuild.name).where(SearchRebuild.seen_at > alive))
    return list(found)


async def queue_unsent(
    unit: UnitOfWork,
    index: SearchIndex,
    *,
    has_live: bool,
) -> tuple[list[int], list[Row[Any]]]:
    """Queue the next batch of what the engine does not know yet.

    Returns:
        The engine's tasks to wait for, and the rows that were sent.
    """
    await take_turn(unit.session)
    rows = list(await unit.session.execute(queries.UNSENT, {"limit": BATCH}))
    documents = [row.document for row in rows if not row.is_removed]
    gone = [key_of(row.kind, row.thing_id) for row in rows if row.is_removed]
    tasks: list[int] = []
    for name in [LIVE] * has_live + await filled_now(unit.session):
        if documents:
            tasks.append(await index.put_documents(name, documents))
        if gone:
            tasks.append(await index.delete_documents(name, gone))
    return tasks, rows


async def mark_sent(unit: UnitOfWork, rows: Sequence[Row[Any]]) -> None:
    """Note that the engine knows these states; what changed since stays unsent."""
    sent = [
        {"kind": str(row.kind), "thing_id": str(row.thing_id), "digest": row.digest} for row in rows
    ]
    parameters = {"rows": orjson.dumps(sent).decode()}
    await unit.session.execute(queries.MARK_SENT, parameters)
    if any(row.is_removed for row in rows):
        await unit.session.execute(queries.FORGET_SENT, parameters)


async def settle_documents(unit: UnitOfWork) -> None:
    """Count everything as sent: PostgreSQL is the only engine, and it knows."""
    await take_turn(unit.session)
    await unit.session.execute(queries.SETTLE)
    await unit.session.execute(queries.FORGET_REMOVED)
