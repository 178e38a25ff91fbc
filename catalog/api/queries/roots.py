"""Root query fields of the catalogue, and its lists on other types."""

from typing import Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy import Select, and_, or_, select

from catalog import models
from catalog.api.inputs import (
    CategoryFilterInput,
    ProductFilterInput,
    ProductOrder,
    ProductWhereInput,
)
from catalog.api.loaders import Batch, CatalogLoaders
from catalog.api.queries.conditions import in_branches
from catalog.api.queries.lists import (
    Asked,
    batch_of,
    prefetch,
    product_connection,
    selected_names,
)
from catalog.api.queries.neighbours import know_neighbours, with_neighbours
from catalog.api.types.categories import Category
from catalog.api.types.channels import Channel
from catalog.api.types.collections import Collection
from catalog.api.types.products import Product
from catalog.api.types.variants import ProductVariant
from catalog.queries import products as queries
from catalog.queries.shown import with_shown
from marketplace.kernel.context import Info
from marketplace.kernel.graph.breadth import check_breadth
from marketplace.kernel.graph.connection import CountableConnection, Paging, plain_connection
from marketplace.kernel.graph.ids import from_global
from marketplace.kernel.graph.scalars import LanguageCodeEnum
from marketplace.kernel.text import fold


@strawberry.type
class CatalogQueries:
    """Root query fields of the catalogue."""

    @strawberry.field
    async def product(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
        slug_language_code: LanguageCodeEnum | None = None,
        channel: str | None = None,
    ) -> Product | None:
        """One product, if the viewer may see it in the channel."""
        viewer = info.context.viewer
        statement: Select[Any] = queries.visible_products(viewer)
        if id is not None:
            statement = statement.where(models.Product.id == from_global("Product", id))
        elif slug is not None and slug_language_code in {None, LanguageCodeEnum.VI}:
            statement = statement.where(models.Product.slug == slug)
        elif slug is not None and slug_language_code is not None:
            statement = queries.products_with_translated_slug(
                viewer,
                slug_language_code.value,
                slug,
            )
        else:
            return None
        return await _one(info, statement, channel)

    @strawberry.field
    async def products(
        self,
        info: Info,
        filter: ProductFilterInput | None = None,
        where: ProductWhereInput | None = None,
        sort_by: ProductOrder | None = None,
        channel: str | None = None,
        before: str | None = None,
        after: str | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> CountableConnection[Product] | None:
        """Products on display in the channel."""
        paging = Paging(first, after, last, before)
        return await product_connection(info, Asked(channel, filter, where, sort_by, paging))

    @strawberry.field
    async def product_variant(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        sku: Annotated[
            str | None,
            strawberry.argument(description="The stock-keeping unit."),
        ] = None,
        channel: str | None = None,
    ) -> ProductVariant | None:
        """One variant, if the viewer may see its product in the channel."""
        statement = queries.visible_variants(info.context.viewer)
        if id is not None:
            statement = statement.where(models.Variant.id == from_global("ProductVariant", id))
        elif sku is not None:
            statement = statement.where(models.Variant.sku == sku)
        else:
            return None
        row = await info.context.reader.first(statement)
        if row is None:
            return None
        owner = queries.visible_products(info.context.viewer).where(
            models.Product.id == row.product_id,
        )
        product = await _one(info, owner, channel)
        if product is None:
            return None
        facts = (await product.batch.variants.get()).get(row.product_id, [])
        return next(
            (
                ProductVariant.of(each, product.row, product.batch)
                for each in facts
                if each.variant.id == row.id
            ),
            None,
        )

    @strawberry.field
    async def categories(
        self,
        info: Info,
        filter: CategoryFilterInput | None = None,
        level: int | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Category] | None:
        """The branches of the category tree, in the order of the tree's own lists."""
        check_breadth(filter)
        rows = list((await info.context.once(CatalogLoaders).categories.get()).values())
        if level is not None:
            rows = [row for row in rows if row.level == level]
        if filter is not None:
            rows = [row for row in rows if _fits(row, filter)]
        shown = [Category.of(row) for row in rows]
        return plain_connection(shown, Paging(first, after, last, before))

    @strawberry.field
    async def category(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
        slug_language_code: LanguageCodeEnum | None = None,
    ) -> Category | None:
        """One branch of the category tree."""
        loaders = info.context.once(CatalogLoaders)
        tree = await loaders.categories.get()
        if id is not None:
            key = from_global("Category", id)
            row = tree.get(key) if key is not None else None
        elif slug is not None and slug_language_code in {None, LanguageCodeEnum.VI}:
            row = next((row for row in tree.values() if row.slug == slug), None)
        elif slug is not None and slug_language_code is not None:
            translations = (await loaders.category_translations.get()).values()
            wanted = (slug_language_code.value, slug)
            row = next(
                (tree.get(t.category_id) for t in translations if (t.language, t.slug) == wanted),
                None,
            )
        else:
            row = None
        return None if row is None else Category.of(row)

    @strawberry.field
    async def collection(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
        slug_language_code: LanguageCodeEnum | None = None,
        channel: str | None = None,
    ) -> Collection | None:
        """One collection, in the channel."""
        statement: Select[Any] = queries.visible_collections(info.context.viewer)
        if id is not None:
            statement = statement.where(models.Collection.id == from_global("Collection", id))
        elif slug is not None and slug_language_code in {None, LanguageCodeEnum.VI}:
            statement = statement.where(models.Collection.slug == slug)
        elif slug is not None and slug_language_code is not None:
            translation = models.CollectionTranslation
            statement = statement.join(
                translation,
                translation.collection_id == models.Collection.id,
            ).where(translation.language == slug_language_code.value, translation.slug == slug)
        else:
            return None
        row = await info.context.reader.first(statement)
        found = await info.context.once(CatalogLoaders).channel(channel)
        return None if row is None or found is None else Collection.of(row, found)

    @strawberry.field
    async def collections(
        self,
        info: Info,
        channel: str | None = None,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Collection] | None:
        """The collections, in their order."""
        found = await info.context.once(CatalogLoaders).channel(channel)
        statement = queries.visible_collections(info.context.viewer).order_by(
            models.Collection.position,
            models.Collection.name,
        )
        rows = await info.context.reader.all(statement) if found is not None else []
        shown = [Collection.of(row, found) for row in rows]
        return plain_connection(shown, Paging(first, after, last, before))

    @strawberry.field
    async def channel(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
    ) -> Channel | None:
        """One channel, if the viewer may see it."""
        channels = await info.context.once(CatalogLoaders).channels.get()
        key = from_global("Channel", id) if id is not None else None
        row = next((row for row in channels.values() if slug == row.slug or key == row.id), None)
        return None if row is None else Channel.of(row)

    @strawberry.field
    async def channels(self, info: Info) -> list[Channel] | None:
        """The channels the viewer may see; the public ones for everybody."""
        channels = await info.context.once(CatalogLoaders).channels.get()
        return [Channel.of(row) for row in channels.values()]


def _fits(row: models.Category, wanted: CategoryFilterInput) -> bool:
    if wanted.slugs is not None and row.slug not in wanted.slugs:
        return False
    if wanted.ids is not None and row.id not in {
        from_global("Category", each) for each in wanted.ids
    }:
        return False
    return not wanted.search or fold(wanted.search) in fold(row.name)


async def _one(info: Info, statement: Select[Any], channel_slug: str | None) -> Product | None:
    channel = await info.context.once(CatalogLoaders).channel(channel_slug)
    if channel is None:
        return None
    own = models.Product.business_id.in_(info.context.viewer.businesses)
    joined = statement.outerjoin(
        models.Listing,
        and_(
            models.Listing.product_id == models.Product.id,
            models.Listing.channel_id == channel.id,
        ),
    ).where(or_(models.Listing.product_id.is_not(None), own))
    names = selected_names(info)
    shown = with_shown(joined, with_description="description" in names)
    shown = with_neighbours(info.context, shown, names)
    rows = await info.context.reader.rows(shown.limit(1))
    if not rows:
        return None
    batch = batch_of(info.context, rows, channel)
    know_neighbours(info.context, rows[0], batch.products[0], names)
    await prefetch(batch, names)
    return Product.of(batch.products[0], batch)


async def own_product(info: Info, product_id: UUID) -> Product | None:
    """The product just changed, as its seller sees it."""
    statement = queries.visible_products(info.context.viewer).where(
        models.Product.id == product_id,
    )
    rows = await info.context.reader.all(statement)
    channel = await info.context.once(CatalogLoaders).channel(None)
    return Product.of(rows[0], Batch(info.context, rows, channel)) if rows else None


async def products_by_ids(
    info: Info,
    ids: list[UUID],
    channel: str | None,
) -> dict[UUID, Product]:
    """The products among these that the viewer may see in the channel, by their keys."""
    found = await info.context.once(CatalogLoaders).channel(channel)
    if found is None or not ids:
        return {}
    names = selected_names(info)
    statement = (
        select(models.Product)
        .join(models.Listing, models.Listing.product_id == models.Product.id)
        .where(
            models.Listing.channel_id == found.id,
            models.Product.id.in_(ids),
            queries.is_visible(info.context.viewer),
        )
    )
    shown = with_shown(statement, with_description="description" in names)
    batch = batch_of(info.context, await info.context.reader.rows(shown), found)
    await prefetch(batch, names)
    return {row.id: Product.of(row, batch) for row in batch.products}


async def in_category(info: Info, category: Category, asked: Asked) -> CountableConnection[Product]:
    """A page of the products of a branch."""
    channel = asked.channel or (category.channel.slug if category.channel is not None else None)
    wanted = Asked(channel, asked.filter, asked.where, asked.sort_by, asked.paging)
    return await product_connection(info, wanted, await in_branches(info, [category.key]))
