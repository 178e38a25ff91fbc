"""Batches of the catalogue: what belongs to a page of products is fetched once for all of them.

A `Batch` holds the products that were fetched together. Each of its parts is one statement for
the whole batch, run at most once; after that the resolvers of all its products are synchronous,
which is what keeps a list cheap.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import Any, Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from strawberry.dataloader import DataLoader

from catalog import models
from catalog.queries import categories as category_queries
from catalog.queries import products as queries
from catalog.queries.shown import ShownListing, ShownProduct, ShownVariant
from catalog.rules import RETAIL, Tier
from marketplace.kernel.context import RequestContext
from marketplace.media.models import MediaFile, ShownMedia

T = TypeVar("T")
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")


class Once(Generic[T]):
    """A value fetched at most once: a coroutine until then, the value itself afterwards."""

    __slots__ = ("_fetch", "_task", "value")

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        self._fetch: Callable[[], Awaitable[T]] | None = fetch
        self._task: asyncio.Task[T] | None = None
        self.value: T | None = None

    def know(self, value: T) -> None:
        """The value is here, whoever brought it; nothing is fetched any more.

        What fetches holds what it is fetched for. Let go of, a whole page of a list is freed by its
        counters, and the garbage collector never has to find it.
        """
        self.value = value
        self._fetch = self._task = None

    async def get(self) -> T:
        """The value; those who ask at the same time wait for one and the same fetch."""
        if self.value is not None:
            return self.value
        if self._task is None:
            self._task = asyncio.ensure_future(self._run())
        return await asyncio.shield(self._task)

    async def _run(self) -> T:
        if self._fetch is None:
            raise RuntimeError("a value was taken away after it had been fetched")
        found = await self._fetch()
        self.know(found)
        return found


class Part(Generic[T]):
    """Makes a method that fetches into a part of a batch: a `Once` of it, when first asked for."""

    def __init__(self, fetch: Callable[[Any], Awaitable[T]]) -> None:
        self._fetch = fetch
        self.__doc__ = fetch.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember where the part is kept."""
        self._name = name

    def __get__(self, batch: "Batch", owner: type) -> Once[T]:
        """The part of this batch, which from now on stands in this descriptor's way."""
        once = Once(partial(self._fetch, batch))
        batch.__dict__[self._name] = once
        return once


@dataclass(slots=True)
class VariantFacts:
    """A variant with its price list in the batch's channel and what is left of it."""

    variant: ShownVariant
    tiers: list[Tier] = field(default_factory=list)
    undiscounted: int | None = None
    available: int = 0


class Batch:
    """Products that were fetched together, and the parts that belong to them."""

    def __init__(
        self,
        context: RequestContext,
        products: Sequence[models.Product | ShownProduct],
        channel: models.Channel | None,
        listings: Mapping[UUID, models.Listing | ShownListing] | None = None,
    ) -> None:
        self.context = context
        self.channel = channel
        # Known already, or on their way to everybody in this process.
        self.categories = context.once(CatalogLoaders).categories
        self.products = products
        self._ids = [product.id for product in products]
        if listings is not None:
            self.listings.know(listings)

    @Part
    async def listings(self) -> Mapping[UUID, models.Listing | ShownListing]:
        """What the channel says of each product."""
        if self.channel is None:
            return {}
        statement = select(models.Listing).where(
            models.Listing.product_id.in_(self._ids),
            models.Listing.channel_id == self.channel.id,
        )
        return {row.product_id: row for row in await self.context.reader.all(statement)}

    @Part
    async def variants(self) -> dict[UUID, list[VariantFacts]]:
        """The variants on sale, with prices and stock."""
        found: defaultdict[UUID, list[VariantFacts]] = defaultdict(list)
        channel_id = self.channel.id if self.channel is not None else None
        rows = await self.context.reader.rows(
            queries.variants_with_facts(),
            {"product_ids": self._ids, "channel_id": channel_id},
        )
        for *columns, tiers, available in rows:
            variant = ShownVariant._make(columns)
            facts = VariantFacts(variant, available=available)
            for minimum, amount, undiscounted in tiers or ():
                facts.tiers.append(Tier(minimum, amount))
                if len(facts.tiers) == 1:
                    facts.undiscounted = undiscounted
            found[variant.product_id].append(facts)
        return dict(found)

    @Part
    async def covers(self) -> Mapping[UUID, MediaFile | ShownMedia]:
        """The first pictures, by their own keys."""
        wanted = {product.cover_id for product in self.products if product.cover_id is not None}
        statement = select(MediaFile).where(MediaFile.id.in_(wanted))
        return {row.id: row for row in await self.context.reader.all(statement)} if wanted else {}

    @Part
    async def pictures(self) -> dict[UUID, list[tuple[models.ProductMedia, MediaFile]]]:
        """The pictures of each product, in order."""
        found: defaultdict[UUID, list[tuple[models.ProductMedia, MediaFile]]] = defaultdict(list)
        for place, media in await self.context.reader.rows(queries.pictures_of(self._ids)):
            found[place.product_id].append((place, media))
        return dict(found)

    @Part
    async def variant_pictures(self) -> dict[UUID, list[tuple[models.VariantMedia, MediaFile]]]:
        """The pictures of each variant, in order."""
        found: defaultdict[UUID, list[tuple[models.VariantMedia, MediaFile]]] = defaultdict(list)
        variants = await self.variants.get()
        ids = [facts.variant.id for group in variants.values() for facts in group]
        for place, media in await self.context.reader.rows(queries.pictures_of_variants(ids)):
            found[place.variant_id].append((place, media))
        return dict(found)

    @Part
    async def certificates(self) -> dict[UUID, models.OcopCertificate]:
        """The certificates that hold today; the highest stars win."""
        rows = await self.context.reader.all(queries.certificates_on(self._ids, today()))
        return {row.product_id: row for row in rows}

    @Part
    async def papers(self) -> dict[UUID, list[models.FoodPaper]]:
        """The food-safety papers."""
        found: defaultdict[UUID, list[models.FoodPaper]] = defaultdict(list)
        for row in await self.context.reader.all(queries.papers_of(self._ids)):
            found[row.product_id].append(row)
        return dict(found)

    @Part
    async def translations(self) -> dict[tuple[UUID, str], models.ProductTranslation]:
        """The words in other languages."""
        statement = select(models.ProductTranslation).where(
            models.ProductTranslation.product_id.in_(self._ids),
        )
        rows = await self.context.reader.all(statement)
        return {(row.product_id, row.language): row for row in rows}

    @Part
    async def variant_translations(self) -> dict[tuple[UUID, str], models.VariantTranslation]:
        """The names of variants in other languages."""
        variants = await self.variants.get()
        ids = [facts.variant.id for group in variants.values() for facts in group]
        statement = select(models.VariantTranslation).where(
            models.VariantTranslation.variant_id.in_(ids),
        )
        rows = await self.context.reader.all(statement)
        return {(row.variant_id, row.language): row for row in rows}

    @Part
    async def collections(self) -> dict[UUID, list[models.Collection]]:
        """The collections each product stands in."""
        found: defaultdict[UUID, list[models.Collection]] = defaultdict(list)
        statement = queries.collections_of(self.context.viewer, self._ids)
        for product_id, collection in await self.context.reader.rows(statement):
            found[product_id].append(collection)
        return dict(found)


class CatalogLoaders:
    """One per request, made by `context.once(CatalogLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._context = context
        self._reader = context.reader
        self._viewer = context.viewer
        self.channels = self._kept("channels", self._channels)
        self.categories = self._kept("categories", self._categories)
        self.category_translations = self._kept(
            "category_translations", self._category_translations
        )
        self.product_types = self._kept("product_types", self._product_types)
        self.attributes = self._kept("attributes", self._attributes)
        self.type_attributes = self._kept("type_attributes", self._type_attributes)
        self.counts = self._kept("counts", self._counts)
        self.indications = self._kept("indications", self._indications)

    def _kept(self, name: str, fetch: Callable[[], Awaitable[T]]) -> Once[T]:
        """Reference data: the same for everybody who may see the same of it."""
        viewer = self._viewer
        sees = (viewer.is_administrator, viewer.is_system, viewer.buys_wholesale)
        key = ("catalog", name, *sees, bool(viewer.businesses))
        kept = self._context.kept
        once = Once(partial(kept.get, key, fetch))
        if (young := kept.young(key)) is not None:
            once.know(young)
        return once

    @cached_property
    def collection_translation(
        self,
    ) -> DataLoader[tuple[UUID, str], models.CollectionTranslation | None]:
        """The words of a collection in a language."""
        return DataLoader(load_fn=self._collection_translation)

    async def channel(self, slug: str | None) -> models.Channel | None:
        """The channel of that name, if the viewer may see it; retail without a name."""
        channels = await self.channels.get()
        return channels.get(slug or RETAIL)

    async def _channels(self) -> dict[str, models.Channel]:
        rows = await self._reader.all(queries.visible_channels(self._viewer))
        return {row.slug: row for row in rows}

    async def _categories(self) -> dict[UUID, models.Category]:
        statement = category_queries.visible_categories(self._viewer)
        rows = await self._reader.all(
            statement.order_by(models.Category.position, models.Category.name),
        )
        return {row.id: row for row in rows}

    async def _category_translations(self) -> dict[tuple[UUID, str], models.CategoryTranslation]:
        rows = await self._reader.all(select(models.CategoryTranslation))
        return {(row.category_id, row.language): row for row in rows}

    async def _product_types(self) -> dict[UUID, models.ProductType]:
        return {row.id: row for row in await self._reader.all(select(models.ProductType))}

    async def _indications(self) -> dict[UUID, models.GeographicalIndication]:
        rows = await self._reader.all(select(models.GeographicalIndication))
        return {row.id: row for row in rows}

    async def _attributes(self) -> tuple[list[models.Attribute], list[models.AttributeChoice]]:
        attributes = await self._reader.all(select(models.Attribute))
        choices = await self._reader.all(
            select(models.AttributeChoice).order_by(models.AttributeChoice.position),
        )
        return list(attributes), list(choices)

    async def _type_attributes(self) -> list[models.ProductTypeAttribute]:
        statement = select(models.ProductTypeAttribute).order_by(
            models.ProductTypeAttribute.position,
        )
        return list(await self._reader.all(statement))

    async def _counts(self) -> dict[UUID, int]:
        rows = await self._reader.rows(queries.displayed_by_category())
        return {row[0]: row[1] for row in rows}

    async def _collection_translation(
        self,
        keys: list[tuple[UUID, str]],
    ) -> list[models.CollectionTranslation | None]:
        statement = select(models.CollectionTranslation).where(
            models.CollectionTranslation.collection_id.in_({key[0] for key in keys}),
        )
        found = {
            (row.collection_id, row.language): row for row in await self._reader.all(statement)
        }
        return [found.get(key) for key in keys]


@dataclass(slots=True)
class ShelfCount:
    """What stands on a business's shelf."""

    products: int = 0
    certified: int = 0
    categories: set[UUID] = field(default_factory=set)


class ShelfCounts:
    """How much stands on display, by business and by place."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self.of_businesses = DataLoader[UUID, ShelfCount](load_fn=self._of_businesses)
        self.of_places = Once(self._of_places)

    async def _of_businesses(self, ids: list[UUID]) -> list[ShelfCount]:
        found: defaultdict[UUID, ShelfCount] = defaultdict(ShelfCount)
        statement = queries.shelves_of(ids, today())
        for business_id, category_id, products, certified in await self._reader.rows(statement):
            shelf = found[business_id]
            shelf.products += products
            shelf.certified += certified
            shelf.categories.add(category_id)
        return [found[business_id] for business_id in ids]

    async def _of_places(self) -> dict[UUID, int]:
        rows = await self._reader.rows(queries.displayed_by_place())
        return {row[0]: row[1] for row in rows}


def today() -> date:
    """The day in the province."""
    return datetime.now(UTC).astimezone(LOCAL_TIME).date()
