"""One change of many products: each by itself, so that one that cannot does not stop the others."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.services.activity import record_change
from catalog import policies
from catalog.errors import InvalidProductError
from catalog.models import Channel, Product, Variant, VariantPrice
from catalog.rules import RETAIL
from catalog.services.prices import PriceTier, set_prices
from catalog.services.products import (
    ProductDraft,
    edit_product,
    publish_product,
    withdraw_product,
)
from catalog.services.stock import set_stock
from marketplace.kernel.errors import (
    DomainError,
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    Problem,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.unit_of_work import UnitOfWork

MOST_AT_ONCE: Final = 200
LOWEST_PERCENT: Final = -90
HIGHEST_PERCENT: Final = 300
# Prices are shown in round figures; nobody asks 47.326 đồng.
ROUND_TO: Final = 500

Change = Callable[[UnitOfWork, Product], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What is to be done with each product; exactly one of them."""

    publishes: bool = False
    withdraws: bool = False
    price_percent: int | None = None
    on_hand: int | None = None
    category_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """How one product fared: changed, or why not."""

    product_id: UUID
    name: str
    problems: tuple[Problem, ...] = ()


async def change_products(
    unit: UnitOfWork,
    business_id: UUID,
    product_ids: Sequence[UUID],
    wanted: BulkChange,
    review: DisplayReview,
) -> list[BulkOutcome]:
    """Do the same with many products; what cannot be done with one is told beside it.

    Raises:
        NotPermittedError: the viewer does not sell for the business, or may not set its prices.
        InvalidInputError: nothing or too much is chosen, or it is not told what to do.
    """
    if not policies.may_edit_products(unit.viewer, business_id):
        raise NotPermittedError
    if wanted.price_percent is not None and not policies.may_set_prices(unit.viewer, business_id):
        raise NotPermittedError
    change = _change_of(wanted, review)
    if not 1 <= len(product_ids) <= MOST_AT_ONCE:
        message = _("Choose between 1 and {count} products.")
        raise InvalidInputError([Problem("ids", message, "INVALID", {"count": MOST_AT_ONCE})])
    statement = select(Product).where(
        Product.id.in_(product_ids),
        Product.business_id == business_id,
    )
    # In one order for everybody, so that two who change the same goods do not wait for each other.
    found = (await unit.session.scalars(statement.order_by(Product.id))).all()
    if len(found) < len(set(product_ids)):
        raise NotFoundError(_("There is no such product."), field="ids")
    return [await _tried(unit, product, change) for product in found]


async def _tried(unit: UnitOfWork, product: Product, change: Change) -> BulkOutcome:
    key, name = product.id, product.name
    try:
        async with unit.session.begin_nested():
            await change(unit, product)
    except DomainError as error:
        return BulkOutcome(key, name, tuple(error.problems))
    return BulkOutcome(key, name)


def _change_of(wanted: BulkChange, review: DisplayReview) -> Change:
    """What to do with each product.

    Raises:
        InvalidInputError: it is not told.
    """
    if wanted.publishes:
        return lambda unit, product: publish_product(unit, product.id, review=review)
    if wanted.withdraws:
        return lambda unit, product: withdraw_product(unit, product.id)
    if (percent := wanted.price_percent) is not None:
        if percent == 0 or not LOWEST_PERCENT <= percent <= HIGHEST_PERCENT:
            message = _("A change of prices lies between -90 and 300 per cent.")
            raise InvalidInputError([Problem("pricePercent", message, "INVALID")])
        return lambda unit, product: _raise_prices(unit, product, percent)
    if (on_hand := wanted.on_hand) is not None:
        return lambda unit, product: _count(unit, product, on_hand)
    if wanted.category_id is not None:
        draft = ProductDraft(category_id=wanted.category_id)
        return lambda unit, product: _edit(unit, product, draft)
    raise InvalidInputError([Problem("input", _("Please say what to do."), "REQUIRED")])


async def _edit(unit: UnitOfWork, product: Product, draft: ProductDraft) -> None:
    await edit_product(unit, product.id, draft)
    _told(unit, product, fields=["category"])


async def _raise_prices(unit: UnitOfWork, product: Product, percent: int) -> None:
    statement = (
        select(VariantPrice)
        .join(Variant, Variant.id == VariantPrice.variant_id)
        .join(Channel, Channel.id == VariantPrice.channel_id)
        .where(Variant.product_id == product.id, Channel.slug == RETAIL)
        .order_by(VariantPrice.variant_id, VariantPrice.minimum_quantity)
    )
    lists: dict[UUID, list[PriceTier]] = {}
    for row in await unit.session.scalars(statement):
        amount = _raised(row.amount, percent)
        usual = row.undiscounted_amount
        tier = PriceTier(
            row.minimum_quantity,
            amount,
            None if usual is None else max(_raised(usual, percent), amount),
        )
        lists.setdefault(row.variant_id, []).append(tier)
    if not lists:
        raise InvalidProductError(_("Please set a price."), field="price")
    for variant_id, tiers in lists.items():
        await set_prices(unit, variant_id, RETAIL, tiers)
    _told(unit, product, fields=["price"], percent=percent)


def _raised(amount: int, percent: int) -> int:
    exact = Decimal(amount) * (100 + percent) / 100 / ROUND_TO
    return max(ROUND_TO, int(exact.quantize(Decimal(1), ROUND_HALF_UP)) * ROUND_TO)


async def _count(unit: UnitOfWork, product: Product, on_hand: int) -> None:
    statement = select(Variant.id).where(Variant.product_id == product.id, Variant.is_active)
    for variant_id in await unit.session.scalars(statement):
        await set_stock(unit, variant_id, on_hand)


def _told(unit: UnitOfWork, product: Product, **details: object) -> None:
    thing = ("product", product.id)
    record_change(unit, product.business_id, "product.edited", thing, product.name, **details)
