"""Conditions on the products of a list, over its listings and products."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from catalog.models import CollectionProduct, Listing, OcopCertificate, Product
from catalog.queries.products import is_listed
from marketplace.kernel.viewer import Viewer


def listed_products(viewer: Viewer, channel_id: UUID) -> Select[Product, Listing]:
    """The products a channel lists for the viewer, each with its listing."""
    return (
        select(Product, Listing)
        .select_from(Listing)
        .join(Product, Product.id == Listing.product_id)
        .where(Listing.channel_id == channel_id, is_listed(viewer))
    )


def in_collections(collection_ids: Sequence[UUID | None]) -> ColumnElement[bool]:
    """Stands in one of the collections."""
    return exists(
        select(CollectionProduct.product_id).where(
            CollectionProduct.product_id == Product.id,
            CollectionProduct.collection_id.in_(collection_ids),
        ),
    )


def has_stars(stars: Sequence[int], day: date) -> ColumnElement[bool]:
    """Holds a certificate of one of these numbers of stars on the day."""
    return exists(
        select(OcopCertificate.id).where(
            OcopCertificate.product_id == Product.id,
            OcopCertificate.stars.in_(stars),
            OcopCertificate.issued_on <= day,
            OcopCertificate.expires_on >= day,
        ),
    )


def has_choice(slug: str, values: Sequence[str]) -> ColumnElement[bool]:
    """Has one of the values for the attribute, whether it takes one or several."""
    return or_(
        false(),
        *(Product.attributes.cast(JSONB).contains({slug: [value]}) for value in values),
    )


def has_number(slug: str, at_least: int | None, at_most: int | None) -> ColumnElement[bool]:
    """Has a number for the attribute within the range."""
    number = Product.attributes[slug].as_float()
    conditions: list[ColumnElement[bool]] = []
    if at_least is not None:
        conditions.append(number >= at_least)
    if at_most is not None:
        conditions.append(number <= at_most)
    return and_(*conditions)


def has_value(slug: str, value: bool | str) -> ColumnElement[bool]:
    """Has exactly this value for the attribute."""
    found: ColumnElement[bool] = Product.attributes.cast(JSONB).contains({slug: value})
    return found
