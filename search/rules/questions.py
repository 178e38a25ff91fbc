"""What is asked of a search engine, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID


class SearchKind(StrEnum):
    """The kinds of things that one search goes through."""

    PRODUCT = "product"
    BUSINESS = "business"
    PLACE = "place"
    PAGE = "page"


class SearchSort(StrEnum):
    """In which order hits are wanted."""

    RELEVANCE = "relevance"
    PRICE_ASC = "price_asc"
    PRICE_DESC = "price_desc"
    NEWEST = "newest"
    NEAREST = "nearest"


class Facet(StrEnum):
    """The properties that hits can be narrowed by; the value is the name in the API."""

    KIND = "kind"
    CATEGORIES = "categories"
    PRICE = "price"
    COMMUNES = "communes"
    OLD_DISTRICTS = "oldDistricts"
    STARS = "stars"
    SELLER_KINDS = "sellerKinds"
    IN_STOCK = "inStock"


# No price is above this; what is asked beyond it would not fit the columns it is compared with.
HIGHEST_PRICE: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must fulfil; an empty field asks for nothing."""

    categories: tuple[str, ...] = ()
    lowest_price: int | None = None
    highest_price: int | None = None
    communes: tuple[str, ...] = ()
    old_districts: tuple[str, ...] = ()
    stars: tuple[int, ...] = ()
    seller_kinds: tuple[str, ...] = ()
    in_stock: bool | None = None

    @property
    def chosen(self) -> frozenset[Facet]:
        """The facets that are narrowed."""
        asked = {
            Facet.CATEGORIES: bool(self.categories),
            Facet.PRICE: self.lowest_price is not None or self.highest_price is not None,
            Facet.COMMUNES: bool(self.communes),
            Facet.OLD_DISTRICTS: bool(self.old_districts),
            Facet.STARS: bool(self.stars),
            Facet.SELLER_KINDS: bool(self.seller_kinds),
            Facet.IN_STOCK: self.in_stock is not None,
        }
        return frozenset(facet for facet, is_asked in asked.items() if is_asked)


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a search engine.

    `is_loose` takes hits that hold any of the words instead of all of them. Prices are those of
    the channel.
    """

    text: str = ""
    kind: SearchKind | None = None
    filters: Filters = field(default_factory=Filters)
    sort: SearchSort = SearchSort.RELEVANCE
    near: Point | None = None
    channel: str = "retail"
    offset: int = 0
    limit: int = 20
    is_loose: bool = False
    has_facets: bool = True

    @property
    def chosen(self) -> frozenset[Facet]:
        """The facets that are narrowed, the kind of thing among them."""
        kind = frozenset({Facet.KIND}) if self.kind is not None else frozenset[Facet]()
        return self.filters.chosen | kind


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: SearchKind
    thing_id: UUID


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found.

    The counts of a facet leave that facet's own narrowing aside, so that other values of it can
    be chosen, too.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    is_reduced: bool = False


NOTHING: Final = Answer()
