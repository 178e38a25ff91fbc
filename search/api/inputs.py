"""What a search can be asked for."""

import math

import strawberry

from businesses.rules.businesses import BusinessKind
from marketplace.kernel.graph.scalars import PriceRangeInput
from search.rules.questions import HIGHEST_PRICE, Filters, Point

MOST_STARS = 5
MOST_VALUES = 100


@strawberry.input(description="A place on the map.")
class PointInput:
    """Degrees as phones give them."""

    latitude: float = strawberry.field(description="Degrees north.")
    longitude: float = strawberry.field(description="Degrees east.")

    def point(self) -> Point:
        """The point, within the globe."""
        return Point(
            min(90.0, max(-90.0, self.latitude)),
            min(180.0, max(-180.0, self.longitude)),
        )


@strawberry.input(description="What hits must fulfil.")
class SearchFilterInput:
    """Every given condition must hold; of a list, one is enough."""

    categories: list[str] | None = strawberry.field(
        default=None,
        description="Slugs of categories, in either language; branches below count, too.",
    )
    price: PriceRangeInput | None = strawberry.field(default=None, description="The lowest price.")
    communes: list[str] | None = strawberry.field(default=None, description="Codes of communes.")
    old_districts: list[str] | None = strawberry.field(
        default=None,
        description="Codes of the districts until June 2025.",
    )
    stars: list[int] | None = strawberry.field(default=None, description="OCOP stars.")
    seller_kinds: list[BusinessKind] | None = strawberry.field(
        default=None,
        description="Kinds of sellers.",
    )
    in_stock: bool | None = strawberry.field(default=None, description="Whether stock is left.")
    near: PointInput | None = strawberry.field(
        default=None,
        description="From where `NEAREST` counts.",
    )

    def filters(self, category_slugs: dict[str, str]) -> Filters:
        """The filters in our words; `category_slugs` leads from any language's slug to ours."""
        lowest = self.price.gte if self.price is not None else None
        highest = self.price.lte if self.price is not None else None
        return Filters(
            categories=tuple(
                category_slugs.get(slug, slug) for slug in (self.categories or ())[:MOST_VALUES]
            ),
            lowest_price=_price(lowest),
            highest_price=_price(highest),
            communes=tuple((self.communes or ())[:MOST_VALUES]),
            old_districts=tuple((self.old_districts or ())[:MOST_VALUES]),
            stars=tuple(stars for stars in self.stars or () if 0 <= stars <= MOST_STARS),
            seller_kinds=tuple(kind.value for kind in self.seller_kinds or ()),
            in_stock=self.in_stock,
        )


def _price(amount: float | None) -> int | None:
    """The amount in đồng, held within what prices can be; a number that is none asks nothing."""
    if amount is None or math.isnan(amount):
        return None
    return round(min(max(amount, 0.0), float(HIGHEST_PRICE)))
