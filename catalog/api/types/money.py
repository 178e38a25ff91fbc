"""Prices as the contract shows them: gross, with the tax in it."""

import strawberry

from catalog.models import Listing
from catalog.queries.shown import ShownListing
from marketplace.kernel.graph.scalars import Money
from marketplace.kernel.money import CURRENCY


def money(amount: int) -> Money:
    """An amount of đồng as the schema shows it."""
    return Money(currency=CURRENCY, amount=float(amount))


@strawberry.type
class TaxedMoney:
    """A price with the tax in it; sellers set gross prices, so net and gross are the same here."""

    # A list shows hundreds of prices and asks little of each: only what is asked for is made.
    amount: strawberry.Private[int]

    @strawberry.field
    def currency(self) -> str:
        """ISO 4217 code."""
        return CURRENCY

    @strawberry.field
    def gross(self) -> Money:
        """What the buyer pays."""
        return money(self.amount)

    @strawberry.field
    def net(self) -> Money:
        """The same without tax."""
        return money(self.amount)

    @strawberry.field
    def tax(self) -> Money:
        """The tax in it."""
        return money(0)


@strawberry.type
class TaxedMoneyRange:
    """From the cheapest to the dearest."""

    lowest: strawberry.Private[int]
    highest: strawberry.Private[int]

    @strawberry.field
    def start(self) -> TaxedMoney | None:
        """The lowest price."""
        return TaxedMoney(amount=self.lowest)

    @strawberry.field
    def stop(self) -> TaxedMoney | None:
        """The highest price."""
        return TaxedMoney(amount=self.highest)


@strawberry.type
class ProductPricingInfo:
    """What a product costs in the channel that was asked for."""

    listing: strawberry.Private[Listing | ShownListing]

    @strawberry.field
    def on_sale(self) -> bool:
        """Whether a variant is cheaper than usual."""
        return self.listing.lowest_undiscounted_amount > self.listing.lowest_amount

    @strawberry.field
    def price_range(self) -> TaxedMoneyRange | None:
        """Prices of its variants."""
        row = self.listing
        return TaxedMoneyRange(lowest=row.lowest_amount, highest=row.highest_amount)

    @strawberry.field
    def price_range_undiscounted(self) -> TaxedMoneyRange | None:
        """The same before discounts."""
        row = self.listing
        return TaxedMoneyRange(
            lowest=row.lowest_undiscounted_amount,
            highest=row.highest_undiscounted_amount,
        )


@strawberry.type
class VariantPricingInfo:
    """What one of a variant costs at its minimum order quantity."""

    amount: strawberry.Private[int]
    usual: strawberry.Private[int]

    @strawberry.field
    def on_sale(self) -> bool:
        """Whether it is cheaper than usual."""
        return self.usual > self.amount

    @strawberry.field
    def price(self) -> TaxedMoney | None:
        """What the buyer pays."""
        return TaxedMoney(amount=self.amount)

    @strawberry.field
    def price_undiscounted(self) -> TaxedMoney | None:
        """Before discounts."""
        return TaxedMoney(amount=self.usual)


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
