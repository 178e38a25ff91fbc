"""Making all documents anew, and filling a new index beside the one that answers."""

import secrets
from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Final, TypeAlias

from sqlalchemy import delete, func, select, update

from marketplace.kernel.unit_of_work import UnitOfWork
from search import queries
from search.errors import EngineAwayError
from search.models import SearchDocument, SearchRebuild
from search.ports import SearchIndex
from search.rules.entries import LIVE
from search.rules.questions import SearchKind
from search.services.documents import CHUNK, FIRST, refresh_documents
from search.services.feeding import BATCH, filled_now, mark_sent, queue_unsent, take_turn
from search.services.gathering import look_around

OpenUnit: TypeAlias = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
Report: TypeAlias = Callable[[str, int], None]

_BATCHES_AHEAD: Final = 4
_TASK_SECONDS: Final = 300


def in_silence(stage: str, done: int) -> None:
    """A report to nobody, for jobs that nobody watches."""


async def remake_documents(open_unit: OpenUnit, report: Report = in_silence) -> int:
    """Make every document as its thing stands now, in steps that hold nobody up for long.

    Returns:
        How many documents differ from before.
    """
    changed = done = 0
    for kind in SearchKind:
        last = FIRST
        while True:
            async with open_unit() as unit:
                found = await unit.session.scalars(
                    queries.IDS_AFTER[kind],
                    {"after": last, "limit": CHUNK},
                )
                ids = list(found)
                if not ids:
                    break
                changed += await refresh_documents(unit.session, kind, ids)
            last = ids[-1]
            done += len(ids)
            report("documents", done)
    return changed + await _remove_orphans(open_unit)


async def _remove_orphans(open_unit: OpenUnit) -> int:
    removed = 0
    while True:
        async with open_unit() as unit:
            orphans = list(await unit.session.execute(queries.ORPHANS))
            around = await look_around(unit.session)
            for kind in SearchKind:
                ids = [row.thing_id for row in orphans if row.kind == kind]
                await refresh_documents(unit.session, kind, ids, around)
        if not orphans:
            return removed
        removed += len(orphans)


async def fill_new_index(
    open_unit: OpenUnit,
    index: SearchIndex,
    report: Report = in_silence,
) -> int:
    """Fill a new index with every document and let it take the place of the live one.

    Searches go on in the old index until the very moment of the swap; changes made meanwhile are
    sent to both.

    Returns:
        How many documents the new index holds.

    Raises:
        EngineAwayError: the engine went away; the old index, if there is one, still answers.
    """
    name = f"{LIVE}-{secrets.token_hex(4)}"
    has_live = await index.describe(LIVE) is not None
    await index.wait(await index.configure(name), _TASK_SECONDS)
    async with open_unit() as unit:
        await take_turn(unit.session)
        await unit.session.execute(delete(SearchRebuild))
        unit.session.add(SearchRebuild(name=name, started_at=unit.now, seen_at=unit.now))
    done = await _fill(open_unit, index, name, report, marks=not has_live)
    async with open_unit() as unit:
        # Nobody queues anything between the swap and the end of the double writing.
        await take_turn(unit.session)
        if await unit.session.get(SearchRebuild, name) is None:
            raise EngineAwayError(f"another rebuild has overtaken {name}")
        swap = await index.swap(LIVE, name)
        await unit.session.execute(delete(SearchRebuild).where(SearchRebuild.name == name))
    await index.wait(swap, _TASK_SECONDS)
    if has_live:
        await index.drop(name)
    return done


async def _fill(
    open_unit: OpenUnit,
    index: SearchIndex,
    name: str,
    report: Report,
    *,
    marks: bool,
) -> int:
    """Queue every document in batches, never far ahead of what the engine has worked off."""
    kind, last = "", FIRST
    done = 0
    queued: deque[int] = deque()
    while True:
        async with open_unit() as unit:
            await take_turn(unit.session)
            rows = list(
                await unit.session.execute(
                    queries.DOCUMENTS_AFTER,
                    {"kind": kind, "after": last, "limit": BATCH},
                ),
            )
            if rows:
                queued.append(await index.put_documents(name, [row.document for row in rows]))
            if marks:
                await mark_sent(unit, rows)
            await unit.session.execute(
                update(SearchRebuild)
                .where(SearchRebuild.name == name)
                .values(seen_at=datetime.now(UTC)),
            )
        if not rows:
            break
        kind, last = rows[-1].kind, rows[-1].thing_id
        done += len(rows)
        report("index", done)
        if len(queued) > _BATCHES_AHEAD:
            await index.wait(queued.popleft(), _TASK_SECONDS)
    for task in queued:
        await index.wait(task, _TASK_SECONDS)
    return done


async def send_unsent(open_unit: OpenUnit, index: SearchIndex) -> int:
    """Send the engine everything it does not know yet; make its index where there is none.

    Returns:
        How many documents were sent.

    Raises:
        EngineAwayError: the engine does not answer; what was not sent stays unsent.
    """
    sent = 0
    while True:
        has_live = await index.describe(LIVE) is not None
        if not has_live and not await _is_being_filled(open_unit):
            sent += await fill_new_index(open_unit, index)
            has_live = True
        async with open_unit() as unit:
            tasks, rows = await queue_unsent(unit, index, has_live=has_live)
        if not rows or not tasks:
            return sent
        for task in tasks:
            await index.wait(task)
        async with open_unit() as unit:
            await mark_sent(unit, rows)
        sent += len(rows)


async def _is_being_filled(open_unit: OpenUnit) -> bool:
    async with open_unit() as unit:
        return bool(await filled_now(unit.session))


async def count_documents(unit: UnitOfWork) -> int:
    """How many documents there are, for the length of a progress bar."""
    statement = select(func.count()).where(SearchDocument.is_removed.is_(False))
    return int(await unit.session.scalar(statement) or 0)
