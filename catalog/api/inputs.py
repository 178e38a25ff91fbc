"""What the catalogue's lists can be asked for."""

import datetime as dt
from decimal import Decimal
from enum import Enum

import strawberry

from catalog.rules import MovementKind
from marketplace.kernel.graph.scalars import OrderDirection, PriceRangeInput

strawberry.enum(
    MovementKind,
    name="StockMovementKindEnum",
    description="Why stock changed.",
)


@strawberry.enum(description="What products are sorted by.")
class ProductOrderField(Enum):
    """The contract's fields; what we have no figure for falls back to the newest first."""

    NAME = "name"
    RANK = "rank"
    PRICE = "price"
    MINIMAL_PRICE = "minimal_price"
    LAST_MODIFIED = "last_modified"
    DATE = "date"
    TYPE = "type"
    PUBLISHED = "published"
    PUBLICATION_DATE = "publication_date"
    PUBLISHED_AT = "published_at"
    LAST_MODIFIED_AT = "last_modified_at"
    COLLECTION = "collection"
    RATING = "rating"
    CREATED_AT = "created_at"


@strawberry.enum(description="Whether stock is left.")
class StockAvailability(Enum):
    """Left or not."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"


@strawberry.input(description="How products are sorted.")
class ProductOrder:
    """A field and a direction."""

    direction: OrderDirection = strawberry.field(description="Which way.")
    field: ProductOrderField | None = strawberry.field(default=None, description="By what.")
    channel: str | None = strawberry.field(default=None, description="Whose prices count.")


@strawberry.input(description="A range of decimal numbers.")
class DecimalRangeInput:
    """Both ends are taken in; a missing end is open."""

    gte: Decimal | None = strawberry.field(default=None, description="At least this.")
    lte: Decimal | None = strawberry.field(default=None, description="At most this.")


@strawberry.input(description="A condition on a decimal number.")
class DecimalFilterInput:
    """Exactly, one of, or within a range."""

    eq: Decimal | None = strawberry.field(default=None, description="Exactly this.")
    one_of: list[Decimal] | None = strawberry.field(default=None, description="One of these.")
    range: DecimalRangeInput | None = strawberry.field(default=None, description="Within these.")


@strawberry.input(description="A condition on an id.")
class GlobalIDFilterInput:
    """Exactly or one of."""

    eq: strawberry.ID | None = strawberry.field(default=None, description="Exactly this.")
    one_of: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="One of these.",
    )


@strawberry.input(description="A condition on a text.")
class StringFilterInput:
    """Exactly or one of."""

    eq: str | None = strawberry.field(default=None, description="Exactly this.")
    one_of: list[str] | None = strawberry.field(default=None, description="One of these.")


@strawberry.input(description="A range of numbers.")
class IntRangeInput:
    """Both ends are taken in; a missing end is open."""

    gte: int | None = strawberry.field(default=None, description="At least this.")
    lte: int | None = strawberry.field(default=None, description="At most this.")


@strawberry.input(description="A condition on an attribute.")
class AttributeInput:
    """The attribute's slug, and what its value may be."""

    slug: str | None = strawberry.field(default=None, description="The attribute.")
    values: list[str] | None = strawberry.field(default=None, description="Slugs of its values.")
    values_range: IntRangeInput | None = strawberry.field(
        default=None,
        description="The range of its number.",
    )
    boolean: bool | None = strawberry.field(default=None, description="Yes or no.")
    date: dt.date | None = strawberry.field(default=None, description="Its day.")


@strawberry.input(description="Which categories are wanted.")
class CategoryFilterInput:
    """Every given condition must hold."""

    search: str | None = strawberry.field(default=None, description="A part of the name.")
    ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These only.")
    slugs: list[str] | None = strawberry.field(default=None, description="These only.")


@strawberry.input(description="Which products are wanted.")
class ProductFilterInput:
    """Every given condition must hold."""

    search: str | None = strawberry.field(default=None, description="What people typed.")
    categories: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="In one of these branches.",
    )
    collections: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="In one of these collections.",
    )
    price: PriceRangeInput | None = strawberry.field(default=None, description="Its lowest price.")
    minimal_price: PriceRangeInput | None = strawberry.field(
        default=None,
        description="Its lowest price.",
    )
    attributes: list[AttributeInput] | None = strawberry.field(
        default=None,
        description="All of these.",
    )
    product_types: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Of one of these types.",
    )
    stock_availability: StockAvailability | None = strawberry.field(
        default=None,
        description="Whether stock is left.",
    )
    is_available: bool | None = strawberry.field(default=None, description="Can be bought now.")
    ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These only.")
    slugs: list[str] | None = strawberry.field(default=None, description="These only.")
    updated_since: dt.datetime | None = strawberry.field(
        default=None,
        description="Changed at this moment or later.",
    )
    businesses: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Offered by one of these.",
    )
    places: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="From one of these communes.",
    )
    stars: list[int] | None = strawberry.field(
        default=None,
        description="With one of these numbers of OCOP stars.",
    )


@strawberry.input(description="Which products are wanted, in nested conditions.")
class ProductWhereInput:
    """Every given condition must hold."""

    ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These only.")
    name: StringFilterInput | None = strawberry.field(default=None, description="Its name.")
    slug: StringFilterInput | None = strawberry.field(default=None, description="Its slug.")
    category: GlobalIDFilterInput | None = strawberry.field(
        default=None,
        description="Its branch of the category tree.",
    )
    collection: GlobalIDFilterInput | None = strawberry.field(
        default=None,
        description="A collection it stands in.",
    )
    product_type: GlobalIDFilterInput | None = strawberry.field(
        default=None,
        description="Its type.",
    )
    business: GlobalIDFilterInput | None = strawberry.field(
        default=None,
        description="Who offers it.",
    )
    place: GlobalIDFilterInput | None = strawberry.field(
        default=None,
        description="The commune it comes from.",
    )
    price: DecimalFilterInput | None = strawberry.field(
        default=None,
        description="Its lowest price.",
    )
    minimal_price: DecimalFilterInput | None = strawberry.field(
        default=None,
        description="Its lowest price.",
    )
    attributes: list[AttributeInput] | None = strawberry.field(
        default=None,
        description="All of these.",
    )
    is_available: bool | None = strawberry.field(default=None, description="Can be bought now.")
    stock_availability: StockAvailability | None = strawberry.field(
        default=None,
        description="Whether stock is left.",
    )
    AND: list["ProductWhereInput"] | None = strawberry.field(
        default=None,
        name="AND",
        description="All of these.",
    )
    OR: list["ProductWhereInput"] | None = strawberry.field(
        default=None,
        name="OR",
        description="One of these.",
    )
