"""Goods as a shop tells them, after they have been read with distrust."""

from dataclasses import dataclass
from typing import Any, Final

from marketplace.connector.rules.states import SortKind

# What stands before the ids of a shop's goods, so that they meet no code of a spreadsheet.
MARK: Final = "saleor:"


@dataclass(frozen=True, slots=True)
class ShopSort:
    """A category or a product type of the shop."""

    kind: SortKind
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ShopVariant:
    """A packing as the shop sells it; without an amount it is not sold in đồng."""

    external_id: str
    name: str
    sku: str
    amount: int | None
    full_amount: int | None
    available: int | None
    weight_grams: int | None
    quantity_limit: int | None


@dataclass(frozen=True, slots=True)
class ShopGood:
    """A product of the shop."""

    external_id: str
    name: str
    description: dict[str, Any] | None
    category: ShopSort | None
    type: ShopSort | None
    pictures: tuple[str, ...]
    variants: tuple[ShopVariant, ...]
    is_offered: bool

    @property
    def sorts(self) -> tuple[ShopSort, ...]:
        """What it is sorted by; the category says more than the type."""
        return tuple(each for each in (self.category, self.type) if each is not None)


@dataclass(frozen=True, slots=True)
class ShopPage:
    """A page of the shop's goods, and where the next one begins."""

    goods: tuple[ShopGood, ...]
    next_cursor: str | None
    unreadable: int = 0
