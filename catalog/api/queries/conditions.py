"""From the contract's `filter` and `where` to conditions of a statement."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, true

from catalog.api.inputs import (
    AttributeInput,
    DecimalFilterInput,
    GlobalIDFilterInput,
    ProductFilterInput,
    ProductWhereInput,
    StockAvailability,
    StringFilterInput,
)
from catalog.api.loaders import CatalogLoaders, today
from catalog.api.types.categories import branch
from catalog.models import Listing, Product
from catalog.queries import filters
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import from_global
from marketplace.kernel.graph.scalars import PriceRangeInput

Condition = ColumnElement[bool]


async def in_branches(info: Info, category_ids: Sequence[UUID | None]) -> Condition:
    """Stands in one of the branches of the tree the viewer may see."""
    tree = await info.context.once(CatalogLoaders).categories.get()
    keys = branch(tree, [key for key in category_ids if key is not None])
    return Listing.category_id.in_(keys) if keys else false()


async def filter_conditions(info: Info, wanted: ProductFilterInput) -> list[Condition]:
    """The conditions of a `filter`; `search` is answered by the finder, not here."""
    found = _id_conditions(wanted)
    if wanted.categories is not None:
        found.append(await in_branches(info, _keys("Category", wanted.categories)))
    if wanted.collections is not None:
        found.append(filters.in_collections(_keys("Collection", wanted.collections)))
    found += [_price_range(each) for each in (wanted.price, wanted.minimal_price) if each]
    found += [_attribute(each) for each in wanted.attributes or ()]
    found += _stock(wanted.is_available, wanted.stock_availability)
    if wanted.updated_since is not None:
        found.append(Listing.updated_at >= wanted.updated_since)
    if wanted.stars is not None:
        found.append(filters.has_stars(wanted.stars, today()))
    return found


def _id_conditions(wanted: ProductFilterInput) -> list[Condition]:
    found: list[Condition] = []
    if wanted.ids is not None:
        found.append(Product.id.in_(_keys("Product", wanted.ids)))
    if wanted.slugs is not None:
        found.append(Product.slug.in_(wanted.slugs))
    if wanted.product_types is not None:
        found.append(Product.product_type_id.in_(_keys("ProductType", wanted.product_types)))
    if wanted.businesses is not None:
        found.append(Listing.business_id.in_(_keys("Business", wanted.businesses)))
    if wanted.places is not None:
        found.append(Product.origin_place_id.in_(_keys("Place", wanted.places)))
    return found


async def where_condition(info: Info, wanted: ProductWhereInput) -> Condition:
    """The condition of a `where`, nested ones included."""
    found = _where_ids(wanted)
    if wanted.category is not None:
        found.append(await in_branches(info, _global_keys("Category", wanted.category)))
    found += [_decimal(each) for each in (wanted.price, wanted.minimal_price) if each]
    found += [_attribute(each) for each in wanted.attributes or ()]
    found += _stock(wanted.is_available, wanted.stock_availability)
    if wanted.AND is not None:
        found += [await where_condition(info, each) for each in wanted.AND]
    if wanted.OR is not None:
        found.append(or_(false(), *[await where_condition(info, each) for each in wanted.OR]))
    return and_(true(), *found)


def _where_ids(wanted: ProductWhereInput) -> list[Condition]:
    found: list[Condition] = []
    if wanted.ids is not None:
        found.append(Product.id.in_(_keys("Product", wanted.ids)))
    if wanted.name is not None:
        found.append(Product.name.in_(_texts(wanted.name)))
    if wanted.slug is not None:
        found.append(Product.slug.in_(_texts(wanted.slug)))
    if wanted.collection is not None:
        found.append(filters.in_collections(_global_keys("Collection", wanted.collection)))
    if wanted.product_type is not None:
        keys = _global_keys("ProductType", wanted.product_type)
        found.append(Product.product_type_id.in_(keys))
    if wanted.business is not None:
        found.append(Listing.business_id.in_(_global_keys("Business", wanted.business)))
    if wanted.place is not None:
        found.append(Product.origin_place_id.in_(_global_keys("Place", wanted.place)))
    return found


def _keys(type_name: str, ids: Sequence[str]) -> list[UUID | None]:
    return [from_global(type_name, each) for each in ids]


def _global_keys(type_name: str, wanted: GlobalIDFilterInput) -> list[UUID | None]:
    ids = [*(wanted.one_of or []), *([wanted.eq] if wanted.eq is not None else [])]
    return _keys(type_name, ids)


def _texts(wanted: StringFilterInput) -> list[str]:
    return [*(wanted.one_of or []), *([wanted.eq] if wanted.eq is not None else [])]


def _price_range(wanted: PriceRangeInput) -> Condition:
    found: list[Condition] = []
    if wanted.gte is not None:
        found.append(Listing.lowest_amount >= wanted.gte)
    if wanted.lte is not None:
        found.append(Listing.lowest_amount <= wanted.lte)
    return and_(true(), *found)


def _decimal(wanted: DecimalFilterInput) -> Condition:
    found: list[Condition] = []
    exact: list[Decimal] = [*(wanted.one_of or [])]
    if wanted.eq is not None:
        exact.append(wanted.eq)
    if exact:
        found.append(Listing.lowest_amount.in_(exact))
    if wanted.range is not None and wanted.range.gte is not None:
        found.append(Listing.lowest_amount >= wanted.range.gte)
    if wanted.range is not None and wanted.range.lte is not None:
        found.append(Listing.lowest_amount <= wanted.range.lte)
    return and_(true(), *found)


def _attribute(wanted: AttributeInput) -> Condition:
    if not wanted.slug:
        return true()
    found: list[Condition] = []
    if wanted.values is not None:
        found.append(filters.has_choice(wanted.slug, wanted.values))
    if wanted.values_range is not None:
        span = wanted.values_range
        found.append(filters.has_number(wanted.slug, span.gte, span.lte))
    if wanted.boolean is not None:
        found.append(filters.has_value(wanted.slug, wanted.boolean))
    if wanted.date is not None:
        found.append(filters.has_value(wanted.slug, wanted.date.isoformat()))
    return and_(true(), *found)


def _stock(is_available: bool | None, availability: StockAvailability | None) -> list[Condition]:
    found: list[Condition] = []
    if availability is not None:
        is_left = Listing.available > 0
        found.append(is_left if availability is StockAvailability.IN_STOCK else ~is_left)
    if is_available is not None:
        can_buy = and_(Listing.is_displayed, Listing.available > 0)
        found.append(can_buy if is_available else ~can_buy)
    return found
