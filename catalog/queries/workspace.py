"""Statements over the goods of one business, for those who work in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from catalog.models import (
    Attribute,
    AttributeChoice,
    CategoryAttribute,
    Channel,
    Listing,
    Product,
    ProductType,
    ProductTypeAttribute,
    Stock,
    StockMovement,
    Variant,
    VariantPrice,
    Warehouse,
)
from catalog.rules import AttributeScope, ProductState
from marketplace.accounts.models import User
from marketplace.kernel.text import fold


def named(person: Any) -> ColumnElement[str]:  # noqa: ANN401 - the table of people, or an alias
    """The name of a person as Vietnamese people write it; "" where nobody is."""
    return func.trim(func.concat(person.last_name, " ", person.first_name))


def fitting_type(category_id: UUID) -> Select[UUID]:
    """The type most goods of the category have; else the smallest that holds what it requires.

    Sellers choose a category; nobody asks them for a type.
    """
    used = (
        select(func.count())
        .where(Product.category_id == category_id, Product.product_type_id == ProductType.id)
        .scalar_subquery()
    )
    held = select(ProductTypeAttribute.attribute_id).where(
        ProductTypeAttribute.product_type_id == ProductType.id,
        ProductTypeAttribute.scope == AttributeScope.PRODUCT,
    )
    lacks = exists(
        select(CategoryAttribute.attribute_id).where(
            CategoryAttribute.category_id == category_id,
            CategoryAttribute.attribute_id.not_in(held),
        ),
    )
    size = select(func.count()).select_from(held.subquery()).scalar_subquery()
    return (
        select(ProductType.id)
        .where(or_(used > 0, ~lacks))
        .order_by(used.desc(), size, ProductType.id)
        .limit(1)
    )


def products_of(business_id: UUID, channel_id: UUID | None) -> Select[Product, Listing | None]:
    """Every product of the business, on display or not, each with its listing in the channel."""
    return (
        select(Product, Listing)
        .outerjoin(
            Listing,
            and_(Listing.product_id == Product.id, Listing.channel_id == channel_id),
        )
        .where(Product.business_id == business_id)
    )


def is_named(text: str) -> ColumnElement[bool]:
    """A part of the product's name, or the beginning of one of its SKUs."""
    words = fold(text).replace("\\", "").replace("%", "").replace("_", "")
    sku = exists(
        select(Variant.id).where(
            Variant.product_id == Product.id,
            Variant.sku.istartswith(text, autoescape=True),
        ),
    )
    return or_(Product.name_folded.contains(words, autoescape=True), sku)


def is_short(business_id: UUID) -> Select[UUID]:
    """The products on display of the business of which some packing runs out."""
    return (
        select(Variant.product_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(
            Product.business_id == business_id,
            Product.state == ProductState.PUBLISHED,
            Variant.is_active,
            Stock.on_hand - Stock.reserved - Stock.allocated <= Stock.low_threshold,
        )
    )


def counts_of(business_id: UUID) -> Select[ProductState, int]:
    """How many products of the business stand in each state."""
    return (
        select(Product.state, func.count())
        .where(Product.business_id == business_id)
        .group_by(Product.state)
    )


def packings_of(product_id: UUID) -> Select[Variant]:
    """Every packing of a product, those that are not on sale included."""
    return (
        select(Variant)
        .where(Variant.product_id == product_id)
        .order_by(Variant.position, Variant.id)
    )


def price_lists_of(variant_ids: Sequence[UUID]) -> Select[VariantPrice, str]:
    """Every price of the packings with the slug of its channel, smallest quantity first."""
    return (
        select(VariantPrice, Channel.slug)
        .join(Channel, Channel.id == VariantPrice.channel_id)
        .where(VariantPrice.variant_id.in_(variant_ids))
        .order_by(VariantPrice.variant_id, Channel.slug, VariantPrice.minimum_quantity)
    )


def stocks_of(variant_ids: Sequence[UUID]) -> Select[Stock]:
    """What lies of the packings, in every warehouse."""
    return select(Stock).where(Stock.variant_id.in_(variant_ids)).order_by(Stock.id)


def stock_lines(business_id: UUID) -> Select[Variant, Product, int, int, int]:
    """Every packing on sale with its product, what lies, what is promised, and the threshold."""
    return (
        select(
            Variant,
            Product,
            func.coalesce(func.sum(Stock.on_hand), 0).label("on_hand"),
            func.coalesce(func.sum(Stock.reserved + Stock.allocated), 0).label("promised"),
            func.coalesce(func.max(Stock.low_threshold), 0).label("threshold"),
        )
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Product.business_id == business_id, Variant.is_active)
        .group_by(Variant.id, Product.id)
    )


def runs_out() -> ColumnElement[bool]:
    """The condition on a packing's stock lines, summed up, under which it runs out."""
    left = func.sum(Stock.on_hand - Stock.reserved - Stock.allocated)
    return and_(
        func.bool_and(Product.state == ProductState.PUBLISHED),
        left <= func.max(Stock.low_threshold),
    )


def movements_of(
    business_id: UUID, variant_id: UUID | None
) -> Select[StockMovement, UUID, str, str, str]:
    """The lines of the stock's book, each with its packing's key, the names, and who booked it."""
    statement = (
        select(StockMovement, Variant.id, Variant.name, Product.name, named(User))
        .join(Stock, Stock.id == StockMovement.stock_id)
        .join(Variant, Variant.id == Stock.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(User, User.id == StockMovement.actor_id)
        .where(StockMovement.business_id == business_id)
    )
    return statement if variant_id is None else statement.where(Variant.id == variant_id)


def warehouses_of(business_id: UUID) -> Select[Warehouse]:
    """Where the business keeps its goods."""
    return select(Warehouse).where(Warehouse.business_id == business_id).order_by(Warehouse.id)


def label_of(product_type_id: UUID) -> Select[Attribute, bool]:
    """The attributes of the type's products in their order, and whether the type needs them."""
    return (
        select(Attribute, ProductTypeAttribute.is_required)
        .join(ProductTypeAttribute, ProductTypeAttribute.attribute_id == Attribute.id)
        .where(
            ProductTypeAttribute.product_type_id == product_type_id,
            ProductTypeAttribute.scope == AttributeScope.PRODUCT,
        )
        .order_by(ProductTypeAttribute.position, Attribute.name)
    )


def required_by(category_id: UUID) -> Select[UUID]:
    """The attributes that goods of the category must tell."""
    return select(CategoryAttribute.attribute_id).where(
        CategoryAttribute.category_id == category_id,
    )


def choices_of(attribute_ids: Sequence[UUID]) -> Select[AttributeChoice]:
    """What the attributes offer."""
    return (
        select(AttributeChoice)
        .where(AttributeChoice.attribute_id.in_(attribute_ids))
        .order_by(AttributeChoice.attribute_id, AttributeChoice.position, AttributeChoice.name)
    )


def namesakes_of(words: Sequence[str]) -> Select[UUID, Any]:
    """The categories of goods that are called alike, those with most of them first."""
    likeness = [Product.name_folded.contains(word, autoescape=True) for word in words]
    return (
        select(Product.category_id, func.count().label("count"))
        .where(Product.is_displayed, and_(*likeness))
        .group_by(Product.category_id)
        .order_by(func.count().desc(), Product.category_id)
        .limit(5)
    )
