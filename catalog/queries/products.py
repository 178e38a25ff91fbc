"""Which products exist for whom, and the statements that fetch what belongs to them."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from catalog.models import (
    Channel,
    Collection,
    CollectionProduct,
    FoodPaper,
    Listing,
    OcopCertificate,
    Product,
    ProductMedia,
    ProductTranslation,
    Stock,
    Variant,
    VariantMedia,
    VariantPrice,
)
from catalog.queries.shown import ShownVariant
from marketplace.kernel.viewer import Viewer
from marketplace.media.models import MediaFile


def is_visible(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which the viewer may see a product: on display, or one's own."""
    if viewer.is_administrator or viewer.is_system:
        return true()
    if viewer.businesses:
        return or_(Product.is_displayed, Product.business_id.in_(viewer.businesses))
    return Product.is_displayed.is_(True)


def visible_products(viewer: Viewer) -> Select[Product]:
    """Products on display, and those of the viewer's own businesses."""
    return select(Product).where(is_visible(viewer))


def is_listed(viewer: Viewer) -> ColumnElement[bool]:
    """The same condition over a channel's listings, which lists walk along."""
    if viewer.is_administrator or viewer.is_system:
        return true()
    if viewer.businesses:
        return or_(Listing.is_displayed, Listing.business_id.in_(viewer.businesses))
    # The bare column is the predicate of the partial indexes, so that the planner knows it.
    return Listing.is_displayed.expression


def visible_listings(viewer: Viewer, channel_id: UUID) -> Select[Listing]:
    """What the channel lists for the viewer."""
    return select(Listing).where(Listing.channel_id == channel_id, is_listed(viewer))


def product_for_change(product_id: UUID) -> Select[Product]:
    """The product, locked until the transaction ends."""
    return select(Product).where(Product.id == product_id).with_for_update()


def variant_for_change(variant_id: UUID) -> Select[Variant]:
    """The variant, locked until the transaction ends."""
    return select(Variant).where(Variant.id == variant_id).with_for_update()


def products_with_translated_slug(viewer: Viewer, language: str, slug: str) -> Select[Product]:
    """The product whose slug in that language is this; no fall-back."""
    return (
        visible_products(viewer)
        .join(ProductTranslation, ProductTranslation.product_id == Product.id)
        .where(ProductTranslation.language == language, ProductTranslation.slug == slug)
    )


@cache
def variants_with_facts() -> Select[*tuple[Any, ...]]:
    """The columns of `ShownVariant`, the price tiers and what is left, of variants on sale.

    Takes `product_ids` and `channel_id`. One statement instead of three, built once instead of
    every time: a list of products is asked for more often than anything else.
    """
    tier = func.json_build_array(
        VariantPrice.minimum_quantity,
        VariantPrice.amount,
        VariantPrice.undiscounted_amount,
    )
    channel_id = bindparam("channel_id", type_=Uuid())
    tiers = (
        select(func.json_agg(aggregate_order_by(tier, VariantPrice.minimum_quantity)))
        .where(VariantPrice.variant_id == Variant.id, VariantPrice.channel_id == channel_id)
        .scalar_subquery()
    )
    left = (
        select(func.coalesce(func.sum(Stock.on_hand - Stock.reserved - Stock.allocated), 0))
        .where(Stock.variant_id == Variant.id)
        .scalar_subquery()
    )
    product_ids = bindparam("product_ids", type_=ARRAY(Uuid()))
    return (
        select(
            *(getattr(Variant, name) for name in ShownVariant._fields),
            tiers.label("tiers"),
            left.label("available"),
        )
        .where(Variant.product_id == func.any(product_ids), Variant.is_active)
        .order_by(Variant.product_id, Variant.position, Variant.id)
    )


def visible_variants(viewer: Viewer) -> Select[Variant]:
    """The variants of what the viewer may see."""
    return (
        select(Variant)
        .join(Product, Product.id == Variant.product_id)
        .where(is_visible(viewer), Variant.is_active)
    )


def pictures_of(product_ids: list[UUID]) -> Select[ProductMedia, MediaFile]:
    """The pictures of the products with their files, in order."""
    return (
        select(ProductMedia, MediaFile)
        .join(MediaFile, MediaFile.id == ProductMedia.media_id)
        .where(ProductMedia.product_id.in_(product_ids))
        .order_by(ProductMedia.product_id, ProductMedia.position, ProductMedia.media_id)
    )


def pictures_of_variants(variant_ids: list[UUID]) -> Select[VariantMedia, MediaFile]:
    """The pictures of the variants with their files, in order."""
    return (
        select(VariantMedia, MediaFile)
        .join(MediaFile, MediaFile.id == VariantMedia.media_id)
        .where(VariantMedia.variant_id.in_(variant_ids))
        .order_by(VariantMedia.variant_id, VariantMedia.position, VariantMedia.media_id)
    )


def collections_of(viewer: Viewer, product_ids: list[UUID]) -> Select[UUID, Collection]:
    """The ids of the products, each with a collection it stands in."""
    statement = visible_collections(viewer).join(
        CollectionProduct,
        CollectionProduct.collection_id == Collection.id,
    )
    return (
        statement.where(CollectionProduct.product_id.in_(product_ids))
        .order_by(Collection.position, Collection.name)
        .with_only_columns(CollectionProduct.product_id, Collection)
    )


def displayed_by_category() -> Select[UUID, int]:
    """How many products stand on display in each category, the retail channel's or not."""
    return (
        select(Product.category_id, func.count())
        .where(Product.is_displayed)
        .group_by(Product.category_id)
    )


def certificates_on(product_ids: list[UUID], day: date) -> Select[OcopCertificate]:
    """The certificates that hold on the day, the highest stars last."""
    return (
        select(OcopCertificate)
        .where(
            OcopCertificate.product_id.in_(product_ids),
            OcopCertificate.issued_on <= day,
            OcopCertificate.expires_on >= day,
        )
        .order_by(OcopCertificate.stars, OcopCertificate.expires_on)
    )


def papers_of(product_ids: list[UUID]) -> Select[FoodPaper]:
    """The food-safety papers of the products."""
    return (
        select(FoodPaper)
        .where(FoodPaper.product_id.in_(product_ids))
        .order_by(FoodPaper.product_id, FoodPaper.id)
    )


def visible_channels(viewer: Viewer) -> Select[Channel]:
    """The public channels; wholesale, too, for who acts for a verified, open business."""
    statement = select(Channel).where(Channel.is_active).order_by(Channel.slug)
    if viewer.buys_wholesale or viewer.is_administrator or viewer.is_system:
        return statement
    return statement.where(Channel.is_public)


def visible_collections(viewer: Viewer) -> Select[Collection]:
    """Published collections; administrators see the others, too."""
    statement = select(Collection)
    return statement if viewer.is_administrator else statement.where(Collection.is_published)


def displayed_by_place() -> Select[UUID | None, int]:
    """How many products on display come from each place."""
    return (
        select(Product.origin_place_id, func.count())
        .where(Product.is_displayed, Product.origin_place_id.is_not(None))
        .group_by(Product.origin_place_id)
    )


def shelves_of(business_ids: list[UUID], day: date) -> Select[UUID, UUID, int, int]:
    """By business and category: products on display, and those certified on the day."""
    certified = exists(
        select(OcopCertificate.id).where(
            OcopCertificate.product_id == Product.id,
            OcopCertificate.issued_on <= day,
            OcopCertificate.expires_on >= day,
        ),
    )
    return (
        select(
            Product.business_id,
            Product.category_id,
            func.count(),
            func.count().filter(certified),
        )
        .where(Product.business_id.in_(business_ids), Product.is_displayed)
        .group_by(Product.business_id, Product.category_id)
    )
