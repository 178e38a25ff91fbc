"""Keeping the documents true, in the transaction that changed the things."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from search import queries
from search.rules.entries import row_of
from search.rules.questions import SearchKind
from search.services.gathering import Surroundings, gather, look_around

CHUNK: Final = 500
FIRST: Final = UUID(int=0)
_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def today_here() -> date:
    """The day it is in Vietnam, on which certificates begin and end."""
    return datetime.now(UTC).astimezone(_VIETNAM).date()


async def refresh_documents(
    session: AsyncSession,
    kind: SearchKind,
    ids: Sequence[UUID],
    around: Surroundings | None = None,
) -> int:
    """Write the documents of the things as they stand now; remove those nobody may see.

    Returns:
        How many documents are different from before.
    """
    if not ids:
        return 0
    around = around or await look_around(session)
    changed = 0
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        # Whoever changes a thing holds its row: nobody writes a document from an older state.
        await session.execute(queries.HOLD[kind], {"ids": part})
        entries = await gather(session, kind, part, today_here(), around)
        rows = [row_of(entry) for entry in entries]
        written = await session.execute(queries.WRITE, {"rows": orjson.dumps(rows).decode()})
        changed += len(written.all())
        gone = set(part) - {entry.thing_id for entry in entries}
        if gone:
            removed = await session.execute(queries.REMOVE, {"kind": kind, "ids": sorted(gone)})
            changed += len(removed.all())
    return changed


async def refresh_makers(session: AsyncSession) -> int:
    """Write the documents of makers anew whose goods changed and are not sent yet.

    It takes a transaction of its own: whoever changes goods holds them and must not wait for
    their maker, because whoever changes a maker holds it and waits for its goods.
    """
    makers = await session.scalars(queries.MAKERS_OF_UNSENT)
    return await refresh_documents(session, SearchKind.BUSINESS, list(makers))
