"""What a seller changes in the workspace: whole products, many at once, stock, pictures."""

from typing import Annotated

import strawberry

from catalog.api.mutations.products import (
    ProductChange,
    ProductError,
    ProductErrorCode,
    ProductInput,
    ProductVariantInput,
    draft_of,
    optional_key,
    variant_of,
    whole,
)
from catalog.api.queries.roots import own_product
from catalog.rules import MovementKind
from catalog.services import bulk, shop, stock
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key, to_global
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.i18n import Language
from marketplace.kernel.review import DISPLAY_REVIEW


@strawberry.input(description="One packing in a seller's form.")
class ShopVariantInput(ProductVariantInput):
    """A packing without an id is new, and may begin with stock."""

    id: strawberry.ID | None = strawberry.field(default=None, description="The packing.")
    price: float | None = strawberry.field(
        default=None,
        description="What one costs in retail; left out, prices stay as they are.",
    )
    undiscounted_price: float | None = strawberry.field(
        default=None,
        description="What one costs without the discount.",
    )
    stock: int | None = strawberry.field(
        default=None,
        description="How many lie there; of new packings only.",
    )
    is_active: bool = strawberry.field(default=True, description="Whether it is on sale.")


@strawberry.input(description="What is done with each of many products; exactly one thing.")
class ProductsChangeInput:
    """What is left out is not done."""

    publish: bool | None = strawberry.field(default=None, description="Put them on the shelf.")
    withdraw: bool | None = strawberry.field(default=None, description="Take them off the shelf.")
    price_percent: int | None = strawberry.field(
        default=None,
        description="Raise their retail prices by so many per cent, or lower them.",
    )
    on_hand: int | None = strawberry.field(
        default=None,
        description="So many were counted of each of their packings.",
    )
    category: strawberry.ID | None = strawberry.field(
        default=None,
        description="Move them to this category.",
    )


@strawberry.type
class ProductOutcome:
    """How one of many products fared."""

    id: strawberry.ID = strawberry.field(description="The id of the product.")
    name: str = strawberry.field(description="Its name.")
    errors: list[ProductError] = strawberry.field(description="Why it stayed as it was.")

    @classmethod
    def of(cls, outcome: bulk.BulkOutcome, language: Language) -> "ProductOutcome":
        """The outcome in the reader's language."""
        known = ProductErrorCode.__members__
        return cls(
            id=to_global("Product", outcome.product_id),
            name=outcome.name,
            errors=[
                ProductError(
                    field=each.field,
                    message=each.text(language),
                    code=known.get(each.code, ProductErrorCode.INVALID),
                )
                for each in outcome.problems
            ],
        )


@strawberry.type
class ProductsChange:
    """How each product fared, or why nothing was tried."""

    outcomes: list[ProductOutcome] = strawberry.field(
        default_factory=list,
        description="One for each product.",
    )
    errors: list[ProductError] = strawberry.field(
        default_factory=list,
        description="Why nothing was tried.",
    )


@strawberry.type
class WorkspaceMutations:
    """Root mutation fields of the workspace."""

    @mutation
    async def product_save(
        self,
        info: Info,
        business: Annotated[strawberry.ID, strawberry.argument(description="Who sells it.")],
        input: ProductInput,
        variants: Annotated[
            list[ShopVariantInput],
            strawberry.argument(description="Its packings; those not named stay as they are."),
        ],
        id: strawberry.ID | None = None,
    ) -> ProductChange | None:
        """Begin or change a product with its packings, whole or not at all."""
        info.context.signed_in()
        business_id = required_key("Business", business, "business")
        key = optional_key("Product", id, "id")
        async with info.context.change() as unit:
            saved = await shop.save_product(
                unit,
                business_id,
                key,
                draft_of(input),
                [_packing(each) for each in variants],
            )
        return ProductChange(product=await own_product(info, saved.id))

    @mutation
    async def products_change(
        self,
        info: Info,
        business: Annotated[strawberry.ID, strawberry.argument(description="Whose goods.")],
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="The products.")],
        input: ProductsChangeInput,
    ) -> ProductsChange | None:
        """Do the same with many products; each fares by itself."""
        info.context.signed_in()
        business_id = required_key("Business", business, "business")
        keys = [required_key("Product", each, "ids") for each in ids]
        wanted = bulk.BulkChange(
            publishes=bool(input.publish),
            withdraws=bool(input.withdraw),
            price_percent=input.price_percent,
            on_hand=input.on_hand,
            category_id=optional_key("Category", input.category, "category"),
        )
        review = info.context.ports[DISPLAY_REVIEW]
        async with info.context.change() as unit:
            outcomes = await bulk.change_products(unit, business_id, keys, wanted, review)
        language = info.context.language
        return ProductsChange(outcomes=[ProductOutcome.of(each, language) for each in outcomes])

    @mutation
    async def product_variant_stock_book(
        self,
        info: Info,
        id: strawberry.ID,
        kind: Annotated[MovementKind, strawberry.argument(description="Why stock changes.")],
        quantity: Annotated[
            int,
            strawberry.argument(description="How many; negative only for a correction."),
        ],
        note: Annotated[str, strawberry.argument(description="Why, in words.")] = "",
    ) -> ProductChange | None:
        """Book what came or went of a variant."""
        info.context.signed_in()
        key = required_key("ProductVariant", id)
        movement = stock.Movement(kind, quantity, note)
        async with info.context.change() as unit:
            variant = await stock.book_movement(unit, key, movement)
        return ProductChange(product=await own_product(info, variant.product_id))

    @mutation
    async def product_variant_threshold_set(
        self,
        info: Info,
        id: strawberry.ID,
        threshold: Annotated[
            int,
            strawberry.argument(description="At how many it counts as running out."),
        ],
    ) -> ProductChange | None:
        """Say at how many a variant counts as running out."""
        info.context.signed_in()
        key = required_key("ProductVariant", id)
        async with info.context.change() as unit:
            variant = await stock.set_threshold(unit, key, threshold)
        return ProductChange(product=await own_product(info, variant.product_id))


def _packing(given: ShopVariantInput) -> shop.PackingDraft:
    return shop.PackingDraft(
        draft=variant_of(given),
        variant_id=optional_key("ProductVariant", given.id, "variants"),
        price=None if given.price is None else whole(given.price),
        undiscounted=(
            None if given.undiscounted_price is None else whole(given.undiscounted_price)
        ),
        stock=given.stock,
        is_active=given.is_active,
    )
