"""What a seller changes: products, prices, stock."""

import math
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import orjson
import strawberry

from catalog.api.queries.roots import own_product
from catalog.api.types.products import Product
from catalog.errors import InvalidPriceError, InvalidProductError
from catalog.rules import RETAIL
from catalog.services import prices, products, stock
from catalog.services.variants import VariantDraft
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import from_global, required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.graph.scalars import JSONString, LanguageCodeEnum
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DISPLAY_REVIEW

MOST_BLOCKS = 500


@strawberry.enum(description="Why a change of the catalogue was refused.")
class ProductErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    INVALID_PRICE = "invalid_price"
    REQUIRED = "required"
    NOT_FOUND = "not_found"
    UNIQUE = "unique"
    FORBIDDEN_GOODS = "forbidden_goods"
    INSUFFICIENT_STOCK = "insufficient_stock"


@strawberry.type
class ProductError:
    """Why a change of the catalogue was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="The reason, for the reader.")
    code: ProductErrorCode = strawberry.field(description="The reason, for programs.")


@strawberry.input(description="A value of an attribute.")
class AttributeValueInput:
    """The attribute's slug and one kind of value."""

    slug: str = strawberry.field(description="The attribute.")
    choices: list[str] | None = strawberry.field(default=None, description="Slugs of its values.")
    text: str | None = strawberry.field(default=None, description="A text, or a day.")
    number: float | None = strawberry.field(default=None, description="A number.")
    boolean: bool | None = strawberry.field(default=None, description="Yes or no.")


@strawberry.input(description="A product in another language.")
class ProductTranslationInput:
    """Its language, name and description."""

    language_code: LanguageCodeEnum = strawberry.field(description="The language.")
    name: str | None = strawberry.field(default=None, description="The name.")
    description: JSONString | None = strawberry.field(default=None, description="EditorJS.")


@strawberry.input(description="One packing of a product.")
class ProductVariantInput:
    """What it is called, what it holds."""

    name: str = strawberry.field(description="What tells it from the others.")
    unit: str = strawberry.field(description="What one of it is called: gói, hộp, kg.")
    sku: str | None = strawberry.field(default=None, description="The stock-keeping unit.")
    net_quantity: float | None = strawberry.field(default=None, description="What it holds.")
    net_unit: str | None = strawberry.field(default=None, description="g, kg, ml, l or pieces.")
    weight_grams: int | None = strawberry.field(default=None, description="Packed, in grams.")
    quantity_limit: int | None = strawberry.field(default=None, description="Most per buyer.")


@strawberry.input(description="What is said about a product.")
class ProductInput:
    """What is missing stays as it is."""

    name: str | None = strawberry.field(default=None, description="The Vietnamese name.")
    category: strawberry.ID | None = strawberry.field(default=None, description="Its branch.")
    product_type: strawberry.ID | None = strawberry.field(default=None, description="Its type.")
    description: JSONString | None = strawberry.field(default=None, description="EditorJS.")
    attributes: list[AttributeValueInput] | None = strawberry.field(
        default=None,
        description="All its attributes.",
    )
    harvest_months: list[int] | None = strawberry.field(default=None, description="1 to 12.")
    origin_place: strawberry.ID | None = strawberry.field(default=None, description="A commune.")
    media: list[strawberry.ID] | None = strawberry.field(default=None, description="In order.")
    translations: list[ProductTranslationInput] | None = strawberry.field(
        default=None,
        description="In other languages.",
    )


@strawberry.input(description="From so many on, one costs so much.")
class PriceTierInput:
    """In major units, taxes included."""

    minimum_quantity: int = strawberry.field(default=1, description="From how many on.")
    amount: float = strawberry.field(description="What one costs.")
    undiscounted_amount: float | None = strawberry.field(
        default=None,
        description="What one costs without the discount.",
    )


@strawberry.type
class ProductChange:
    """The product after the change, or why it was refused."""

    product: Product | None = strawberry.field(default=None, description="The product.")
    errors: list[ProductError] = strawberry.field(
        default_factory=list,
        description="Why it was refused.",
    )


@strawberry.type
class CatalogMutations:
    """Root mutation fields of the catalogue."""

    @mutation
    async def product_create(
        self,
        info: Info,
        business: Annotated[strawberry.ID, strawberry.argument(description="Who sells it.")],
        input: ProductInput,
        variants: Annotated[
            list[ProductVariantInput],
            strawberry.argument(description="Its packings, in their order."),
        ],
    ) -> ProductChange | None:
        """Begin a product for a business; it is a draft until it is published."""
        info.context.signed_in()
        business_id = required_key("Business", business, "business")
        async with info.context.change() as unit:
            made = await products.create_product(
                unit,
                business_id,
                draft_of(input),
                [variant_of(each) for each in variants],
            )
        return ProductChange(product=await own_product(info, made.id))

    @mutation
    async def product_update(
        self,
        info: Info,
        id: strawberry.ID,
        input: ProductInput,
    ) -> ProductChange | None:
        """Change what is said about a product."""
        info.context.signed_in()
        key = required_key("Product", id)
        async with info.context.change() as unit:
            await products.edit_product(unit, key, draft_of(input))
        return ProductChange(product=await own_product(info, key))

    @mutation
    async def product_publish(self, info: Info, id: strawberry.ID) -> ProductChange | None:
        """Put a product on the shelf."""
        info.context.signed_in()
        key = required_key("Product", id)
        async with info.context.change() as unit:
            await products.publish_product(unit, key, review=info.context.ports[DISPLAY_REVIEW])
        return ProductChange(product=await own_product(info, key))

    @mutation
    async def product_withdraw(self, info: Info, id: strawberry.ID) -> ProductChange | None:
        """Take a product off the shelf."""
        info.context.signed_in()
        key = required_key("Product", id)
        async with info.context.change() as unit:
            await products.withdraw_product(unit, key)
        return ProductChange(product=await own_product(info, key))

    @mutation
    async def product_variant_create(
        self,
        info: Info,
        product: Annotated[strawberry.ID, strawberry.argument(description="Whose packing.")],
        input: ProductVariantInput,
    ) -> ProductChange | None:
        """Add a packing to a product."""
        info.context.signed_in()
        key = required_key("Product", product, "product")
        async with info.context.change() as unit:
            await products.append_variant(unit, key, variant_of(input))
        return ProductChange(product=await own_product(info, key))

    @mutation
    async def product_variant_prices_set(
        self,
        info: Info,
        id: strawberry.ID,
        tiers: Annotated[
            list[PriceTierInput],
            strawberry.argument(description="The whole list; an empty one ends the offer."),
        ],
        channel: str = RETAIL,
    ) -> ProductChange | None:
        """Replace the price list of a variant in a channel."""
        info.context.signed_in()
        key = required_key("ProductVariant", id)
        async with info.context.change() as unit:
            variant = await prices.set_prices(unit, key, channel, tiers_of(tiers))
        return ProductChange(product=await own_product(info, variant.product_id))

    @mutation
    async def product_variant_stock_set(
        self,
        info: Info,
        id: strawberry.ID,
        on_hand: Annotated[int, strawberry.argument(description="How many were counted.")],
        warehouse: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Where; the business' first one when left out."),
        ] = None,
    ) -> ProductChange | None:
        """Write down how many of a variant lie in a warehouse."""
        info.context.signed_in()
        key = required_key("ProductVariant", id)
        place = None if warehouse is None else required_key("Warehouse", warehouse, "warehouse")
        async with info.context.change() as unit:
            variant = await stock.set_stock(unit, key, on_hand, place)
        return ProductChange(product=await own_product(info, variant.product_id))


def draft_of(given: ProductInput) -> products.ProductDraft:
    """What is said about a product, as the services take it."""
    return products.ProductDraft(
        name=given.name,
        category_id=optional_key("Category", given.category, "category"),
        product_type_id=optional_key("ProductType", given.product_type, "productType"),
        description=_document(given.description),
        attributes=(
            None
            if given.attributes is None
            else {each.slug: _value(each) for each in given.attributes}
        ),
        harvest_months=given.harvest_months,
        origin_place_id=optional_key("Place", given.origin_place, "originPlace"),
        media_ids=(None if given.media is None else [picture_key(each) for each in given.media]),
        translations=_translations(given.translations),
    )


def picture_key(global_id: str) -> UUID:
    """The key of a picture: as it was uploaded, or as a product shows it."""
    uploaded = from_global("MediaFile", global_id)
    return uploaded or required_key("ProductMedia", global_id, "media")


def optional_key(type_name: str, global_id: str | None, field: str) -> UUID | None:
    """The key behind an id, where one was given."""
    return None if global_id is None else required_key(type_name, global_id, field)


def _translations(
    given: Sequence[ProductTranslationInput] | None,
) -> dict[str, dict[str, Any]] | None:
    if given is None:
        return None
    return {
        each.language_code.value: {
            "name": each.name,
            **({} if each.description is None else {"description": _document(each.description)}),
        }
        for each in given
    }


def _value(given: AttributeValueInput) -> Any:  # noqa: ANN401 - checked by the service
    for value in (given.choices, given.text, given.number, given.boolean):
        if value is not None:
            return value
    return None


def _document(text: str | None) -> dict[str, Any] | None:
    """The EditorJS document in a string.

    Raises:
        InvalidProductError: it is no such document.
    """
    if text is None:
        return None
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        document = None
    if not isinstance(document, dict) or not _are_blocks(document.get("blocks")):
        raise InvalidProductError(_("The description cannot be read."), field="description")
    return document


def _are_blocks(blocks: object) -> bool:
    return (
        isinstance(blocks, list)
        and len(blocks) <= MOST_BLOCKS
        and all(
            isinstance(block, dict)
            and isinstance(block.get("type"), str)
            and isinstance(block.get("data"), dict)
            for block in blocks
        )
    )


def variant_of(given: ProductVariantInput) -> VariantDraft:
    """A packing, as the services take it."""
    return VariantDraft(
        name=given.name,
        unit=given.unit,
        sku=given.sku,
        net_quantity=None if given.net_quantity is None else Decimal(str(given.net_quantity)),
        net_unit=given.net_unit,
        weight_grams=given.weight_grams,
        quantity_limit=given.quantity_limit,
    )


def tiers_of(given: Sequence[PriceTierInput]) -> list[prices.PriceTier]:
    """A price list, as the services take it."""
    return [
        prices.PriceTier(
            minimum_quantity=tier.minimum_quantity,
            amount=whole(tier.amount),
            undiscounted_amount=(
                None if tier.undiscounted_amount is None else whole(tier.undiscounted_amount)
            ),
        )
        for tier in given
    ]


def whole(amount: float) -> int:
    """The amount in whole đồng.

    Raises:
        InvalidPriceError: there is no such coin.
    """
    if not math.isfinite(amount) or abs(amount) > prices.HIGHEST_AMOUNT or amount != int(amount):
        raise InvalidPriceError(_("This price cannot be right."), field="amount")
    return int(amount)
