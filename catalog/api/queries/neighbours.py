"""What stands beside one product on its page: its business and its place, in the same statement.

A statement of their own would cost each of them as much as the product itself.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_

from businesses.api.loaders import BusinessLoaders
from businesses.models import Business
from businesses.queries.businesses import is_visible
from catalog.models import Product
from catalog.queries.shown import ShownProduct
from marketplace.kernel.context import RequestContext
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.models import Place


def with_neighbours(
    context: RequestContext,
    statement: Select[*tuple[Any, ...]],
    names: frozenset[str],
) -> Select[*tuple[Any, ...]]:
    """The statement with what the names ask for at the end of its rows."""
    if "business" in names:
        offers = and_(Business.id == Product.business_id, is_visible(context.viewer))
        statement = statement.outerjoin(Business, offers).add_columns(Business)
    if "originPlace" in names:
        comes_from = Place.id == Product.origin_place_id
        statement = statement.outerjoin(Place, comes_from).add_columns(Place)
    return statement


def know_neighbours(
    context: RequestContext,
    row: Sequence[Any],
    product: Product | ShownProduct,
    names: frozenset[str],
) -> None:
    """Hand the neighbours at the end of the row to those who would fetch them."""
    rest = list(row)
    if "originPlace" in names:
        place: Place | None = rest.pop()
        if product.origin_place_id is not None and place is not None:
            context.once(PlaceLoaders).by_id.prime(product.origin_place_id, place)
    if "business" in names:
        context.once(BusinessLoaders).by_id.prime(product.business_id, rest.pop())
