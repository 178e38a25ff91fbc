"""Comparing the engine's index with the documents, and mending what drifted apart."""

from dataclasses import dataclass
from typing import Final

from search import queries
from search.ports import SearchIndex
from search.rules.entries import LIVE
from search.services.feeding import take_turn
from search.services.rebuilding import OpenUnit, send_unsent

_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Drift:
    """How far the index was away: documents it lacked, had in an old state, or had too many."""

    missing: int
    stale: int
    surplus: int

    @property
    def is_none(self) -> bool:
        """Whether all was well."""
        return not (self.missing or self.stale or self.surplus)


async def mend_drift(open_unit: OpenUnit, index: SearchIndex) -> Drift:
    """Send what the index lacks or has in an old state, and delete what it has too many.

    Raises:
        EngineAwayError: the engine does not answer.
    """
    await send_unsent(open_unit, index)
    there = await _digests(index)
    async with open_unit() as unit:
        await take_turn(unit.session)
        rows = await unit.session.execute(queries.DIGESTS)
        wanted = {row.key: row.digest for row in rows}
        missing = wanted.keys() - there.keys()
        stale = {key for key in wanted.keys() & there.keys() if wanted[key] != there[key]}
        surplus = there.keys() - {row.key for row in await unit.session.execute(queries.KEYS)}
        await unit.session.execute(queries.MARK_UNSENT, {"keys": sorted(missing | stale)})
        if surplus:
            await index.delete_documents(LIVE, sorted(surplus))
    if missing or stale:
        await send_unsent(open_unit, index)
    return Drift(len(missing), len(stale), len(surplus))


async def _digests(index: SearchIndex) -> dict[str, str]:
    found: dict[str, str] = {}
    while True:
        page = await index.digests(LIVE, len(found), _PAGE)
        found.update(page)
        if len(page) < _PAGE:
            return found
