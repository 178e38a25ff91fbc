"""A product as the schema shows it, and its list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import strawberry

from businesses.api.loaders import BusinessLoaders
from businesses.api.types import Business
from catalog import models
from catalog.api.loaders import Batch, CatalogLoaders
from catalog.api.types.attributes import AssignedAttribute, AttributeBook, SelectedAttribute
from catalog.api.types.categories import Category
from catalog.api.types.certificates import FoodPaper, GeographicalIndication, OcopCertificate
from catalog.api.types.collections import Collection
from catalog.api.types.money import ProductPricingInfo
from catalog.api.types.pictures import ProductMedia, picture
from catalog.api.types.variants import ProductVariant, media_of
from catalog.queries.shown import ShownListing, ShownProduct
from catalog.rules import ProductState, StockStatus, stock_status
from marketplace.kernel.context import Info
from marketplace.kernel.graph.compose import extend_type
from marketplace.kernel.graph.connection import CountableConnection, Paging, plain_connection
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import (
    Image,
    JSONString,
    LanguageCodeEnum,
    PositiveInt,
    ThumbnailFormatEnum,
    json_string,
)
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.api.types import Place

strawberry.enum(StockStatus, name="StockStatusEnum", description="What a buyer is told of stock.")
strawberry.enum(
    ProductState,
    name="ProductStateEnum",
    description="Where a product stands between its first draft and the shelf.",
)


@strawberry.type
class ProductType:
    """A family of goods that share their attributes."""

    id: strawberry.ID = strawberry.field(description="The id of the type.")
    slug: str = strawberry.field(description="Its name in filters.")
    name: str = strawberry.field(description="The Vietnamese name.")


@strawberry.type
class LanguageDisplay:
    """A language."""

    code: LanguageCodeEnum = strawberry.field(description="Its code.")


@strawberry.type
class ProductTranslation:
    """A product in another language."""

    id: strawberry.ID = strawberry.field(description="The id of the translation.")
    language: LanguageDisplay = strawberry.field(description="Its language.")
    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    slug: str | None = strawberry.field(description="Its name in addresses of that language.")
    name: str | None = strawberry.field(description="The name.")
    description: JSONString | None = strawberry.field(description="An EditorJS document.")

    @classmethod
    def of(cls, row: models.ProductTranslation, code: LanguageCodeEnum) -> Self:
        """The translation as the schema shows it."""
        return cls(
            id=to_global("ProductTranslation", row.product_id),
            language=LanguageDisplay(code=code),
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            slug=row.slug,
            name=row.name,
            description=json_string(row.description),
        )


@strawberry.type
class Product:
    """Something a business offers, in one or more variants."""

    id: strawberry.ID = strawberry.field(description="The id of the product.")
    name: str = strawberry.field(description="The Vietnamese name.")
    slug: str = strawberry.field(description="Its name in addresses.")
    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    created: datetime = strawberry.field(description="Since when it is here.")
    updated_at: datetime = strawberry.field(description="When it was changed last.")
    channel: str | None = strawberry.field(description="The channel it was asked for in.")
    harvest_months: list[int] = strawberry.field(description="The months of its season, 1 to 12.")
    row: strawberry.Private[models.Product | ShownProduct]
    batch: strawberry.Private[Batch]

    @classmethod
    def of(cls, row: models.Product | ShownProduct, batch: Batch) -> Self:
        """The product as the schema shows it, with the batch it was fetched in."""
        return cls(
            id=to_global("Product", row.id),
            name=row.name,
            slug=row.slug,
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            created=row.created_at,
            updated_at=row.updated_at,
            channel=batch.channel.slug if batch.channel is not None else None,
            harvest_months=row.harvest_months,
            row=row,
            batch=batch,
        )

    @property
    def key(self) -> UUID:
        """The key of the row."""
        return self.row.id

    @strawberry.field
    def description(self) -> JSONString | None:
        """An EditorJS document."""
        return json_string(self.row.description)

    @strawberry.field
    def state(self) -> ProductState:
        """Draft, published or withdrawn."""
        return self.row.state

    @strawberry.field
    def pricing(self) -> ProductPricingInfo | None:
        """What it costs in the channel; none where it has no price there."""
        if (now := self.batch.listings.value) is not None:
            return self._pricing(now)
        return self._pricing_later()  # type: ignore[return-value]  # a promise, resolved by the runner

    async def _pricing_later(self) -> ProductPricingInfo | None:
        return self._pricing(await self.batch.listings.get())

    def _pricing(
        self, listings: Mapping[UUID, models.Listing | ShownListing]
    ) -> ProductPricingInfo | None:
        listing = listings.get(self.key)
        return None if listing is None else ProductPricingInfo(listing=listing)

    @strawberry.field
    def variants(self) -> list[ProductVariant] | None:
        """All its variants on sale."""
        if self.batch.variants.value is not None:
            return self._shown_variants()
        return self._variants_later()  # type: ignore[return-value]  # a promise, resolved by the runner

    async def _variants_later(self) -> list[ProductVariant]:
        await self.batch.variants.get()
        return self._shown_variants()

    def _shown_variants(self) -> list[ProductVariant]:
        facts = (self.batch.variants.value or {}).get(self.key, [])
        return [ProductVariant.of(each, self.row, self.batch) for each in facts]

    @strawberry.field
    async def product_variants(
        self,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[ProductVariant] | None:
        """Its variants on sale, page by page."""
        variants = await self._variants_later()
        return plain_connection(variants, Paging(first, after, last, before))

    @strawberry.field
    async def is_available(self) -> bool | None:
        """Whether it can be bought now."""
        listing = (await self.batch.listings.get()).get(self.key)
        return self.row.is_displayed and listing is not None and listing.available > 0

    @strawberry.field
    async def is_available_for_purchase(self) -> bool | None:
        """Whether it is on sale at all, in stock or not."""
        return self.row.is_displayed and self.key in await self.batch.listings.get()

    @strawberry.field
    async def stock_status(self) -> StockStatus:
        """In stock, few left, or out."""
        listing = (await self.batch.listings.get()).get(self.key)
        return stock_status(listing.available if listing is not None else 0)

    @strawberry.field
    def thumbnail(
        self,
        size: int | None = None,
        format: ThumbnailFormatEnum | None = ThumbnailFormatEnum.ORIGINAL,
    ) -> Image | None:
        """Its first picture in the size nearest to the wish."""
        wanted = format or ThumbnailFormatEnum.ORIGINAL
        if self.batch.covers.value is not None:
            return self._cover(size, wanted)
        return self._cover_later(size, wanted)  # type: ignore[return-value]  # a promise, resolved by the runner

    async def _cover_later(self, size: int | None, wanted: ThumbnailFormatEnum) -> Image | None:
        await self.batch.covers.get()
        return self._cover(size, wanted)

    def _cover(self, size: int | None, wanted: ThumbnailFormatEnum) -> Image | None:
        if self.row.cover_id is None:
            return None
        media = (self.batch.covers.value or {}).get(self.row.cover_id)
        return picture(self.batch.context, media, size, wanted, self.name)

    @strawberry.field
    async def media(self) -> list[ProductMedia] | None:
        """Its pictures, in order."""
        pictures = await self.batch.pictures.get()
        return [
            media_of(place.position, file, place.alt or self.name)
            for place, file in pictures.get(self.key, [])
        ]

    @strawberry.field
    def category(self) -> Category | None:
        """Where it stands in the category tree."""
        if (tree := self.batch.categories.value) is not None:
            return self._category(tree)
        return self._category_later()  # type: ignore[return-value]  # a promise, resolved by the runner

    async def _category_later(self) -> Category | None:
        return self._category(await self.batch.categories.get())

    def _category(self, tree: dict[UUID, models.Category]) -> Category | None:
        row = tree.get(self.row.category_id)
        return None if row is None else Category.of(row, self.batch.channel)

    @strawberry.field
    async def product_type(self, info: Info) -> ProductType:
        """The family of goods it belongs to."""
        types = await info.context.once(CatalogLoaders).product_types.get()
        row = types[self.row.product_type_id]
        return ProductType(id=to_global("ProductType", row.id), slug=row.slug, name=row.name)

    @strawberry.field
    async def collections(
        self,
    ) -> list[Collection] | None:
        """The collections it stands in."""
        found = await self.batch.collections.get()
        return [Collection.of(row, self.batch.channel) for row in found.get(self.key, [])]

    @strawberry.field
    async def assigned_attribute(self, info: Info, slug: str) -> AssignedAttribute | None:
        """Its value of one attribute."""
        found = await self._assigned(info, {slug: self.row.attributes.get(slug)})
        return next(iter(found), None)

    @strawberry.field
    async def assigned_attributes(
        self,
        info: Info,
        limit: PositiveInt | None = PositiveInt(100),  # noqa: B008 - a NewType of int
    ) -> list[AssignedAttribute]:
        """Its attributes."""
        return (await self._assigned(info, self.row.attributes))[:limit]

    async def _assigned(self, info: Info, values: dict[str, Any]) -> list[AssignedAttribute]:
        book = AttributeBook(*await info.context.once(CatalogLoaders).attributes.get())
        return book.assigned({slug: value for slug, value in values.items() if value is not None})

    @strawberry.field
    async def attributes(self, info: Info) -> list[SelectedAttribute]:
        """Its attributes, in the contract's older shape."""
        book = AttributeBook(*await info.context.once(CatalogLoaders).attributes.get())
        return book.selected(self.row.attributes)

    @strawberry.field
    async def translation(self, language_code: LanguageCodeEnum) -> ProductTranslation | None:
        """Its words in another language, if there are any."""
        translations = await self.batch.translations.get()
        row = translations.get((self.key, language_code.value))
        return None if row is None else ProductTranslation.of(row, language_code)

    @strawberry.field
    async def business(self, info: Info) -> Business:
        """The business that offers it."""
        row = await info.context.once(BusinessLoaders).by_id.load(self.row.business_id)
        if row is None:
            raise LookupError(self.row.business_id)
        return Business.of(row)

    @strawberry.field
    async def origin_place(self, info: Info) -> Place | None:
        """The commune it comes from."""
        if self.row.origin_place_id is None:
            return None
        row = await info.context.once(PlaceLoaders).by_id.load(self.row.origin_place_id)
        return None if row is None else Place.of(row)

    @strawberry.field
    async def certificate(self) -> OcopCertificate | None:
        """Its OCOP certificate, while it holds."""
        row = (await self.batch.certificates.get()).get(self.key)
        return None if row is None else OcopCertificate.of(row)

    @strawberry.field
    async def geographical_indication(self, info: Info) -> GeographicalIndication | None:
        """The protected name of origin it bears."""
        if self.row.geographical_indication_id is None:
            return None
        names = await info.context.once(CatalogLoaders).indications.get()
        return GeographicalIndication.of(names[self.row.geographical_indication_id])

    @strawberry.field
    async def food_papers(self) -> list[FoodPaper]:
        """Its food-safety papers."""
        papers = await self.batch.papers.get()
        return [FoodPaper.of(row) for row in papers.get(self.key, [])]


@strawberry.type
class VariantProduct:
    """What the product adds to `ProductVariant`."""

    @strawberry.field
    def product(self, parent: strawberry.Parent[ProductVariant]) -> Product:
        """The product it is a packing of."""
        return Product.of(parent.owner, parent.batch)


extend_type(ProductVariant, VariantProduct)
