"""The packings of a product, and whose stock-keeping unit a word is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError

from catalog.errors import InvalidProductError, TakenSkuError
from catalog.models import Product, Variant
from catalog.services.values import (
    LONGEST_SKU,
    LONGEST_UNIT,
    LONGEST_VARIANT_NAME,
    checked_content,
    checked_count,
    checked_length,
    checked_net_unit,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork

_SKU_CONSTRAINT: Final = "uq_product_variants_sku"


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """A packing as the seller describes it."""

    name: str
    unit: str
    sku: str | None = None
    net_quantity: Decimal | None = None
    net_unit: str | None = None
    weight_grams: int | None = None
    quantity_limit: int | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


async def add_variant(
    unit: UnitOfWork,
    product: Product,
    draft: VariantDraft,
    position: int,
) -> Variant:
    """Add a packing to a product that is locked already.

    Raises:
        InvalidProductError: a value cannot be taken.
        TakenSkuError: another packing has the SKU.
    """
    values = _checked(draft)
    variant = Variant(
        product_id=product.id,
        **(values | {"sku": values["sku"] or f"{product.id.hex[-12:].upper()}-{position + 1}"}),
        attributes=dict(draft.attributes),
        position=position,
    )
    # Asked by writing: who looks first may be overtaken by somebody who takes the same one.
    try:
        async with unit.session.begin_nested():
            unit.session.add(variant)
    except IntegrityError as conflict:
        if not is_sku_taken(conflict):
            raise
        raise TakenSkuError(_("This SKU is in use already.")) from conflict
    return variant


async def change_variant(unit: UnitOfWork, variant: Variant, draft: VariantDraft) -> bool:
    """Change a packing of a product that is locked already; whether anything is another now.

    Raises:
        InvalidProductError: a value cannot be taken.
        TakenSkuError: another packing has the SKU.
    """
    values = _checked(draft)
    values["sku"] = values["sku"] or variant.sku
    changed = {name: value for name, value in values.items() if getattr(variant, name) != value}
    if not changed:
        return False
    try:
        async with unit.session.begin_nested():
            for name, value in changed.items():
                setattr(variant, name, value)
    except IntegrityError as conflict:
        if not is_sku_taken(conflict):
            raise
        raise TakenSkuError(_("This SKU is in use already.")) from conflict
    return True


def _checked(draft: VariantDraft) -> dict[str, Any]:
    """The columns of a packing.

    Raises:
        InvalidProductError: a value cannot be taken.
    """
    unit_name = checked_length(draft.unit, LONGEST_UNIT, "unit")
    if not unit_name:
        raise InvalidProductError(_("Please say what one of it is called."), field="unit")
    return {
        "sku": checked_length(draft.sku or "", LONGEST_SKU, "sku"),
        "name": checked_length(draft.name, LONGEST_VARIANT_NAME, "name"),
        "unit": unit_name,
        "net_quantity": checked_content(draft.net_quantity),
        "net_unit": checked_net_unit(draft.net_unit),
        "weight_grams": checked_count(draft.weight_grams, "weightGrams"),
        "quantity_limit": checked_count(draft.quantity_limit, "quantityLimit"),
    }


def is_sku_taken(conflict: IntegrityError) -> bool:
    """Whether the database refused a packing because another one has its SKU."""
    cause = conflict.orig
    return isinstance(cause, UniqueViolation) and cause.diag.constraint_name == _SKU_CONSTRAINT
