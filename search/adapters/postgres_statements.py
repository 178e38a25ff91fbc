"""Questions as statements over `search_documents`."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

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

from search.models import SearchDocument
from search.rules.bands import EDGES
from search.rules.questions import Facet, Question, SearchKind, SearchSort
from search.rules.vocabulary import Vocabulary
from search.rules.words import folded_words, mark

D = SearchDocument
_WEIGHTS: Final[ColumnElement[Any]] = literal_column("'{0.05,0.2,0.4,1.0}'::float4[]")
_NEVER: Final = 1e9
# So many hits are weighed against each other; beyond that the heaviest come first.
_WEIGHED: Final = 1_500
_SUGGESTED: Final = 150


class QueryWords:
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


def _score(words: QueryWords) -> ColumnElement[Any]:
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


def suggesting(kind: SearchKind, words: QueryWords, limit: int) -> Select[Any]:
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


def answering(question: Question, vocabulary: Vocabulary) -> Select[Any]:
    """The one statement: the page, and the counts over hits that are alike in all facets."""
    words = QueryWords(question, vocabulary)
    price = D.prices[question.channel].as_integer()
    conditions = _conditions(question, price)
    alike = _alike(words, price, conditions)
    page = _page(question, words, price, [*conditions.values()])
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
            cast(func.coalesce(func.sum(alike.c.number), 0), Integer),
        ).where(_fitting(alike, conditions)),
    ]
    if question.has_facets:
        parts += [
            _counting(facet, value, alike, _fitting(alike, conditions, without=facet))
            for facet, value in _facet_values(alike).items()
        ]
    return select(union_all(*parts).subquery())


def _alike(
    words: QueryWords,
    price: ColumnElement[Any],
    conditions: Mapping[Facet, ColumnElement[bool]],
) -> CTE:
    """How many hits there are of each combination of facets, and which conditions they meet."""
    columns: list[Any] = [
        *(D.kind, D.categories, D.commune, D.old_districts, D.stars, D.seller_kind),
        D.is_in_stock.label("is_in_stock"),
        func.width_bucket(price, cast([*EDGES], ARRAY(Integer))).label("band"),
        *(condition.label(f"ok_{facet.name}") for facet, condition in conditions.items()),
    ]
    numbers: list[Any] = [literal_column(str(number)) for number in range(1, len(columns) + 1)]
    return (
        select(*columns, func.count().label("number"))
        .where(D.is_removed.is_(False), words.matches)
        .group_by(*numbers)
        .cte("alike")
    )


def _page(
    question: Question,
    words: QueryWords,
    price: ColumnElement[Any],
    conditions: Sequence[ColumnElement[bool]],
) -> Subquery:
    """The hits of the page in their order."""
    shown = and_(D.is_removed.is_(False), words.matches, *conditions)
    page = select(D.kind, D.thing_id).offset(question.offset).limit(question.limit)
    heavy = (D.weight.desc(), D.created_at.desc(), D.thing_id)
    if question.sort is not SearchSort.RELEVANCE or not words.query:
        return page.where(shown).order_by(*_order(question, price), *heavy).subquery("page")
    begins = D.title_folded.startswith(words.folded, autoescape=True)
    some = select(D.kind, D.thing_id).order_by(*heavy).limit(_WEIGHED)
    weighed = union(
        select(some.where(shown, begins).subquery()),
        select(some.where(shown).subquery()),
    ).subquery("weighed")
    return (
        page.join(weighed, (weighed.c.kind == D.kind) & (weighed.c.thing_id == D.thing_id))
        .order_by(_score(words).desc(), *heavy)
        .subquery("page")
    )


def _fitting(
    alike: CTE,
    conditions: Mapping[Facet, ColumnElement[bool]],
    without: Facet | None = None,
) -> ColumnElement[bool]:
    return and_(
        true(),
        *(alike.c[f"ok_{facet.name}"] for facet in conditions if facet is not without),
    )


def _facet_values(alike: CTE) -> dict[Facet, ColumnElement[Any]]:
    return {
        Facet.KIND: alike.c.kind,
        Facet.CATEGORIES: func.unnest(alike.c.categories),
        Facet.PRICE: alike.c.band,
        Facet.COMMUNES: alike.c.commune,
        Facet.OLD_DISTRICTS: func.unnest(alike.c.old_districts),
        Facet.STARS: alike.c.stars,
        Facet.SELLER_KINDS: alike.c.seller_kind,
        Facet.IN_STOCK: alike.c.is_in_stock,
    }


def _counting(
    facet: Facet,
    value: ColumnElement[Any],
    alike: CTE,
    fitting: ColumnElement[bool],
) -> Select[str, str, str, int]:
    counted = select(cast(value, String).label("value"), alike.c.number).where(fitting).subquery()
    return select(
        literal("facet"),
        literal(facet.value),
        counted.c.value,
        cast(func.sum(counted.c.number), Integer),
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


def _order(question: Question, price: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """What is sorted by before the weight."""
    if question.sort is SearchSort.PRICE_ASC:
        return [price.asc().nulls_last()]
    if question.sort is SearchSort.PRICE_DESC:
        return [price.desc().nulls_last()]
    if question.sort is SearchSort.NEWEST:
        return [D.created_at.desc()]
    if question.sort is SearchSort.NEAREST:
        return [_distance(question).asc()]
    return []
