"""Pictures of goods as the contract shows them."""

from enum import Enum
from uuid import UUID

import strawberry

from marketplace.kernel.context import Info, RequestContext
from marketplace.kernel.graph.scalars import Image, ThumbnailFormatEnum
from marketplace.media.api.types.thumbnails import picture_of, thumbnail
from marketplace.media.models import MediaFile, ShownMedia
from marketplace.media.ports import MEDIA_STORE


@strawberry.enum(description="What kind of picture it is.")
class ProductMediaType(Enum):
    """Videos are in the contract; we show pictures."""

    IMAGE = "image"
    VIDEO = "video"


def picture(
    context: RequestContext,
    media: MediaFile | ShownMedia | None,
    size: int | None,
    wanted: ThumbnailFormatEnum | None,
    words: str,
) -> Image | None:
    """The picture in the size nearest to the wish; who does not see it hears the words."""
    base = context.ports[MEDIA_STORE].base_url
    found = thumbnail(media, size, wanted, base, context.language)
    if found is not None and found.alt is None:
        found.alt = words
    return found


async def background(
    info: Info,
    media_id: UUID | None,
    size: int | None,
    words: str,
) -> Image | None:
    """The picture of that key, as WebP."""
    found = await picture_of(info.context, media_id, size, ThumbnailFormatEnum.WEBP)
    if found is not None and found.alt is None:
        found.alt = words
    return found


@strawberry.type
class ProductMedia:
    """A picture of a product or of a variant."""

    id: strawberry.ID = strawberry.field(description="The id of the picture.")
    alt: str = strawberry.field(description="What it shows, in words.")
    type: ProductMediaType = strawberry.field(description="What kind of picture it is.")
    sort_order: int | None = strawberry.field(description="Its place among the pictures.")
    file: strawberry.Private[MediaFile]

    @strawberry.field
    def url(
        self,
        info: Info,
        size: int | None = None,
        format: ThumbnailFormatEnum | None = ThumbnailFormatEnum.ORIGINAL,
    ) -> str:
        """Its absolute address in the size nearest to the wish."""
        found = picture(info.context, self.file, size, format, self.alt)
        return found.url if found is not None else ""
