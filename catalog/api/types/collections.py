"""Collections as the schema shows them; their products are added by the lists."""

from typing import Self
from uuid import UUID

import strawberry

from catalog import models
from catalog.api.loaders import CatalogLoaders
from catalog.api.types.attributes import AssignedAttribute
from catalog.api.types.pictures import background
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import Image, JSONString, LanguageCodeEnum, json_string


@strawberry.type
class CollectionTranslation:
    """A collection in another language."""

    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    slug: str | None = strawberry.field(description="Its name in addresses of that language.")
    name: str | None = strawberry.field(description="The name.")
    description: JSONString | None = strawberry.field(description="An EditorJS document.")

    @classmethod
    def of(cls, row: models.CollectionTranslation) -> Self:
        """The translation as the schema shows it."""
        return cls(
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            slug=row.slug,
            name=row.name,
            description=json_string(row.description),
        )


@strawberry.type
class Collection:
    """Goods shown together."""

    id: strawberry.ID = strawberry.field(description="The id of the collection.")
    name: str = strawberry.field(description="The Vietnamese name.")
    slug: str = strawberry.field(description="Its name in addresses.")
    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    description: JSONString | None = strawberry.field(description="An EditorJS document.")
    channel: str | None = strawberry.field(description="The channel it was asked for in.")
    key: strawberry.Private[UUID]
    background_key: strawberry.Private[UUID | None]
    prices: strawberry.Private[models.Channel | None]

    @classmethod
    def of(cls, row: models.Collection, channel: models.Channel | None = None) -> Self:
        """The collection as the schema shows it, in the channel it was reached in."""
        return cls(
            id=to_global("Collection", row.id),
            name=row.name,
            slug=row.slug,
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            description=json_string(row.description),
            channel=channel.slug if channel is not None else None,
            key=row.id,
            background_key=row.background_id,
            prices=channel,
        )

    @strawberry.field
    async def background_image(self, info: Info, size: int | None = None) -> Image | None:
        """The picture over its page."""
        return await background(info, self.background_key, size, self.name)

    @strawberry.field
    async def translation(
        self,
        info: Info,
        language_code: LanguageCodeEnum,
    ) -> CollectionTranslation | None:
        """Its words in another language, if there are any."""
        key = (self.key, language_code.value)
        row = await info.context.once(CatalogLoaders).collection_translation.load(key)
        return None if row is None else CollectionTranslation.of(row)


@strawberry.type
class AssignedSingleCollectionReferenceAttribute(AssignedAttribute):
    """A collection that a thing is linked to."""

    value: Collection | None = strawberry.field(description="The collection.")
