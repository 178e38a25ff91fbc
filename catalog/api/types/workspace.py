"""Goods as those see them who sell them: packings with every price list, stock, label."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from catalog import models
from catalog.api.types.attributes import Attribute, AttributeValue
from catalog.api.types.money import NetContent
from catalog.api.types.products import Product
from catalog.rules import MovementKind
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import JSONString


@strawberry.type
class ShopPriceTier:
    """From so many on, one costs so much, in đồng."""

    minimum_quantity: int = strawberry.field(description="From how many on.")
    amount: int = strawberry.field(description="What one costs.")
    undiscounted_amount: int | None = strawberry.field(description="Without the discount.")


@strawberry.type
class ShopPriceList:
    """What a packing costs in one channel."""

    channel: str = strawberry.field(description="The slug of the channel.")
    tiers: list[ShopPriceTier] = strawberry.field(description="Smallest quantity first.")


@strawberry.type
class ShopVariant:
    """A packing as its seller sees it, on sale or not."""

    id: strawberry.ID = strawberry.field(description="The id of the variant.")
    name: str = strawberry.field(description="What tells it from the others.")
    sku: str = strawberry.field(description="The stock-keeping unit.")
    unit: str = strawberry.field(description="What one of it is called.")
    net_content: NetContent | None = strawberry.field(description="What one packing holds.")
    is_active: bool = strawberry.field(description="Whether it is on sale.")
    price_lists: list[ShopPriceList] = strawberry.field(description="Its prices, by channel.")
    on_hand: int = strawberry.field(description="How many lie there.")
    promised: int = strawberry.field(description="How many of them buyers were promised.")
    threshold: int = strawberry.field(description="At how many it counts as running out.")

    @classmethod
    def of(
        cls,
        row: models.Variant,
        prices: dict[str, list[models.VariantPrice]],
        stocks: list[models.Stock],
    ) -> Self:
        """The packing as the schema shows it."""
        content = None
        if row.net_quantity is not None and row.net_unit is not None:
            content = NetContent(quantity=float(row.net_quantity), unit=row.net_unit)
        return cls(
            id=to_global("ProductVariant", row.id),
            name=row.name,
            sku=row.sku,
            unit=row.unit,
            net_content=content,
            is_active=row.is_active,
            price_lists=[
                ShopPriceList(
                    channel=slug,
                    tiers=[
                        ShopPriceTier(
                            minimum_quantity=each.minimum_quantity,
                            amount=each.amount,
                            undiscounted_amount=each.undiscounted_amount,
                        )
                        for each in tiers
                    ],
                )
                for slug, tiers in prices.items()
            ],
            on_hand=sum(each.on_hand for each in stocks),
            promised=sum(each.reserved + each.allocated for each in stocks),
            threshold=max((each.low_threshold for each in stocks), default=0),
        )


@strawberry.type
class LabelField:
    """A property that goods of a category are described by on their label."""

    attribute: Attribute = strawberry.field(description="The property.")
    is_required: bool = strawberry.field(
        description="Whether buyers must be told before the product is shown.",
    )
    choices: list[AttributeValue] = strawberry.field(description="What it offers.")


@strawberry.type
class ShopProduct:
    """A product as its seller edits it."""

    id: strawberry.ID = strawberry.field(description="The id of the product.")
    product: Product = strawberry.field(description="As buyers see it.")
    variants: list[ShopVariant] = strawberry.field(description="Every packing, in order.")
    label: list[LabelField] = strawberry.field(description="What its label may tell.")
    values: JSONString = strawberry.field(
        description="The values of its attributes by slug, as a JSON document.",
    )


@strawberry.type
class ShopProductCounts:
    """How many products stand where."""

    draft: int = strawberry.field(description="Not yet shown.")
    published: int = strawberry.field(description="On the shelf.")
    withdrawn: int = strawberry.field(description="Taken off the shelf.")
    short: int = strawberry.field(description="On the shelf and running out.")


@strawberry.type
class StockLine:
    """A packing and what lies of it."""

    id: strawberry.ID = strawberry.field(description="The id of the variant.")
    product_id: strawberry.ID = strawberry.field(description="The id of its product.")
    product_name: str = strawberry.field(description="The product.")
    variant_name: str = strawberry.field(description="The packing.")
    unit: str = strawberry.field(description="What one of it is called.")
    sku: str = strawberry.field(description="The stock-keeping unit.")
    on_hand: int = strawberry.field(description="How many lie there.")
    promised: int = strawberry.field(description="How many of them buyers were promised.")
    available: int = strawberry.field(description="How many can be sold.")
    threshold: int = strawberry.field(description="At how many it counts as running out.")
    is_short: bool = strawberry.field(description="Whether it runs out.")


@strawberry.type
class StockMovement:
    """One line of the stock's book."""

    id: strawberry.ID = strawberry.field(description="The id of the line.")
    kind: MovementKind = strawberry.field(description="Why stock changed.")
    quantity: int = strawberry.field(description="How many came, or went where it is negative.")
    on_hand_after: int = strawberry.field(description="How many lay there afterwards.")
    note: str = strawberry.field(description="What the seller wrote beside it.")
    at: datetime = strawberry.field(description="When it was booked.")
    variant_id: strawberry.ID = strawberry.field(description="The id of the variant.")
    variant_name: str = strawberry.field(description="The packing.")
    product_name: str = strawberry.field(description="The product.")
    who: str = strawberry.field(description="Who booked it.")

    @classmethod
    def of(
        cls,
        row: models.StockMovement,
        names: tuple[UUID, str, str],
        who: str,
    ) -> Self:
        """The line as the schema shows it."""
        variant_id, variant_name, product_name = names
        return cls(
            id=to_global("StockMovement", row.id),
            kind=row.kind,
            quantity=row.quantity,
            on_hand_after=row.on_hand_after,
            note=row.note,
            at=row.at,
            variant_id=to_global("ProductVariant", variant_id),
            variant_name=variant_name,
            product_name=product_name,
            who=who,
        )
