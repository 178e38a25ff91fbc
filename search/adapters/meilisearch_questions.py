"""Questions in Meilisearch's words, and its answers in ours."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from search.adapters.meilisearch_settings import MARKED_FIELDS, PLAIN_FIELDS
from search.rules.questions import Answer, Facet, Hit, Question, SearchKind, SearchSort
from search.rules.vocabulary import Reading, Vocabulary
from search.rules.words import has_marks, mark

# A name in the very marks that were typed comes before every other; what is said in other words
# comes close behind the words themselves.
_EXACT_WEIGHT: Final = 4.0
_BEGUN_WEIGHT: Final = 3.0
_OTHER_WORDS_WEIGHT: Final = 0.95
_MOST_READINGS: Final = 6
_TYPED_FIELDS: Final = ["title", "title_en", "names", "maker"]

Request = dict[str, Any]
Federated = tuple[list[Request], Request]


class Translation:
    """One question on its way to Meilisearch and back."""

    def __init__(self, question: Question, vocabulary: Vocabulary, index: str) -> None:
        self._question = question
        self._index = index
        self._words = vocabulary.significant(question.text)
        self._readings = vocabulary.readings(self._words, _MOST_READINGS)
        self._attributes = _attributes(question.channel)
        self._conditions = _conditions(question, self._attributes)

    def requests(self) -> list[Federated]:
        """What to ask: for the hits and all counts first, then for counts of narrowed facets."""
        question = self._question
        facets = list(self._attributes.values()) if question.has_facets else ["kind"]
        page = {"offset": question.offset, "limit": question.limit}
        asked = [self._federated(self._queries(self._filter()), facets, page)]
        asked += [
            self._federated(
                self._readings_in_full(self._filter(without=facet)),
                [self._attributes[facet]],
                {"limit": 0},
            )
            for facet in self._counted_apart()
        ]
        return asked

    def suggestions(self) -> list[Request]:
        """The queries for what is still being typed: names only."""
        return [
            query
            | {
                "attributesToSearchOn": _TYPED_FIELDS,
                "limit": self._question.limit,
                "attributesToRetrieve": ["key"],
            }
            for query in self._readings_in_full(self._filter(), weighted=False)
        ]

    def _queries(self, condition: list[str]) -> list[Request]:
        """Every reading; where marks were typed, also in the fields that keep them."""
        order = self._sort()
        plain = [query | order for query in self._readings_in_full(condition)]
        if order or not has_marks(" ".join(self._words)):
            return plain
        typed, *others = self._readings
        exact = [self._exact(_whole(typed), condition, _EXACT_WEIGHT)]
        exact.append(self._exact(_said(typed, marked=True), condition, _BEGUN_WEIGHT))
        exact += [
            self._exact(_said(reading, marked=True), condition, _EXACT_WEIGHT) for reading in others
        ]
        return [*exact, *plain]

    def _exact(self, text: str, condition: list[str], weight: float) -> Request:
        return self._request(text, condition) | {
            "attributesToSearchOn": MARKED_FIELDS,
            "federationOptions": {"weight": weight},
        }

    def _readings_in_full(self, condition: list[str], *, weighted: bool = True) -> list[Request]:
        found = []
        for number, reading in enumerate(self._readings):
            query = self._request(_said(reading), condition)
            if weighted and number > 0:
                query["federationOptions"] = {"weight": _OTHER_WORDS_WEIGHT}
            found.append(query)
        return found

    def _federated(self, queries: list[Request], facets: list[str], page: Request) -> Federated:
        return queries, page | {"facetsByIndex": {self._index: facets}}

    def _request(self, text: str, condition: list[str]) -> Request:
        return {
            "indexUid": self._index,
            "q": text,
            "attributesToSearchOn": PLAIN_FIELDS,
            "matchingStrategy": "frequency" if self._question.is_loose else "all",
            "filter": condition,
            "attributesToRetrieve": ["key"],
        }

    def answer(self, main: Mapping[str, Any], counted: Sequence[Mapping[str, Any]]) -> Answer:
        """What Meilisearch found, in our words."""
        counts = _distribution(main, self._index)
        for facet, result in zip(self._counted_apart(), counted, strict=True):
            attribute = self._attributes[facet]
            apart = _distribution(result, self._index)
            if facet is not Facet.KIND:
                counts[attribute] = apart.get(attribute, {})
            else:
                counts["kinds apart"] = apart.get("kind", {})
        total = sum(counts.get("kind", {}).values())
        counts["kind"] = counts.pop("kinds apart", counts.get("kind", {}))
        facets = {
            facet: counts[attribute]
            for facet, attribute in self._attributes.items()
            if counts.get(attribute)
        }
        hits = tuple(hit_of(found["key"]) for found in main["hits"])
        return Answer(hits, total, facets if self._question.has_facets else {})

    def _filter(self, without: Facet | None = None) -> list[str]:
        return [text for facet, text in self._conditions.items() if facet is not without]

    def _counted_apart(self) -> list[Facet]:
        """The facets that are narrowed: their other values are counted as if they were not."""
        return list(self._conditions) if self._question.has_facets else []

    def _sort(self) -> Request:
        price = f"price_{self._question.channel}"
        near = self._question.near
        if self._question.sort is SearchSort.PRICE_ASC:
            return {"sort": [f"{price}:asc"]}
        if self._question.sort is SearchSort.PRICE_DESC:
            return {"sort": [f"{price}:desc"]}
        if self._question.sort is SearchSort.NEWEST:
            return {"sort": ["created_at:desc"]}
        if self._question.sort is SearchSort.NEAREST and near is not None:
            return {"sort": [f"_geoPoint({near.latitude:.6f}, {near.longitude:.6f}):asc"]}
        return {}


def _said(reading: Reading, *, marked: bool = False) -> str:
    """The reading as a query; other words stand in quotes, so that they mean nothing longer."""
    parts = []
    for said in reading:
        words = " ".join(mark(word) for word in said.words) if marked else " ".join(said.words)
        parts.append(f'"{words}"' if said.is_other else words)
    return " ".join(parts)


def _whole(reading: Reading) -> str:
    """The words with their marks, each in quotes: none of them is the beginning of another."""
    return " ".join(f'"{mark(word)}"' for said in reading for word in said.words)


def _attributes(channel: str) -> dict[Facet, str]:
    return {
        Facet.KIND: "kind",
        Facet.CATEGORIES: "categories",
        Facet.PRICE: f"band_{channel}",
        Facet.COMMUNES: "commune",
        Facet.OLD_DISTRICTS: "old_districts",
        Facet.STARS: "stars",
        Facet.SELLER_KINDS: "seller_kind",
        Facet.IN_STOCK: "in_stock",
    }


def _conditions(question: Question, attributes: Mapping[Facet, str]) -> dict[Facet, str]:
    filters = question.filters
    price = f"price_{question.channel}"
    ends = []
    if filters.lowest_price is not None:
        ends.append(f"{price} >= {filters.lowest_price}")
    if filters.highest_price is not None:
        ends.append(f"{price} <= {filters.highest_price}")
    lists: dict[Facet, Sequence[str | int]] = {
        Facet.KIND: [question.kind.value] if question.kind is not None else [],
        Facet.CATEGORIES: filters.categories,
        Facet.COMMUNES: filters.communes,
        Facet.OLD_DISTRICTS: filters.old_districts,
        Facet.STARS: filters.stars,
        Facet.SELLER_KINDS: filters.seller_kinds,
    }
    conditions = {
        facet: f"{attributes[facet]} IN [{', '.join(_quoted(value) for value in values)}]"
        for facet, values in lists.items()
        if values
    }
    if ends:
        conditions[Facet.PRICE] = " AND ".join(ends)
    if filters.in_stock is not None:
        conditions[Facet.IN_STOCK] = f"in_stock = {'true' if filters.in_stock else 'false'}"
    return conditions


def _quoted(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


def _distribution(result: Mapping[str, Any], index: str) -> dict[str, dict[str, int]]:
    return dict(result["facetsByIndex"][index]["distribution"])


def hit_of(key: str) -> Hit:
    """The hit behind a document's key."""
    kind, _dash, thing_id = key.partition("-")
    return Hit(SearchKind(kind), UUID(thing_id))
