"""Prices as the contract shows them: gross, with the tax in it."""

from typing import Self

import strawberry

from catalog.models import Listing
from marketplace.kernel.graph.scalars import Money
from marketplace.kernel.money import CURRENCY


def money(amount: int) -> Money:
    """An amount of đồng as the schema shows it."""
    return Money(currency=CURRENCY, amount=float(amount))


@strawberry.type
class TaxedMoney:
    """A price with the tax in it; sellers set gross prices, so net and gross are the same here."""

    currency: str = strawberry.field(description="ISO 4217 code.")
    gross: Money = strawberry.field(description="What the buyer pays.")
    net: Money = strawberry.field(description="The same without tax.")
    tax: Money = strawberry.field(description="The tax in it.")

    @classmethod
    def of(cls, amount: int) -> Self:
        """A gross price."""
        gross = money(amount)
        return cls(currency=CURRENCY, gross=gross, net=gross, tax=money(0))


@strawberry.type
class TaxedMoneyRange:
    """From the cheapest to the dearest."""

    start: TaxedMoney | None = strawberry.field(description="The lowest price.")
    stop: TaxedMoney | None = strawberry.field(description="The highest price.")


@strawberry.type
class ProductPricingInfo:
    """What a product costs in the channel that was asked for."""

    on_sale: bool = strawberry.field(description="Whether a variant is cheaper than usual.")
    price_range: TaxedMoneyRange | None = strawberry.field(description="Prices of its variants.")
    price_range_undiscounted: TaxedMoneyRange | None = strawberry.field(
        description="The same before discounts.",
    )

    @classmethod
    def of(cls, listing: Listing) -> Self:
        """What the listing says."""
        return cls(
            on_sale=listing.lowest_undiscounted_amount > listing.lowest_amount,
            price_range=TaxedMoneyRange(
                start=TaxedMoney.of(listing.lowest_amount),
                stop=TaxedMoney.of(listing.highest_amount),
            ),
            price_range_undiscounted=TaxedMoneyRange(
                start=TaxedMoney.of(listing.lowest_undiscounted_amount),
                stop=TaxedMoney.of(listing.highest_undiscounted_amount),
            ),
        )


@strawberry.type
class VariantPricingInfo:
    """What one of a variant costs at its minimum order quantity."""

    on_sale: bool = strawberry.field(description="Whether it is cheaper than usual.")
    price: TaxedMoney | None = strawberry.field(description="What the buyer pays.")
    price_undiscounted: TaxedMoney | None = strawberry.field(description="Before discounts.")


@strawberry.type
class UnitPrice:
    """The price of one kilogram or litre."""

    price: Money = strawberry.field(description="What it costs.")
    per: str = strawberry.field(description='"kg" or "l".')


@strawberry.type
class PriceTier:
    """From so many on, one costs so much."""

    minimum_quantity: int = strawberry.field(description="From how many on.")
    price: TaxedMoney = strawberry.field(description="What one costs then.")


@strawberry.type
class NetContent:
    """What one packing holds."""

    quantity: float = strawberry.field(description="How much.")
    unit: str = strawberry.field(description="Of which unit: g, kg, ml, l or pieces.")
