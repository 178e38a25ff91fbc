"""GraphQL types of businesses."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

import strawberry

from businesses import models
from businesses.api.loaders import BusinessLoaders
from businesses.rules.businesses import BusinessKind, BusinessState, is_verified
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import (
    Image,
    JSONString,
    LanguageCodeEnum,
    ThumbnailFormatEnum,
    json_string,
)
from marketplace.media.api.types.thumbnails import picture_of
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.api.types import Place

strawberry.enum(
    BusinessKind,
    name="BusinessKindEnum",
    description="The six kinds of sellers that the law tells apart.",
)
strawberry.enum(
    BusinessState,
    name="BusinessStateEnum",
    description="Where a business stands between its first draft and its end.",
)


@strawberry.type
class BusinessTranslation:
    """A business in another language."""

    name: str | None = strawberry.field(description="The name.")
    story: JSONString | None = strawberry.field(description="Its story, an EditorJS document.")


@strawberry.type
class Business:
    """A business of the province: it sells, makes or hires."""

    id: strawberry.ID = strawberry.field(description="The id of the business.")
    code: str = strawberry.field(description="The code under which the department knows it.")
    slug: str = strawberry.field(description="Its name in addresses: /b/<slug>.")
    name: str = strawberry.field(description="The Vietnamese name.")
    kind: BusinessKind = strawberry.field(description="Which of the six kinds it is.")
    state: BusinessState = strawberry.field(description="Whether it is open.")
    verification_level: int = strawberry.field(description="How far it is verified, 0 to 4.")
    is_verified: bool = strawberry.field(description="Whether that counts as verified.")
    is_demo: bool = strawberry.field(description="Whether it is invented for the demo.")
    hamlet: str = strawberry.field(description="The hamlet, or street and number.")
    phone: str | None = strawberry.field(description="The number buyers may call.")
    email: str | None = strawberry.field(description="The address buyers may write to.")
    zalo_url: str | None = strawberry.field(description="Where it answers on Zalo.")
    website_url: str | None = strawberry.field(description="Its own web site.")
    founded_on: date | None = strawberry.field(description="Since when it exists.")
    story: JSONString | None = strawberry.field(description="Its story, an EditorJS document.")
    created: datetime = strawberry.field(description="Since when it is here.")
    key: strawberry.Private[UUID]
    place_key: strawberry.Private[UUID | None]
    logo_key: strawberry.Private[UUID | None]
    banner_key: strawberry.Private[UUID | None]

    @classmethod
    def of(cls, business: models.Business) -> Self:
        """The business as the schema shows it."""
        return cls(
            id=to_global("Business", business.id),
            code=business.code,
            slug=business.slug,
            name=business.name,
            kind=business.kind,
            state=business.state,
            verification_level=business.verification_level,
            is_verified=is_verified(business.verification_level),
            is_demo=business.is_demo,
            hamlet=business.hamlet,
            phone=business.phone,
            email=business.email,
            zalo_url=f"https://zalo.me/{business.zalo}" if business.zalo else None,
            website_url=business.website_url,
            founded_on=business.founded_on,
            story=json_string(business.story),
            created=business.created_at,
            key=business.id,
            place_key=business.place_id,
            logo_key=business.logo_id,
            banner_key=business.banner_id,
        )

    @strawberry.field
    async def place(self, info: Info) -> Place | None:
        """The commune it is at home in."""
        if self.place_key is None:
            return None
        row = await info.context.once(PlaceLoaders).by_id.load(self.place_key)
        return None if row is None else Place.of(row)

    @strawberry.field
    async def logo(
        self,
        info: Info,
        size: int | None = None,
        format: ThumbnailFormatEnum | None = ThumbnailFormatEnum.ORIGINAL,
    ) -> Image | None:
        """Its mark."""
        picture = await picture_of(info.context, self.logo_key, size, format)
        return described(picture, self.name)

    @strawberry.field
    async def banner(
        self,
        info: Info,
        size: int | None = None,
        format: ThumbnailFormatEnum | None = ThumbnailFormatEnum.ORIGINAL,
    ) -> Image | None:
        """The picture over its page."""
        picture = await picture_of(info.context, self.banner_key, size, format)
        return described(picture, self.name)

    @strawberry.field
    async def translation(
        self,
        info: Info,
        language_code: LanguageCodeEnum,
    ) -> BusinessTranslation | None:
        """Its words in another language, if there are any."""
        key = (self.key, language_code.value)
        row = await info.context.once(BusinessLoaders).translation.load(key)
        if row is None:
            return None
        return BusinessTranslation(name=row.name, story=json_string(row.story))


def described(picture: Image | None, words: str) -> Image | None:
    """The picture; who does not see it hears at least whose it is."""
    return None if picture is None else Image(url=picture.url, alt=picture.alt or words)


@strawberry.type
class PlaceBusinesses:
    """What businesses add to `Place`."""

    @strawberry.field
    async def banner(
        self,
        parent: strawberry.Parent[Place],
        info: Info,
        size: int | None = None,
        format: ThumbnailFormatEnum | None = ThumbnailFormatEnum.ORIGINAL,
    ) -> Image | None:
        """The picture over the page of the place."""
        picture = await picture_of(info.context, parent.banner_key, size, format)
        return described(picture, parent.full_name)
