"""What the API shows of products, variants and covers, as plain rows.

A page of a list holds a hundred of them: a tuple costs a tenth of the entity with its state and
its place in the session. Their fields are named as the columns are, so that whoever is given one
instead of the entity does not notice.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, null

from catalog.models import Listing, Product
from catalog.rules import ProductState
from marketplace.media.models import MediaFile, ShownMedia


class ShownProduct(NamedTuple):
    """What is shown of a product; its description only where it was asked for."""

    id: UUID
    business_id: UUID
    category_id: UUID
    product_type_id: UUID
    slug: str
    name: str
    seo_title: str | None
    seo_description: str | None
    state: ProductState
    is_displayed: bool
    attributes: dict[str, Any]
    harvest_months: list[int]
    origin_place_id: UUID | None
    geographical_indication_id: UUID | None
    cover_id: UUID | None
    created_at: datetime
    updated_at: datetime
    description: dict[str, Any] | None


class ShownListing(NamedTuple):
    """What a channel says of a product."""

    product_id: UUID
    lowest_amount: int
    highest_amount: int
    lowest_undiscounted_amount: int
    highest_undiscounted_amount: int
    available: int


class ShownVariant(NamedTuple):
    """What is shown of a variant."""

    id: UUID
    product_id: UUID
    name: str
    sku: str
    unit: str
    net_quantity: Decimal | None
    net_unit: str | None
    weight_grams: int | None
    quantity_limit: int | None
    attributes: dict[str, Any]


_LISTING: Final = len(ShownProduct._fields)
_COVER: Final = _LISTING + len(ShownListing._fields)
_END: Final = _COVER + len(ShownMedia._fields)


@cache
def _columns(*, with_description: bool) -> tuple[Any, ...]:
    product = [getattr(Product, name) for name in ShownProduct._fields]
    if not with_description:
        product[-1] = null().label("description")
    listing = [getattr(Listing, name) for name in ShownListing._fields]
    cover = [getattr(MediaFile, name) for name in ShownMedia._fields]
    return (*product, *listing, *cover)


def with_shown(
    statement: Select[*tuple[Any, ...]],
    *,
    with_description: bool,
) -> Select[*tuple[Any, ...]]:
    """A statement over products and listings: what is shown of them, and of the first picture."""
    return statement.outerjoin(MediaFile, MediaFile.id == Product.cover_id).with_only_columns(
        *_columns(with_description=with_description),
    )


def read_shown(
    row: Sequence[Any],
) -> tuple[ShownProduct, ShownListing | None, ShownMedia | None]:
    """The product of a row, its listing and its first picture, where it has them."""
    has_listing, has_cover = row[_LISTING] is not None, row[_COVER] is not None
    return (
        ShownProduct._make(row[:_LISTING]),
        ShownListing._make(row[_LISTING:_COVER]) if has_listing else None,
        ShownMedia._make(row[_COVER:_END]) if has_cover else None,
    )
