"""PostgreSQL as a search engine: the same answers, without forgiving slips of the pen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from marketplace.kernel.database import Sessions
from search.models import SearchDocument
from search.rules.bands import BANDS, EDGES
from search.rules.questions import Answer, Facet, Hit, Question, SearchKind, SearchSort
from search.rules.vocabulary import Vocabulary
from search.rules.words import folded_words, mark

D = SearchDocument
_WEIGHTS: Final[ColumnElement[Any]] = literal_column("'{0.05,0.2,0.4,1.0}'::float4[]")
_NEVER: Final = 1e9
# So many hits are weighed against each other; beyond that the heaviest come first.
_WEIGHED: Final = 1_500
_SUGGESTED: Final = 150


class PostgresEngine:
    """Answers from `search_documents`, which is never behind."""

    def __init__(self, sessions: Sessions, vocabulary: Vocabulary) -> None:
        self._sessions = sessions
        self._vocabulary = vocabulary

    async def search(self, question: Question) -> Answer:
        """Hits, total and counts in one statement."""
        statement = _answering(question, self._vocabulary)
        hits: list[Hit] = []
        counts: dict[Facet, dict[str, int]] = {}
        total = 0
        async with self._sessions() as session:
            for part, name, value, number in await session.execute(statement):
                if part == "hit":
                    hits.append(Hit(SearchKind(name), UUID(value)))
                elif part == "total":
                    total = number
                elif value is not None:
                    facet = Facet(name)
                    shown = BANDS[int(value) - 1] if facet is Facet.PRICE else value
                    counts.setdefault(facet, {})[shown] = number
        return Answer(tuple(hits), total, counts, is_reduced=True)

    async def suggest(
        self,
        text: str,
        kinds: Sequence[SearchKind],
        limit: int,
    ) -> Mapping[SearchKind, Sequence[Hit]]:
        """The first hits of each kind, in one statement."""
        words = _Words(Question(text), self._vocabulary, weights="AB")
        statement = union_all(*(_suggesting(kind, words, limit) for kind in kinds))
        found: dict[SearchKind, list[Hit]] = {kind: [] for kind in kinds}
        async with self._sessions() as session:
            for kind, thing_id in await session.execute(statement):
                found[kind].append(Hit(kind, thing_id))
        return found

    async def is_healthy(self) -> bool:
        """Yes: without the database nothing at all would answer."""
        return True


def _suggesting(kind: SearchKind, words: "_Words", limit: int) -> Select[Any]:
    """The best of a handful of names of the kind, those that begin with the text among them."""
    shown = D.is_removed.is_(False) & (D.kind == kind)
    begins = D.title_folded.startswith(words.folded, autoescape=True)
    some = union(
        select(select(D.thing_id).where(shown, begins).limit(_SUGGESTED).subquery()),
        select(select(D.thing_id).where(shown, words.matches).limit(_SUGGESTED).subquery()),
    ).subquery()
    best = (
        select(D.kind, D.thing_id)
        .join(some, some.c.thing_id == D.thing_id)
        .where(shown)
        .order_by(_score(words).desc(), D.weight.desc(), D.thing_id)
        .limit(limit)
        .subquery()
    )
    return select(best)


class _Words:
    """The words of a question as text queries of PostgreSQL."""

    def __init__(self, question: Question, vocabulary: Vocabulary, weights: str = "") -> None:
        written = vocabulary.significant(question.text)
        self.folded = " ".join(folded_words(" ".join(written)))
        groups = vocabulary.alternatives(written)
        marked = vocabulary.alternatives(written, mark)
        joint = " | " if question.is_loose else " & "
        self.query = _joined(groups, weights, joint)
        self.title_begun = _joined(groups, "A")
        self.title = _joined(groups, "A", is_begun=False)
        self.marked = _joined(marked)
        self.marked_title_begun = _joined(marked, "A")
        self.marked_title = _joined(marked, "A", is_begun=False)

    @property
    def matches(self) -> ColumnElement[bool]:
        """The condition under which a document holds the words."""
        if not self.query:
            return true()
        return D.folded.bool_op("@@")(_tsquery(self.query))


def _joined(
    groups: Sequence[Sequence[Sequence[str]]],
    weights: str = "",
    joint: str = " & ",
    *,
    is_begun: bool = True,
) -> str:
    """The groups as one query; the very last word typed may have just been begun."""
    return joint.join(
        _group(group, weights, is_begun and number == len(groups))
        for number, group in enumerate(groups, start=1)
    )


def _group(phrases: Sequence[Sequence[str]], weights: str, is_last: bool) -> str:
    """What was typed or what means the same; the last typed word may be unfinished."""
    joined = []
    for number, phrase in enumerate(phrases):
        ends = f"{'*' if is_last and number == 0 else ''}{weights}"
        parts = [*(_ended(word, weights) for word in phrase[:-1]), _ended(phrase[-1], ends)]
        joined.append(" <-> ".join(parts))
    return "(" + " | ".join(f"({each})" for each in joined) + ")"


def _ended(word: str, mark: str) -> str:
    return f"{word}:{mark}" if mark else word


def _tsquery(query: str) -> ColumnElement[Any]:
    return func.to_tsquery(literal_column("'simple'"), query)


def _score(words: _Words) -> ColumnElement[Any]:
    """How good a hit is: the name first, words with their very marks before folded ones."""
    if not words.query:
        return literal(0.0)
    prefix = words.folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    worth = (
        (D.folded, words.title, 3.0),
        (D.folded, words.title_begun, 1.5),
        (D.marked, words.marked_title, 4.0),
        (D.marked, words.marked_title_begun, 1.5),
        (D.marked, words.marked, 1.0),
    )
    score: ColumnElement[Any] = func.ts_rank(_WEIGHTS, D.folded, _tsquery(words.query))
    for column, query, points in worth:
        score = score + case((column.bool_op("@@")(_tsquery(query)), points), else_=0.0)
    score = score + case((D.title_folded == words.folded, 2.0), else_=0.0)
    return score + case((D.title_folded.like(prefix), 1.0), else_=0.0)


def _answering(question: Question, vocabulary: Vocabulary) -> Select[Any]:
    """The one statement: matching rows, then their page, their number and the counts over them."""
    words = _Words(question, vocabulary)
    price = D.prices[question.channel].as_integer()
    conditions = _conditions(question, price)
    matched = (
        select(
            *(D.kind, D.thing_id, D.categories, D.commune, D.old_districts, D.stars),
            *(D.seller_kind, D.is_in_stock, D.weight, D.created_at, D.title_folded),
            price.label("price"),
            _distance(question).label("distance"),
            *(condition.label(f"ok_{facet.name}") for facet, condition in conditions.items()),
        )
        .where(D.is_removed.is_(False), words.matches)
        .cte("matched")
    )
    fitting = _fitting(matched, conditions)
    page = _page(question, words, matched, fitting)
    parts: list[Select[str, str, str, int]] = [
        select(
            literal("hit").label("part"),
            cast(page.c.kind, String).label("name"),
            cast(page.c.thing_id, String).label("value"),
            literal(0).label("number"),
        ),
        select(
            literal("total"),
            cast(null(), String),
            cast(null(), String),
            func.count(),
        )
        .select_from(matched)
        .where(fitting),
    ]
    if question.has_facets:
        parts += [
            _counting(facet, value, matched, _fitting(matched, conditions, without=facet))
            for facet, value in _facet_values(matched).items()
        ]
    return select(union_all(*parts).subquery())


def _page(
    question: Question,
    words: "_Words",
    matched: CTE,
    fitting: ColumnElement[bool],
) -> Subquery:
    """The hits of the page in their order."""
    if question.sort is not SearchSort.RELEVANCE or not words.query:
        return (
            select(matched.c.kind, matched.c.thing_id)
            .where(fitting)
            .order_by(*_order(question, matched))
            .offset(question.offset)
            .limit(question.limit)
            .subquery("page")
        )
    begins = matched.c.title_folded.startswith(words.folded, autoescape=True)
    columns = (matched.c.kind, matched.c.thing_id)
    heavy = (matched.c.weight.desc(), matched.c.created_at.desc(), matched.c.thing_id)
    weighed = union(
        select(select(*columns).where(fitting, begins).order_by(*heavy).limit(_WEIGHED).subquery()),
        select(select(*columns).where(fitting).order_by(*heavy).limit(_WEIGHED).subquery()),
    ).subquery("weighed")
    return (
        select(D.kind, D.thing_id)
        .join(weighed, (weighed.c.kind == D.kind) & (weighed.c.thing_id == D.thing_id))
        .order_by(_score(words).desc(), D.weight.desc(), D.created_at.desc(), D.thing_id)
        .offset(question.offset)
        .limit(question.limit)
        .subquery("page")
    )


def _fitting(
    matched: CTE,
    conditions: Mapping[Facet, ColumnElement[bool]],
    without: Facet | None = None,
) -> ColumnElement[bool]:
    return and_(
        true(),
        *(matched.c[f"ok_{facet.name}"] for facet in conditions if facet is not without),
    )


def _facet_values(matched: CTE) -> dict[Facet, ColumnElement[Any]]:
    edges = cast(list(EDGES), ARRAY(Integer))
    return {
        Facet.KIND: matched.c.kind,
        Facet.CATEGORIES: func.unnest(matched.c.categories),
        Facet.PRICE: func.width_bucket(matched.c.price, edges),
        Facet.COMMUNES: matched.c.commune,
        Facet.OLD_DISTRICTS: func.unnest(matched.c.old_districts),
        Facet.STARS: matched.c.stars,
        Facet.SELLER_KINDS: matched.c.seller_kind,
        Facet.IN_STOCK: matched.c.is_in_stock,
    }


def _counting(
    facet: Facet,
    value: ColumnElement[Any],
    matched: CTE,
    fitting: ColumnElement[bool],
) -> Select[str, str, str, int]:
    values = select(cast(value, String).label("value")).select_from(matched).where(fitting)
    counted = values.subquery()
    return select(
        literal("facet"),
        literal(facet.value),
        counted.c.value,
        func.count(),
    ).group_by(counted.c.value)


def _conditions(
    question: Question,
    price: ColumnElement[Any],
) -> dict[Facet, ColumnElement[bool]]:
    filters = question.filters
    lists: dict[Facet, tuple[bool, ColumnElement[bool]]] = {
        Facet.KIND: (question.kind is not None, D.kind == question.kind),
        Facet.CATEGORIES: (bool(filters.categories), D.categories.overlap([*filters.categories])),
        Facet.PRICE: (Facet.PRICE in filters.chosen, _within(question, price)),
        Facet.COMMUNES: (bool(filters.communes), D.commune.in_(filters.communes)),
        Facet.OLD_DISTRICTS: (
            bool(filters.old_districts),
            D.old_districts.overlap([*filters.old_districts]),
        ),
        Facet.STARS: (bool(filters.stars), D.stars.in_(filters.stars)),
        Facet.SELLER_KINDS: (bool(filters.seller_kinds), D.seller_kind.in_(filters.seller_kinds)),
        Facet.IN_STOCK: (filters.in_stock is not None, D.is_in_stock.is_(filters.in_stock)),
    }
    return {facet: condition for facet, (is_asked, condition) in lists.items() if is_asked}


def _within(question: Question, price: ColumnElement[Any]) -> ColumnElement[bool]:
    lowest, highest = question.filters.lowest_price, question.filters.highest_price
    return and_(
        price.is_not(None),
        true() if lowest is None else price >= lowest,
        true() if highest is None else price <= highest,
    )


def _distance(question: Question) -> ColumnElement[Any]:
    """How far a hit lies from the point, good enough to sort by within a province."""
    near = question.near
    if near is None:
        return literal(0.0)
    north = D.latitude - near.latitude
    east = (D.longitude - near.longitude) * func.cos(func.radians(near.latitude))
    return func.coalesce(north * north + east * east, _NEVER)


def _order(question: Question, matched: CTE) -> list[ColumnElement[Any]]:
    first: dict[SearchSort, list[ColumnElement[Any]]] = {
        SearchSort.RELEVANCE: [],
        SearchSort.PRICE_ASC: [matched.c.price.asc().nulls_last()],
        SearchSort.PRICE_DESC: [matched.c.price.desc().nulls_last()],
        SearchSort.NEWEST: [matched.c.created_at.desc()],
        SearchSort.NEAREST: [matched.c.distance.asc()],
    }
    return [
        *first[question.sort],
        matched.c.weight.desc(),
        matched.c.created_at.desc(),
        matched.c.thing_id.asc(),
    ]
