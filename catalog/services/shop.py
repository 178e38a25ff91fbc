"""What a seller saves in one go: a product, its packings, their prices and what lies there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from businesses.services.activity import record_change
from catalog.errors import (
    InsufficientStockError,
    InvalidPriceError,
    InvalidProductError,
    TakenSkuError,
)
from catalog.events import ProductsChanged
from catalog.models import Channel, Product, Variant, VariantPrice
from catalog.rules import RETAIL, MovementKind
from catalog.services.listings import refresh_listings
from catalog.services.prices import PriceTier, set_prices
from catalog.services.products import (
    ProductDraft,
    create_product,
    edit_product,
)
from catalog.services.stock import Movement, book_movement
from catalog.services.variants import VariantDraft, add_variant, change_variant
from marketplace.kernel.errors import DomainError, InvalidInputError, NotFoundError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork

# What is wrong with one packing; the others are looked at all the same.
REFUSALS: Final = (
    InvalidProductError,
    TakenSkuError,
    InvalidPriceError,
    InsufficientStockError,
)


@dataclass(frozen=True, slots=True)
class PackingDraft:
    """A packing in a seller's form; one without a key is new, and may begin with stock."""

    draft: VariantDraft
    variant_id: UUID | None = None
    price: int | None = None
    undiscounted: int | None = None
    stock: int | None = None
    is_active: bool = True


async def save_product(
    unit: UnitOfWork,
    business_id: UUID,
    product_id: UUID | None,
    draft: ProductDraft,
    packings: Sequence[PackingDraft],
) -> Product:
    """Begin or change a product with its packings; whole, or not at all.

    Raises:
        NotFoundError: there is no such business, product, category or packing for the viewer.
        NotPermittedError: the viewer does not sell for the business, or may not set its prices.
        InvalidInputError: values cannot be taken; one problem per field.
        ForbiddenGoodsError: goods of the category may not be sold.
    """
    if product_id is None:
        product = await create_product(unit, business_id, draft, [])
        name, told = "product.created", []
    else:
        # What buyers miss is asked after the packings are written, for they may be what is missing.
        product = await edit_product(unit, product_id, draft)
        name, told = "product.edited", _fields(draft)
    if product.business_id != business_id:
        raise NotFoundError(_("There is no such product."))
    changed = await _save_packings(unit, product, packings)
    record_change(
        unit,
        business_id,
        name,
        ("product", product.id),
        product.name,
        fields=[*told, *(["variants"] if changed and product_id is not None else [])],
    )
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return product


async def _save_packings(
    unit: UnitOfWork, product: Product, packings: Sequence[PackingDraft]
) -> bool:
    """Write the packings; whether anything of them is another now.

    Raises:
        InvalidInputError: values cannot be taken; the fields are named `variants.<index>.<field>`.
    """
    problems: list[Problem] = []
    is_changed = False
    for index, packing in enumerate(packings):
        try:
            is_changed |= await _save_packing(unit, product, packing)
        except REFUSALS as error:
            problems.extend(_of_packing(index, error))
    if problems:
        raise InvalidInputError(problems)
    return is_changed


def _of_packing(index: int, error: DomainError) -> list[Problem]:
    return [
        Problem(f"variants.{index}.{each.field}", each.message, each.code, each.parameters)
        for each in error.problems
    ]


async def _save_packing(unit: UnitOfWork, product: Product, packing: PackingDraft) -> bool:
    if packing.variant_id is None:
        count = select(func.count()).where(Variant.product_id == product.id)
        position = int(await unit.session.scalar(count) or 0)
        variant = await add_variant(unit, product, packing.draft, position)
        is_changed = True
        if packing.stock:
            received = Movement(MovementKind.RECEIVED, packing.stock)
            await book_movement(unit, variant.id, received)
    else:
        found = await unit.session.get(Variant, packing.variant_id)
        if found is None or found.product_id != product.id:
            raise NotFoundError(_("There is no such variant."))
        variant = found
        is_changed = await change_variant(unit, variant, packing.draft)
        if variant.is_active is not packing.is_active:
            variant.is_active = packing.is_active
            is_changed = True
    return await _set_price(unit, variant, packing) or is_changed


async def _set_price(unit: UnitOfWork, variant: Variant, packing: PackingDraft) -> bool:
    """The retail price of one; the tiers for larger quantities stay as they are."""
    if packing.price is None:
        return False
    statement = (
        select(VariantPrice)
        .join(Channel, Channel.id == VariantPrice.channel_id)
        .where(VariantPrice.variant_id == variant.id, Channel.slug == RETAIL)
        .order_by(VariantPrice.minimum_quantity)
    )
    tiers = [
        PriceTier(row.minimum_quantity, row.amount, row.undiscounted_amount)
        for row in await unit.session.scalars(statement)
    ]
    first = tiers[0] if tiers else PriceTier(1, -1)
    wanted = replace(first, amount=packing.price, undiscounted_amount=packing.undiscounted)
    if wanted == first:
        return False
    await set_prices(unit, variant.id, RETAIL, [wanted, *tiers[1:]])
    return True


def _fields(draft: ProductDraft) -> list[str]:
    given: dict[str, Any] = {
        "name": draft.name,
        "category": draft.category_id,
        "description": draft.description,
        "attributes": draft.attributes,
        "harvestMonths": draft.harvest_months,
        "originPlace": draft.origin_place_id,
        "media": draft.media_ids,
        "translations": draft.translations,
    }
    return [name for name, value in given.items() if value is not None]
