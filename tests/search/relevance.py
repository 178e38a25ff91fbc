"""How well search finds what people mean: the share of the relevance set that is answered well.

`make bench` prints it for the demo's goods; the set itself says how it is to be read.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.models import Business
from catalog.models import Product
from marketplace.app.composition import Composition
from marketplace.content.models import Page
from marketplace.places.models import Place
from search.ports import SEARCH_ENGINE, SearchEngine
from search.rules.questions import Hit, Question, SearchKind
from search.services.finding import find

SET: Final = Path(__file__).parent / "relevance.toml"
LOOKED_AT: Final = 3
_NAMES: Final = {
    SearchKind.PRODUCT: (Product.id, Product.external_id),
    SearchKind.BUSINESS: (Business.id, Business.code),
    SearchKind.PLACE: (Place.id, Place.code),
    SearchKind.PAGE: (Page.id, Page.page_type),
}


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and what must be among the first hits."""

    text: str
    kind: SearchKind
    must: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A query that was not answered well, and what came instead."""

    query: Query
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relevance:
    """How many queries there are, and which were missed."""

    queries: int
    misses: tuple[Miss, ...]

    @property
    def score(self) -> float:
        """The share of queries that were answered well, 0 to 1."""
        return 1 - len(self.misses) / self.queries

    def __str__(self) -> str:
        """The score as a line, and a line for each miss."""
        lines = [f"relevance: {self.score:.0%} of {self.queries} queries"]
        for miss in self.misses:
            found = ", ".join(miss.found) or "nothing"
            lines.append(f"  missed {miss.query.text!r} ({miss.query.note}): {found}")
        return "\n".join(lines)


def read_set() -> list[Query]:
    """The relevance set."""
    entries = tomllib.loads(SET.read_text(encoding="utf-8"))["query"]
    return [
        Query(each["text"], SearchKind(each["kind"]), tuple(each["must"]), each["note"])
        for each in entries
    ]


async def relevance_of(house: Composition, engine: SearchEngine | None = None) -> Relevance:
    """Ask every query of the set, of the house's engine or of another one."""
    asked = engine or house.ports[SEARCH_ENGINE]
    queries = read_set()
    misses = []
    for query in queries:
        question = Question(query.text, kind=query.kind, limit=LOOKED_AT)
        finding = await find(asked, question)
        found = await _names(house, finding.answer.hits)
        if not set(found) & set(query.must):
            misses.append(Miss(query, found))
    return Relevance(len(queries), tuple(misses))


async def _names(house: Composition, hits: Sequence[Hit]) -> tuple[str, ...]:
    """What the set calls the hits; of a product it is the kind in its external id."""
    if not hits:
        return ()
    kind = hits[0].kind
    key, name = _NAMES[kind]
    statement = select(key, name).where(key.in_([hit.thing_id for hit in hits]))
    async with house.sessions() as session:
        names: dict[UUID, str] = {row[0]: row[1] or "" for row in await session.execute(statement)}
    return tuple(_short(kind, names[hit.thing_id]) for hit in hits)


def _short(kind: SearchKind, name: str) -> str:
    """`HTX-001-mien-dong-0`, say: the business's code, the kind of goods and a number."""
    if kind is not SearchKind.PRODUCT:
        return name
    return name.split("-", 2)[2].rpartition("-")[0]
