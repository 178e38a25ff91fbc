"""Questions in Meilisearch's words, and its answers in ours."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from search.adapters.meilisearch_settings import MARKED_FIELDS, PLAIN_FIELDS
from search.rules.questions import Answer, Facet, Hit, Question, SearchKind, SearchSort
from search.rules.vocabulary import Vocabulary
from search.rules.words import has_marks, marked_words

_EXACT_WEIGHT: Final = 2.0
_TYPED_FIELDS: Final = ["title", "title_en", "names", "maker"]

Request = dict[str, Any]


class Translation:
    """One question on its way to Meilisearch and back."""

    def __init__(self, question: Question, vocabulary: Vocabulary, index: str) -> None:
        self._question = question
        self._index = index
        self._words = vocabulary.significant(question.text)
        self._attributes = _attributes(question.channel)
        self._conditions = _conditions(question, self._attributes)

    def requests(self) -> tuple[list[Request], Request | None, list[Request]]:
        """The queries for hits, how they are merged (None: there is one), those for counts."""
        question = self._question
        facets = list(self._attributes.values()) if question.has_facets else ["kind"]
        page = {"offset": question.offset, "limit": question.limit}
        plain = self._plain(self._filter())
        counting = [
            self._plain(self._filter(without=facet))
            | {"limit": 0, "facets": [self._attributes[facet]]}
            for facet in self._counted_apart()
        ]
        if not self._prefers_marks():
            order = self._sort()
            sort = {"sort": order} if order else {}
            return [plain | page | sort | {"facets": facets}], None, counting
        marked = plain | {
            "q": " ".join(marked_words(" ".join(self._words))),
            "attributesToSearchOn": MARKED_FIELDS,
            "federationOptions": {"weight": _EXACT_WEIGHT},
        }
        federation = page | {"facetsByIndex": {self._index: facets}}
        return [marked, plain], federation, counting

    def suggestion(self) -> Request:
        """The query for what is still being typed: names only."""
        return self._plain(self._filter()) | {
            "attributesToSearchOn": _TYPED_FIELDS,
            "limit": self._question.limit,
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

    def _plain(self, condition: list[str]) -> Request:
        return {
            "indexUid": self._index,
            "q": " ".join(self._words),
            "attributesToSearchOn": PLAIN_FIELDS,
            "matchingStrategy": "frequency" if self._question.is_loose else "all",
            "filter": condition,
            "attributesToRetrieve": ["key"],
        }

    def _filter(self, without: Facet | None = None) -> list[str]:
        return [text for facet, text in self._conditions.items() if facet is not without]

    def _counted_apart(self) -> list[Facet]:
        """The facets that are narrowed: their other values are counted as if they were not."""
        return list(self._conditions) if self._question.has_facets else []

    def _prefers_marks(self) -> bool:
        return self._question.sort is SearchSort.RELEVANCE and has_marks(" ".join(self._words))

    def _sort(self) -> list[str]:
        price = f"price_{self._question.channel}"
        near = self._question.near
        if self._question.sort is SearchSort.PRICE_ASC:
            return [f"{price}:asc"]
        if self._question.sort is SearchSort.PRICE_DESC:
            return [f"{price}:desc"]
        if self._question.sort is SearchSort.NEWEST:
            return ["created_at:desc"]
        if self._question.sort is SearchSort.NEAREST and near is not None:
            return [f"_geoPoint({near.latitude:.6f}, {near.longitude:.6f}):asc"]
        return []


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
    if "facetsByIndex" in result:
        result = {"facetDistribution": result["facetsByIndex"][index]["distribution"]}
    return dict(result.get("facetDistribution") or {})


def hit_of(key: str) -> Hit:
    """The hit behind a document's key."""
    kind, _dash, thing_id = key.partition("-")
    return Hit(SearchKind(kind), UUID(thing_id))
