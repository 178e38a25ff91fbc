"""Lists of products: a page and all its selection needs, in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from graphql import FieldNode, FragmentSpreadNode, GraphQLError, SelectionSetNode
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from catalog.api.inputs import (
    ProductFilterInput,
    ProductOrder,
    ProductOrderField,
    ProductWhereInput,
)
from catalog.api.loaders import Batch, CatalogLoaders
from catalog.api.queries.conditions import filter_conditions, where_condition
from catalog.api.types.products import Product
from catalog.models import Channel, CollectionProduct, Listing
from catalog.models import Product as ProductRow
from catalog.ports import PRODUCT_FINDER
from catalog.queries.filters import listed_products
from catalog.queries.shown import read_shown, with_shown
from marketplace.kernel.context import Info, RequestContext
from marketplace.kernel.graph.breadth import check_breadth
from marketplace.kernel.graph.connection import (
    CountableConnection,
    CountableEdge,
    Order,
    PageInfo,
    Paging,
    page_of,
)
from marketplace.kernel.graph.scalars import OrderDirection

F = ProductOrderField
MOST_FOUND = 1000
_COLUMNS = {
    F.NAME: ("name", Listing.name_sort),
    F.TYPE: ("name", Listing.name_sort),
    F.PRICE: ("price", Listing.lowest_amount),
    F.MINIMAL_PRICE: ("price", Listing.lowest_amount),
    F.DATE: ("updated", Listing.updated_at),
    F.LAST_MODIFIED: ("updated", Listing.updated_at),
    F.LAST_MODIFIED_AT: ("updated", Listing.updated_at),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked for."""

    channel: str | None = None
    filter: ProductFilterInput | None = None
    where: ProductWhereInput | None = None
    sort_by: ProductOrder | None = None
    paging: Paging = field(default_factory=Paging)


async def product_connection(
    info: Info,
    asked: Asked,
    condition: ColumnElement[bool] | None = None,
    collection_id: UUID | None = None,
) -> CountableConnection[Product]:
    """A page of the products that fit what was asked.

    Raises:
        GraphQLError: `filter` and `where` were given together, they name too much, or the page
            is none.
    """
    if asked.filter is not None and asked.where is not None:
        raise GraphQLError("Only one of `filter` and `where` can be given.")
    check_breadth(asked.filter, asked.where)
    asked.paging.size  # noqa: B018 - refuses a page that is none before anything is read
    channel = await info.context.once(CatalogLoaders).channel(asked.channel)
    if channel is None:
        return empty()
    statement = listed_products(info.context.viewer, channel.id)
    if condition is not None:
        statement = statement.where(condition)
    if asked.filter is not None:
        statement = statement.where(*await filter_conditions(info, asked.filter))
    if asked.where is not None:
        statement = statement.where(await where_condition(info, asked.where))
    order = _order(asked.sort_by, collection_id is not None)
    if collection_id is not None:
        statement = statement.join(
            CollectionProduct,
            CollectionProduct.product_id == Listing.product_id,
        ).where(CollectionProduct.collection_id == collection_id)
    if asked.filter is not None and asked.filter.search:
        return await _found(info, asked, channel, statement, order)
    return await _page(info, asked, channel, statement, order)


async def _found(
    info: Info,
    asked: Asked,
    channel: Channel,
    statement: Select[ProductRow, Listing],
    order: Order,
) -> CountableConnection[Product]:
    text = (asked.filter.search if asked.filter is not None else None) or ""
    finder = info.context.ports[PRODUCT_FINDER]
    ids = list(await finder.find_products(text, MOST_FOUND, info.context.viewer))
    if not ids:
        return empty()
    statement = statement.where(Listing.product_id.in_(ids))
    by_relevance = asked.sort_by is None or asked.sort_by.field in {None, F.RATING, F.RANK}
    if by_relevance:
        rank = func.array_position(
            array(ids, type_=PG_UUID(as_uuid=True)).cast(ARRAY(PG_UUID(as_uuid=True))),
            Listing.product_id,
        )
        order = Order("relevance", (rank,))
    return await _page(info, asked, channel, statement, order)


async def _page(
    info: Info,
    asked: Asked,
    channel: Channel,
    statement: Select[ProductRow, Listing],
    order: Order,
) -> CountableConnection[Product]:
    names = selected_names(info)
    shown = with_shown(statement, with_description="description" in names)
    page = await page_of(info.context.reader, shown, order, asked.paging)
    batch = batch_of(info.context, page.rows, channel)
    await prefetch(batch, names)

    async def count() -> int:
        counted = select(func.count()).select_from(
            statement.with_only_columns(Listing.product_id).order_by(None).subquery(),
        )
        return int((await info.context.reader.rows(counted))[0][0])

    edges = [
        CountableEdge(node=Product.of(row, batch), cursor=cursor)
        for row, cursor in zip(batch.products, page.cursors, strict=True)
    ]
    return CountableConnection(edges=edges, page_info=page.info, count=count)


def batch_of(
    context: RequestContext,
    rows: Sequence[Sequence[Any]],
    channel: Channel,
) -> Batch:
    """The batch of what `with_shown` has read."""
    shown = [read_shown(row) for row in rows]
    listings = {product.id: listing for product, listing, _cover in shown if listing is not None}
    batch = Batch(context, [product for product, *_beside in shown], channel, listings)
    batch.covers.know({cover.id: cover for *_beside, cover in shown if cover is not None})
    return batch


async def prefetch(batch: Batch, names: frozenset[str]) -> None:
    """Fetch what the selection names before its resolvers ask, so that they need not wait."""
    if "variants" in names or "productVariants" in names:
        await batch.variants.get()
    if "thumbnail" in names and batch.covers.value is None:
        await batch.covers.get()
    if "category" in names:
        await batch.categories.get()


def _order(sort_by: ProductOrder | None, in_collection: bool) -> Order:
    if in_collection and (sort_by is None or sort_by.field in {None, F.COLLECTION}):
        return Order(
            "collection",
            (CollectionProduct.position, CollectionProduct.product_id),
            descending=sort_by is not None and sort_by.direction is OrderDirection.DESC,
        )
    if sort_by is None or sort_by.field is None:
        return Order("published", (Listing.published_at, Listing.product_id), descending=True)
    name, column = _COLUMNS.get(sort_by.field, ("published", Listing.published_at))
    return Order(
        name,
        (column, Listing.product_id),
        descending=sort_by.direction is OrderDirection.DESC,
    )


def empty() -> CountableConnection[Product]:
    """A list of nothing."""

    async def count() -> int:
        return 0

    info = PageInfo(
        has_next_page=False,
        has_previous_page=False,
        start_cursor=None,
        end_cursor=None,
    )
    return CountableConnection(edges=[], page_info=info, count=count)


def selected_names(info: Info) -> frozenset[str]:
    """The names of all fields below this one: a hint of what to fetch, never a promise."""
    raw = info._raw_info  # noqa: SLF001 - Strawberry's own selection costs more than the list
    found: set[str] = set()
    waiting: list[SelectionSetNode] = [
        node.selection_set for node in raw.field_nodes if node.selection_set is not None
    ]
    seen: set[str] = set()
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in seen:
                    seen.add(name)
                    waiting.append(raw.fragments[name].selection_set)
                continue
            if isinstance(node, FieldNode):
                found.add(node.name.value)
            below = getattr(node, "selection_set", None)
            if below is not None:
                waiting.append(below)
    return frozenset(found)
