"""Lists with facets: what the address asks for, and what the page shows of the answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from frontend.maps import Dot, DrawnMap
from frontend.rendering import nodes
from marketplace.kernel.errors import ForeignCursorError
from marketplace.kernel.i18n import Language, _, translate
from marketplace.kernel.money import format_money

PER_PAGE: Final = 18
# The longest list a reader can page through; beyond it nobody is helped by one more page.
LAST_PAGE: Final = 1000
# Names of the filter input, of the facets and of the parameters in the address.
FACETS: Final[Mapping[str, str]] = {
    "categories": "category",
    "stars": "stars",
    "oldDistricts": "district",
    "communes": "commune",
    "sellerKinds": "seller",
}
SORTS: Final[Mapping[str, str]] = {
    "RELEVANCE": _("What fits best"),
    "PRICE_ASC": _("Price, low first"),
    "PRICE_DESC": _("Price, high first"),
    "NEWEST": _("Newest first"),
    "NEAREST": _("Nearest first"),
}
# The contract's BusinessKindEnum; an unknown kind would make the whole question invalid.
SELLERS: Final = (
    "INDIVIDUAL",
    "HOUSEHOLD",
    "COOPERATIVE_GROUP",
    "COOPERATIVE",
    "ENTERPRISE",
    "PUBLIC_BODY",
)
KINDS: Final = ("PRODUCT", "BUSINESS", "PLACE", "PAGE")
HIGHEST_PRICE: Final = 10_000_000_000
_MONEY: Final = re.compile(r"^(\d+(?:[.,]\d+)*)\s*(k|nghìn|ngàn|tr|triệu)?")
# Longer texts are no price and no page that anybody means; reading them costs time, or fails.
_LONGEST_PRICE: Final = 40
_LONGEST_NUMBER: Final = 9


def read_money(text: str) -> int | None:
    """What people type for a price: "150k", "1.200.000", "1,2 triệu"."""
    if len(text) > _LONGEST_PRICE:
        return None
    found = _MONEY.match(text.strip().lower().removesuffix("₫").removesuffix("đ").strip())
    if not found:
        return None
    figure, unit = found.groups()
    if unit is None:
        return min(int(re.sub(r"\D", "", figure)), HIGHEST_PRICE)
    factor = 1_000 if unit in {"k", "nghìn", "ngàn"} else 1_000_000
    try:
        amount = float(figure.replace(",", ".", 1).replace(",", ""))
    except ValueError:
        return None
    return min(round(amount * factor), HIGHEST_PRICE)


def read_page(text: str) -> int:
    """The number of a page of a list; the first for anything else."""
    if len(text) > _LONGEST_NUMBER or not text.isdecimal():
        return 1
    return min(max(int(text), 1), LAST_PAGE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader's address asks for."""

    query: str = ""
    kind: str = ""
    sort: str = ""
    page: int = 1
    price_from: int | None = None
    price_to: int | None = None
    in_stock: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: Dot | None = None

    @property
    def sort_now(self) -> str:
        """The order the list really has: nearest from a place, best fit for words, else newest."""
        if self.sort and (self.near or self.sort != "NEAREST"):
            return self.sort
        if self.near:
            return "NEAREST"
        return "RELEVANCE" if self.query else "NEWEST"

    @property
    def variables(self) -> dict[str, Any]:
        """The wish as variables of the search operation."""
        wanted: dict[str, Any] = {name: list(found) for name, found in self.chosen.items() if found}
        if "stars" in wanted:
            wanted["stars"] = [int(value) for value in wanted["stars"]]
        bounds = {"gte": self.price_from, "lte": self.price_to}
        if price := {name: bound for name, bound in bounds.items() if bound is not None}:
            wanted["price"] = price
        if self.in_stock:
            wanted["inStock"] = True
        if self.near:
            spot = {"latitude": self.near.latitude, "longitude": self.near.longitude}
            wanted["near"] = spot
        return {
            "query": self.query,
            "kind": self.kind or None,
            "filter": wanted,
            "sortBy": self.sort_now,
            "page": self.page,
            "perPage": PER_PAGE,
        }

    def within_category(self, slug: str) -> "Wish":
        """The same wish inside one category, whatever the address says of others."""
        return replace(self, chosen={**self.chosen, "categories": (slug,)})

    def pairs(self, **changed: object) -> list[tuple[str, str]]:
        """The wish as query parameters, with some of them changed; any change starts at page 1."""
        values: dict[str, object] = {
            "q": self.query,
            "kind": self.kind.lower(),
            **{FACETS[name]: list(found) for name, found in self.chosen.items()},
            "from": self.price_from,
            "to": self.price_to,
            "stock": "1" if self.in_stock else "",
            "near": self.near.code if self.near else "",
            "sort": self.sort.lower(),
            **changed,
        }
        return [
            (name, str(item))
            for name, value in values.items()
            for item in (value if isinstance(value, list) else [value])
            if item not in (None, "")
        ]


def read_wish(given: QueryParams, *, kind: str = "", atlas: DrawnMap | None = None) -> Wish:
    """The wish in an address; what cannot be understood is left out, never an error."""
    asked, sort = given.get("kind", "").upper(), given.get("sort", "").upper()
    chosen = {name: tuple(given.getlist(key)[:40]) for name, key in FACETS.items()}
    chosen["stars"] = tuple(star for star in chosen["stars"] if star in {"1", "2", "3", "4", "5"})
    chosen["sellerKinds"] = tuple(kind for kind in chosen["sellerKinds"] if kind in SELLERS)
    return Wish(
        query=given.get("q", "").strip()[:120],
        kind=kind or (asked if asked in KINDS else ""),
        sort=sort if sort in SORTS else "",
        page=read_page(given.get("page", "1")),
        price_from=read_money(given.get("from", "")),
        price_to=read_money(given.get("to", "")),
        in_stock=given.get("stock") == "1",
        chosen=chosen,
        near=atlas.dot(given.get("near")) if atlas else None,
    )


def read_window(given: QueryParams, size: int) -> dict[str, object]:
    """The part of a connection that an address with cursors asks for."""
    if before := given.get("before"):
        return {"last": size, "before": before}
    return {"first": size, "after": given.get("after") or None}


def shown_of(
    connection: Mapping[str, Any], window: Mapping[str, object]
) -> list[Mapping[str, Any]]:
    """The things of a connection's part.

    Raises:
        ForeignCursorError: nothing stands behind the cursor, or not any more.
    """
    found = nodes(connection)
    if not found and (window.get("after") or window.get("before")):
        raise ForeignCursorError
    return found


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen filter and the address without it."""

    label: str
    address: str


class ListView:
    """The found things as the templates show them."""

    def __init__(
        self,
        path: str,
        wish: Wish,
        found: Mapping[str, Any],
        language: Language,
        *,
        fixed: tuple[str, ...] = (),
        has_kinds: bool = False,
    ) -> None:
        self.path = path
        self._wish = wish
        self._language = language
        self._fixed = fixed
        self.query, self.page = wish.query, wish.page
        self.kind = wish.kind if has_kinds else ""
        self.sort = wish.sort
        self.price_from, self.price_to = wish.price_from, wish.price_to
        self.in_stock = wish.in_stock
        self.total: int = found["totalCount"]
        self.last_page: int = min(found["pageCount"], LAST_PAGE)
        self.is_reduced: bool = found["isReduced"]
        self.hits = found["hits"]
        self.products = [hit["product"] for hit in self.hits if hit.get("product")]
        self.only_products = wish.kind == "PRODUCT"
        self.kinds = found.get("kinds", []) if has_kinds else []
        self.facets = self._facets(found["facets"])
        self.has_price = wish.kind in {"", "PRODUCT"}
        self.is_sieve_open = False
        self.sort_now = wish.sort_now
        self.near = wish.near

    def _facets(self, facets: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The facets with a parameter of ours, in our order, without those the page fixes."""
        by_name = {facet["name"]: facet for facet in facets}
        return [
            {**by_name[name], "parameter": parameter}
            for name, parameter in FACETS.items()
            if name in by_name and name not in self._fixed and by_name[name]["values"]
        ]

    def _say(self, message: str, **parameters: object) -> str:
        return translate(message, self._language, **parameters)

    def _address(self, pairs: list[tuple[str, str]]) -> str:
        kept = [pair for pair in pairs if pair[0] not in {FACETS.get(n) for n in self._fixed}]
        if not self.kind:
            kept = [pair for pair in kept if pair[0] != "kind"]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    @property
    def unit(self) -> str:
        """What is counted."""
        return self._say(_("products") if self.only_products else _("results"))

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """The sort orders on offer; relevance needs something to be relevant to."""
        return [
            (value, self._say(label))
            for value, label in SORTS.items()
            if (value != "RELEVANCE" or self.query) and (value != "NEAREST" or self.near)
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the sort form must repeat."""
        fixed = {FACETS.get(name) for name in self._fixed}
        dropped = fixed | {"sort"} | (set() if self.kind else {"kind"})
        return [pair for pair in self._wish.pairs() if pair[0] not in dropped]

    @property
    def bare(self) -> str:
        """The list without any filter."""
        return f"{self.path}?{urlencode({'q': self.query})}" if self.query else self.path

    @property
    def is_beyond(self) -> bool:
        """Whether the list ends before the page that was asked for."""
        return 0 < self.last_page < self.page

    def page_address(self, number: int) -> str:
        """The address of another page of the list."""
        return self._address([*self._wish.pairs(), ("page", str(number))])

    def kind_address(self, kind: str) -> str:
        """The address of one kind of results; filters of goods do not carry over."""
        pairs = [("q", self.query), ("kind", kind.lower())]
        return f"{self.path}?{urlencode([pair for pair in pairs if pair[1]])}"

    @property
    def chips(self) -> list[Chip]:
        """Every chosen filter, each with the address without it."""
        return [*self._facet_chips(), *self._plain_chips()]

    def _facet_chips(self) -> list[Chip]:
        found = []
        for facet in self.facets:
            chosen = self._wish.chosen.get(facet["name"], ())
            for value in facet["values"]:
                if value["isChosen"]:
                    rest = [item for item in chosen if item != value["value"]]
                    changed: dict[str, object] = {facet["parameter"]: rest}
                    found.append(Chip(value["label"], self._address(self._wish.pairs(**changed))))
        return found

    def _plain_chips(self) -> list[Chip]:
        found = []
        wish = self._wish
        if wish.price_from is not None:
            label = self._say(_("from {price}"), price=format_money(wish.price_from))
            found.append(Chip(label, self._address(wish.pairs(**{"from": None}))))
        if wish.price_to is not None:
            label = self._say(_("up to {price}"), price=format_money(wish.price_to))
            found.append(Chip(label, self._address(wish.pairs(to=None))))
        if wish.near:
            label = self._say(_("near {place}"), place=wish.near.name)
            found.append(Chip(label, self._address(wish.pairs(near=None, sort=None))))
        if wish.in_stock:
            found.append(Chip(self._say(_("In stock only")), self._address(wish.pairs(stock=None))))
        return found
