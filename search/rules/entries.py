"""A thing as searches see it, and the words engines are fed with."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import md5
from html import unescape
from typing import Any, Final
from uuid import UUID

import orjson

from search.rules.bands import band_of
from search.rules.questions import SearchKind
from search.rules.words import folded_words, marked_words

LIVE: Final = "things"
"""The name under which the index that answers stands in an engine of its own."""

_TAG: Final = re.compile("<[^>]*>")
_LONGEST_TEXT: Final = 4_000
_LONGEST_FIELD: Final = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about a thing that a search looks at.

    Prices are by channel; `stars` hold until and including `stars_until`. The heavier of two
    equally good hits comes first.
    """

    kind: SearchKind
    thing_id: UUID
    title: str
    created_at: datetime
    title_en: str = ""
    names: tuple[str, ...] = ()
    maker: str = ""
    categories: tuple[str, ...] = ()
    category_names: tuple[str, ...] = ()
    place_names: tuple[str, ...] = ()
    text: str = ""
    business_id: UUID | None = None
    commune: str | None = None
    old_districts: tuple[str, ...] = ()
    stars: int | None = None
    stars_until: date | None = None
    seller_kind: str | None = None
    is_in_stock: bool | None = None
    prices: Mapping[str, int] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    weight: int = 0

    @property
    def key(self) -> str:
        """The key of the thing in an engine of its own."""
        return key_of(self.kind, self.thing_id)


def key_of(kind: SearchKind, thing_id: UUID) -> str:
    """The key of a thing in an engine of its own."""
    return f"{kind}-{thing_id}"


def document_of(entry: Entry) -> dict[str, Any]:
    """What an engine of its own is fed with."""
    document: dict[str, Any] = {
        "key": entry.key,
        "kind": entry.kind.value,
        "title": entry.title,
        "title_marked": _joined(marked_words, [entry.title]),
        "title_en": entry.title_en,
        "names": list(entry.names),
        "maker": entry.maker,
        "category": list(entry.category_names),
        "place": list(entry.place_names),
        "text": entry.text[:_LONGEST_TEXT],
        "rest_marked": _joined(
            marked_words,
            [*entry.names, entry.maker, *entry.category_names, *entry.place_names],
        ),
        "categories": list(entry.categories),
        "commune": entry.commune,
        "old_districts": list(entry.old_districts),
        "stars": entry.stars,
        "stars_until": _day(entry.stars_until),
        "seller_kind": entry.seller_kind,
        "in_stock": entry.is_in_stock,
        "weight": entry.weight,
        "created_at": int(entry.created_at.timestamp()),
    }
    for channel, amount in entry.prices.items():
        document[f"price_{channel}"] = amount
        document[f"band_{channel}"] = band_of(amount)
    if entry.latitude is not None and entry.longitude is not None:
        document["_geo"] = {"lat": entry.latitude, "lng": entry.longitude}
    return document


def row_of(entry: Entry) -> dict[str, Any]:
    """The entry as a row of `search_documents`, its words by weight A to D."""
    document = document_of(entry)
    digest = md5(orjson.dumps(document, option=orjson.OPT_SORT_KEYS), usedforsecurity=False)
    weights = {
        "a": [entry.title, entry.title_en],
        "b": [*entry.names, entry.maker],
        "c": [*entry.category_names, *entry.place_names],
        "d": [entry.text[:_LONGEST_TEXT]],
    }
    row: dict[str, Any] = {
        "kind": entry.kind.value,
        "thing_id": str(entry.thing_id),
        "title": entry.title,
        "title_folded": _joined(folded_words, [entry.title]),
        "business_id": None if entry.business_id is None else str(entry.business_id),
        "categories": list(entry.categories),
        "commune": entry.commune,
        "old_districts": list(entry.old_districts),
        "stars": entry.stars,
        "stars_until": None if entry.stars_until is None else entry.stars_until.isoformat(),
        "seller_kind": entry.seller_kind,
        "is_in_stock": entry.is_in_stock,
        "prices": dict(entry.prices),
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "weight": entry.weight,
        "created_at": entry.created_at.isoformat(),
        "document": document | {"digest": digest.hexdigest()},
        "digest": digest.hexdigest(),
    }
    for weight, texts in weights.items():
        row[f"folded_{weight}"] = _joined(folded_words, texts)
    row["marked_a"] = _joined(marked_words, [entry.title])
    row["marked_b"] = document["rest_marked"]
    return row


def plain_text(document: Mapping[str, Any] | None) -> str:
    """The words of an EditorJS document, without its markup."""
    if not document:
        return ""
    lines: list[str] = []
    for block in document.get("blocks", ()):
        content = block.get("data", {})
        lines.extend(
            unescape(_TAG.sub(" ", value))
            for value in (content.get("text"), content.get("caption"), *_items(content))
            if isinstance(value, str)
        )
    return " ".join(" ".join(lines).split())


def _items(content: Mapping[str, Any]) -> Iterable[Any]:
    for item in content.get("items", ()):
        yield item.get("content") if isinstance(item, Mapping) else item


def _joined(cut: Callable[[str], list[str]], texts: Iterable[str]) -> str:
    return " ".join(cut(" ".join(texts)))[: _LONGEST_TEXT + _LONGEST_FIELD]


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
