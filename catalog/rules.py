"""Pure rules of the catalogue: states, policies, units and the price of a kilogram."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final


class ProductState(StrEnum):
    """Where a product stands between its first draft and the shelf."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CategoryPolicy(StrEnum):
    """What the law asks before goods of a category may be sold (category rules, dated data)."""

    NONE = "none"
    FORBIDDEN = "forbidden"
    LICENCE_REQUIRED = "licence_required"
    AGE_GATE = "age_gate"
    WARN = "warn"


class AttributeInput(StrEnum):
    """What kind of value an attribute takes, in the contract's words."""

    DROPDOWN = "dropdown"
    MULTISELECT = "multiselect"
    NUMERIC = "numeric"
    PLAIN_TEXT = "plain_text"
    BOOLEAN = "boolean"
    DATE = "date"
    SWATCH = "swatch"


class AttributeScope(StrEnum):
    """Whether an attribute belongs to the product or to each of its variants."""

    PRODUCT = "product"
    VARIANT = "variant"


class StockStatus(StrEnum):
    """What a buyer is told about stock."""

    IN_STOCK = "in_stock"
    LOW = "low"
    OUT = "out"


class MovementKind(StrEnum):
    """Why stock changed."""

    RECEIVED = "received"
    SOLD = "sold"
    SPOILED = "spoiled"
    CORRECTED = "corrected"
    COUNTED = "counted"
    IMPORTED = "imported"


class ImportState(StrEnum):
    """Where a file stands between being handed in and being done with."""

    RECEIVED = "received"
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


RETAIL: Final = "retail"
WHOLESALE: Final = "wholesale"
LOW_STOCK: Final = 5

# How many of the base unit (kg, l) one net unit holds; what is counted has no such price.
BASE_UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    "g": ("kg", Decimal("0.001")),
    "kg": ("kg", Decimal(1)),
    "lạng": ("kg", Decimal("0.1")),
    "yến": ("kg", Decimal(10)),
    "tạ": ("kg", Decimal(100)),
    "ml": ("l", Decimal("0.001")),
    "l": ("l", Decimal(1)),
}


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price in đồng of one kilogram or litre."""

    amount: int
    per: str


def unit_price(amount: int, quantity: Decimal | None, unit: str | None) -> UnitPrice | None:
    """The price of a kilogram or litre, or None for what is sold by the piece."""
    if quantity is None or quantity <= 0 or unit not in BASE_UNITS:
        return None
    base, factor = BASE_UNITS[unit]
    return UnitPrice(round(Decimal(amount) / (quantity * factor)), base)


def stock_status(available: int) -> StockStatus:
    """What a buyer is told when so many are left."""
    if available <= 0:
        return StockStatus.OUT
    return StockStatus.LOW if available <= LOW_STOCK else StockStatus.IN_STOCK


def is_valid_on(day: date, issued_on: date, expires_on: date) -> bool:
    """Whether a certificate holds on the day; both ends count."""
    return issued_on <= day <= expires_on


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many on, one costs so much, in đồng."""

    minimum_quantity: int
    amount: int


def price_for(tiers: list[Tier], quantity: int) -> int | None:
    """The price of one when so many are bought; None below the smallest tier."""
    reached = [tier for tier in tiers if tier.minimum_quantity <= quantity]
    return max(reached, key=lambda tier: tier.minimum_quantity).amount if reached else None
