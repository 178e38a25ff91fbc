"""Products and packings as a file describes them: only what it says, nothing it leaves out."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from catalog.services.imports.quantities import NetContent
from catalog.services.imports.reference import KnownCategory, KnownType


class ProductValues(TypedDict, total=False):
    """What a file says about a product; what is absent stays as it is."""

    name: str
    category: KnownCategory
    product_type: KnownType
    description: dict[str, Any]
    name_en: str
    description_en: dict[str, Any]
    origin_place_id: UUID
    pictures: tuple[str, ...]
    harvest_months: list[int]
    geographical_indication_id: UUID
    papers: dict[str, "Paper"]
    is_published: bool
    attributes: dict[str, Any]


class VariantValues(TypedDict, total=False):
    """What a file says about one packing; what is absent stays as it is."""

    name: str
    name_en: str
    unit: str
    content: NetContent
    weight_grams: int
    quantity_limit: int
    retail: "PriceTable"
    wholesale: "PriceTable"
    on_hand: int
    attributes: dict[str, Any]


# From a quantity on: what one costs, and what it cost before the discount.
PriceTable = dict[int, tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A food-safety paper or a licence, by its number."""

    kind: str
    number: str
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(slots=True)
class VariantDraft:
    """One row of the file that could be understood."""

    row: int
    code: str
    position: int
    values: VariantValues
    typed: tuple[str, ...]


@dataclass(slots=True)
class ProductDraft:
    """The rows of one product code that stand together."""

    row: int
    code: str
    values: ProductValues
    variants: list[VariantDraft] = field(default_factory=list)
