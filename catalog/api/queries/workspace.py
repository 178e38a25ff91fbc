"""What the catalogue adds to the workspace of a business."""

from collections import defaultdict
from typing import Annotated
from uuid import UUID

import strawberry
from sqlalchemy import Select, func, select

from businesses.api.queries.workspaces import Workspace
from catalog import models
from catalog.api.loaders import Batch, CatalogLoaders
from catalog.api.queries.lists import prefetch, selected_names
from catalog.api.types.attributes import Attribute, AttributeValue
from catalog.api.types.categories import Category
from catalog.api.types.products import Product
from catalog.api.types.workspace import (
    LabelField,
    ShopProduct,
    ShopProductCounts,
    ShopVariant,
    StockLine,
    StockMovement,
)
from catalog.queries import workspace as queries
from catalog.rules import ProductState
from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import (
    CountableConnection,
    CountableEdge,
    Order,
    Paging,
    page_of,
    plain_connection,
)
from marketplace.kernel.graph.ids import from_global, to_global
from marketplace.kernel.graph.scalars import JSONString, json_string
from marketplace.kernel.text import fold

MOST_WORDS = 6


@strawberry.input(description="Which of the business's products are wanted.")
class ShopProductFilterInput:
    """Every given condition must hold."""

    search: str | None = strawberry.field(default=None, description="A part of the name, or SKU.")
    state: ProductState | None = strawberry.field(default=None, description="In this state.")
    category: strawberry.ID | None = strawberry.field(default=None, description="In this branch.")
    is_short: bool | None = strawberry.field(default=None, description="On display, running out.")


@strawberry.type
class WorkspaceGoods:
    """What the catalogue adds to `Workspace`."""

    @strawberry.field
    async def products(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        filter: ShopProductFilterInput | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Product]:
        """Its products in every state, the one changed last first."""
        channel = await info.context.once(CatalogLoaders).channel(None)
        statement = queries.products_of(parent.key, None if channel is None else channel.id)
        statement = _narrowed(statement, parent.key, filter)
        order = Order("changed", (models.Product.updated_at, models.Product.id), descending=True)
        page = await page_of(
            info.context.reader, statement, order, Paging(first, after, last, before)
        )
        rows = [product for product, _listing in page.rows]
        listings = {row.id: listing for row, listing in page.rows if listing is not None}
        batch = Batch(info.context, rows, channel, listings)
        await prefetch(batch, selected_names(info))

        async def count() -> int:
            counted = statement.with_only_columns(models.Product.id).order_by(None).subquery()
            found = await info.context.reader.rows(select(func.count()).select_from(counted))
            return int(found[0][0])

        edges = [
            CountableEdge(node=Product.of(row, batch), cursor=cursor)
            for row, cursor in zip(rows, page.cursors, strict=True)
        ]
        return CountableConnection(edges=edges, page_info=page.info, count=count)

    @strawberry.field
    async def product_counts(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> ShopProductCounts:
        """How many products stand where."""
        reader = info.context.reader
        found = {row[0]: row[1] for row in await reader.rows(queries.counts_of(parent.key))}
        short = select(func.count(func.distinct(queries.is_short(parent.key).subquery().c[0])))
        return ShopProductCounts(
            draft=found.get(ProductState.DRAFT, 0),
            published=found.get(ProductState.PUBLISHED, 0),
            withdrawn=found.get(ProductState.WITHDRAWN, 0),
            short=int((await reader.rows(short))[0][0]),
        )

    @strawberry.field
    async def product(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
    ) -> ShopProduct | None:
        """One of its products, to be edited."""
        channel = await info.context.once(CatalogLoaders).channel(None)
        statement = queries.products_of(parent.key, None if channel is None else channel.id)
        if id is not None:
            statement = statement.where(models.Product.id == from_global("Product", id))
        else:
            statement = statement.where(models.Product.slug == slug)
        rows = await info.context.reader.rows(statement)
        if not rows:
            return None
        row, listing = rows[0]
        batch = Batch(info.context, [row], channel, {} if listing is None else {row.id: listing})
        return ShopProduct(
            id=to_global("Product", row.id),
            product=Product.of(row, batch),
            variants=await _variants(info, row.id),
            label=await _label(info, row.product_type_id, row.category_id),
            values=json_string(row.attributes) or JSONString("{}"),
        )

    @strawberry.field
    async def label_fields(
        self,
        info: Info,
        category: Annotated[strawberry.ID, strawberry.argument(description="The category.")],
    ) -> list[LabelField]:
        """What the label of a new product of that category may tell."""
        key = from_global("Category", category)
        if key is None:
            return []
        type_id = await info.context.reader.first(queries.fitting_type(key))
        return [] if type_id is None else await _label(info, type_id, key)

    @strawberry.field
    async def fitting_categories(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="The name of the goods.")],
    ) -> list[Category]:
        """The categories in which goods of such a name usually stand, the likeliest first."""
        words = fold(name).split()[:MOST_WORDS]
        tree = await info.context.once(CatalogLoaders).categories.get()
        found: list[UUID] = [
            key for key, row in tree.items() if words and fold(row.name) in " ".join(words)
        ]
        for some in (words, words[:2], words[:1]):
            if some and len(found) < 3:  # noqa: PLR2004 - enough to choose from
                found += [
                    row[0] for row in await info.context.reader.rows(queries.namesakes_of(some))
                ]
        return [Category.of(tree[key]) for key in dict.fromkeys(found) if key in tree][:5]


@strawberry.type
class WorkspaceStock:
    """What the catalogue's stock adds to `Workspace`."""

    @strawberry.field
    async def stock(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        search: Annotated[
            str | None,
            strawberry.argument(description="A part of the name, or the SKU."),
        ] = None,
        is_short: Annotated[
            bool,
            strawberry.argument(description="Only what runs out."),
        ] = False,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[StockLine]:
        """Every packing on sale and what lies of it, by name."""
        statement = queries.stock_lines(parent.key)
        if search:
            statement = statement.where(queries.is_named(search))
        if is_short:
            statement = statement.having(queries.runs_out())
        columns = (models.Product.name_sort, models.Variant.position, models.Variant.id)
        page = await page_of(
            info.context.reader,
            statement,
            Order("stock", columns),
            Paging(first, after, last, before),
        )

        async def count() -> int:
            counted = statement.with_only_columns(models.Variant.id).order_by(None).subquery()
            found = await info.context.reader.rows(select(func.count()).select_from(counted))
            return int(found[0][0])

        edges = [
            CountableEdge(node=_stock_line(*row), cursor=cursor)
            for row, cursor in zip(page.rows, page.cursors, strict=True)
        ]
        return CountableConnection(edges=edges, page_info=page.info, count=count)

    @strawberry.field
    async def stock_line(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        variant: Annotated[strawberry.ID, strawberry.argument(description="The packing.")],
    ) -> StockLine | None:
        """What lies of one packing."""
        key = from_global("ProductVariant", variant)
        statement = queries.stock_lines(parent.key).where(models.Variant.id == key)
        rows = await info.context.reader.rows(statement)
        return _stock_line(*rows[0]) if rows else None

    @strawberry.field
    async def stock_movements(
        self,
        parent: strawberry.Parent[Workspace],
        info: Info,
        variant: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Of this packing only."),
        ] = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[StockMovement]:
        """The book of its stock, the newest line first."""
        key = None if variant is None else from_global("ProductVariant", variant)
        if variant is not None and key is None:
            return plain_connection([], Paging(first, after, last, before))
        statement = queries.movements_of(parent.key, key)
        columns = (models.StockMovement.at, models.StockMovement.id)
        page = await page_of(
            info.context.reader,
            statement,
            Order("booked", columns, descending=True),
            Paging(first, after, last, before),
        )

        async def count() -> int:
            counted = statement.with_only_columns(models.StockMovement.id).subquery()
            found = await info.context.reader.rows(select(func.count()).select_from(counted))
            return int(found[0][0])

        edges = [
            CountableEdge(node=StockMovement.of(row, (key, one, other), who), cursor=cursor)
            for (row, key, one, other, who), cursor in zip(page.rows, page.cursors, strict=True)
        ]
        return CountableConnection(edges=edges, page_info=page.info, count=count)


def _narrowed(
    statement: Select[models.Product, models.Listing | None],
    business_id: UUID,
    wanted: ShopProductFilterInput | None,
) -> Select[models.Product, models.Listing | None]:
    if wanted is None:
        return statement
    if wanted.search:
        statement = statement.where(queries.is_named(wanted.search))
    if wanted.state is not None:
        statement = statement.where(models.Product.state == wanted.state)
    if wanted.category is not None:
        key = from_global("Category", wanted.category)
        statement = statement.where(models.Product.category_id == key)
    if wanted.is_short:
        statement = statement.where(models.Product.id.in_(queries.is_short(business_id)))
    return statement


def _stock_line(
    variant: models.Variant,
    product: models.Product,
    on_hand: int,
    promised: int,
    threshold: int,
) -> StockLine:
    return StockLine(
        id=to_global("ProductVariant", variant.id),
        product_id=to_global("Product", product.id),
        product_name=product.name,
        variant_name=variant.name,
        unit=variant.unit,
        sku=variant.sku,
        on_hand=int(on_hand),
        promised=int(promised),
        available=int(on_hand - promised),
        threshold=threshold,
        is_short=on_hand - promised <= threshold,
    )


async def _variants(info: Info, product_id: UUID) -> list[ShopVariant]:
    reader = info.context.reader
    rows = await reader.all(queries.packings_of(product_id))
    keys = [row.id for row in rows]
    prices: defaultdict[UUID, dict[str, list[models.VariantPrice]]] = defaultdict(dict)
    for price, slug in await reader.rows(queries.price_lists_of(keys)):
        prices[price.variant_id].setdefault(slug, []).append(price)
    stocks: defaultdict[UUID, list[models.Stock]] = defaultdict(list)
    for stock in await reader.all(queries.stocks_of(keys)):
        stocks[stock.variant_id].append(stock)
    return [ShopVariant.of(row, prices[row.id], stocks[row.id]) for row in rows]


async def _label(info: Info, product_type_id: UUID, category_id: UUID) -> list[LabelField]:
    """What is required first, then the rest of the type's properties."""
    reader = info.context.reader
    rows = await reader.rows(queries.label_of(product_type_id))
    required = set(await reader.all(queries.required_by(category_id)))
    choices: defaultdict[UUID, list[models.AttributeChoice]] = defaultdict(list)
    for choice in await reader.all(queries.choices_of([row.id for row, _needed in rows])):
        choices[choice.attribute_id].append(choice)
    fields = [
        LabelField(
            attribute=Attribute.of(row),
            is_required=row.id in required,
            choices=[_choice(each) for each in choices[row.id]],
        )
        for row, _needed in rows
    ]
    return sorted(fields, key=lambda each: not each.is_required)


def _choice(row: models.AttributeChoice) -> AttributeValue:
    return AttributeValue(
        id=to_global("AttributeValue", row.id),
        name=row.name,
        slug=row.slug,
        value=row.value,
        name_en=row.name_en,
    )
