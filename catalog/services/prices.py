"""Price lists: what a variant costs in a channel, from which quantity on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select

from catalog import policies
from catalog.errors import InvalidPriceError
from catalog.events import ProductsChanged
from catalog.models import Channel, Product, Variant, VariantPrice
from catalog.services.listings import refresh_listings
from catalog.services.products import locked_product
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import HelpScope

HIGHEST_AMOUNT = 10_000_000_000


@dataclass(frozen=True, slots=True)
class PriceTier:
    """From so many on, one costs so much, in đồng."""

    minimum_quantity: int
    amount: int
    undiscounted_amount: int | None = None


async def variant_with_product(
    unit: UnitOfWork, variant_id: UUID, scope: HelpScope = HelpScope.PRODUCTS
) -> tuple[Variant, Product]:
    """The variant and its product, the product locked.

    Raises:
        NotFoundError: there is no such variant for the viewer.
        NotPermittedError: the viewer does not sell it.
    """
    variant = await unit.session.get(Variant, variant_id)
    if variant is None:
        raise NotFoundError(_("There is no such variant."))
    return variant, await locked_product(unit, variant.product_id, scope)


async def set_prices(
    unit: UnitOfWork,
    variant_id: UUID,
    channel_slug: str,
    tiers: Sequence[PriceTier],
) -> Variant:
    """Replace the price list of a variant in a channel; an empty one takes it off the channel.

    Raises:
        NotFoundError: there is no such variant or channel.
        NotPermittedError: the viewer does not set prices for the business.
        InvalidPriceError: the tiers contradict each other.
    """
    variant, product = await variant_with_product(unit, variant_id)
    if not policies.may_set_prices(unit.viewer, product.business_id):
        raise NotPermittedError
    channel = await unit.session.scalar(select(Channel).where(Channel.slug == channel_slug))
    if channel is None:
        raise NotFoundError(_("There is no such price list."), field="channel")
    _check(tiers)
    await unit.session.execute(
        delete(VariantPrice).where(
            VariantPrice.variant_id == variant.id,
            VariantPrice.channel_id == channel.id,
        ),
    )
    unit.session.add_all(
        VariantPrice(
            variant_id=variant.id,
            channel_id=channel.id,
            minimum_quantity=tier.minimum_quantity,
            amount=tier.amount,
            undiscounted_amount=tier.undiscounted_amount,
        )
        for tier in tiers
    )
    product.updated_at = unit.now
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return variant


def _check(tiers: Sequence[PriceTier]) -> None:
    quantities = [tier.minimum_quantity for tier in tiers]
    if len(set(quantities)) != len(quantities):
        raise InvalidPriceError(_("A quantity has two prices."), field="minimumQuantity")
    for tier in tiers:
        if tier.minimum_quantity < 1:
            raise InvalidPriceError(_("A quantity begins at 1."), field="minimumQuantity")
        if not 0 <= tier.amount <= HIGHEST_AMOUNT:
            raise InvalidPriceError(_("This price cannot be right."), field="amount")
        if tier.undiscounted_amount is not None and tier.undiscounted_amount < tier.amount:
            raise InvalidPriceError(
                _("The price before the discount must not be below the price."),
                field="undiscountedAmount",
            )
