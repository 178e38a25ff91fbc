"""The lists of products that the catalogue adds to categories, collections, makers and places."""

from uuid import UUID

import strawberry

from businesses.api.types import Business
from catalog.api.inputs import ProductFilterInput, ProductOrder, ProductWhereInput
from catalog.api.loaders import CatalogLoaders, ShelfCounts
from catalog.api.queries.lists import Asked, product_connection
from catalog.api.queries.roots import in_category
from catalog.api.types.categories import Category
from catalog.api.types.collections import Collection
from catalog.api.types.products import Product
from catalog.models import Listing
from catalog.models import Product as ProductRow
from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import CountableConnection, Paging
from marketplace.places.api.types import Place


@strawberry.type
class CategoryShelf:
    """What the catalogue's lists add to `Category`."""

    @strawberry.field
    async def products(
        self,
        parent: strawberry.Parent[Category],
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
        """Its products on display, those of the branches below included."""
        paging = Paging(first, after, last, before)
        return await in_category(info, parent, Asked(channel, filter, where, sort_by, paging))


@strawberry.type
class CollectionShelf:
    """What the catalogue's lists add to `Collection`."""

    @strawberry.field
    async def products(
        self,
        parent: strawberry.Parent[Collection],
        info: Info,
        filter: ProductFilterInput | None = None,
        where: ProductWhereInput | None = None,
        sort_by: ProductOrder | None = None,
        before: str | None = None,
        after: str | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> CountableConnection[Product] | None:
        """Its products on display, in its own order unless another is asked for."""
        slug = parent.prices.slug if parent.prices is not None else None
        asked = Asked(slug, filter, where, sort_by, Paging(first, after, last, before))
        return await product_connection(info, asked, collection_id=parent.key)


@strawberry.type
class BusinessShelf:
    """What the catalogue adds to `Business`."""

    @strawberry.field
    async def products(
        self,
        parent: strawberry.Parent[Business],
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
        """What it offers."""
        asked = Asked(channel, filter, where, sort_by, Paging(first, after, last, before))
        return await product_connection(info, asked, Listing.business_id == parent.key)

    @strawberry.field
    async def categories(
        self,
        parent: strawberry.Parent[Business],
        info: Info,
    ) -> list[Category]:
        """The categories it has goods in."""
        shelf = await info.context.once(ShelfCounts).of_businesses.load(parent.key)
        tree = await info.context.once(CatalogLoaders).categories.get()
        return [Category.of(row) for key, row in tree.items() if key in shelf.categories]

    @strawberry.field
    async def product_count(self, parent: strawberry.Parent[Business], info: Info) -> int:
        """How many of its products are on display."""
        return (await info.context.once(ShelfCounts).of_businesses.load(parent.key)).products

    @strawberry.field
    async def certified_product_count(
        self,
        parent: strawberry.Parent[Business],
        info: Info,
    ) -> int:
        """How many of them hold an OCOP certificate today."""
        return (await info.context.once(ShelfCounts).of_businesses.load(parent.key)).certified


@strawberry.type
class PlaceShelf:
    """What the catalogue adds to `Place`."""

    @strawberry.field
    async def products(
        self,
        parent: strawberry.Parent[Place],
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
        """What comes from there."""
        asked = Asked(channel, filter, where, sort_by, Paging(first, after, last, before))
        return await product_connection(info, asked, ProductRow.origin_place_id == parent.key)

    @strawberry.field
    async def product_count(self, parent: strawberry.Parent[Place], info: Info) -> int:
        """How many products on display come from there."""
        counts: dict[UUID, int] = await info.context.once(ShelfCounts).of_places.get()
        return counts.get(parent.key, 0)
