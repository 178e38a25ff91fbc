"""Pictures of goods as the contract shows them."""

from enum import Enum
from uuid import UUID

import strawberry

from catalog.api.loaders import CatalogLoaders
from marketplace.kernel.context import Info
from marketplace.kernel.graph.scalars import Image, ThumbnailFormatEnum
from marketplace.media.models import MediaFile
from marketplace.media.ports import MEDIA_STORE
from marketplace.media.rules.sizes import RenditionFormat, rendition_key

_FORMATS: dict[ThumbnailFormatEnum, RenditionFormat | None] = {
    ThumbnailFormatEnum.ORIGINAL: None,
    ThumbnailFormatEnum.AVIF: "avif",
    ThumbnailFormatEnum.WEBP: "webp",
}


@strawberry.enum(description="What kind of picture it is.")
class ProductMediaType(Enum):
    """Videos are in the contract; we show pictures."""

    IMAGE = "image"
    VIDEO = "video"


def picture_url(
    info: Info,
    media: MediaFile,
    size: int | None,
    wanted: ThumbnailFormatEnum,
) -> str:
    """The absolute address of the size nearest to the wish."""
    key = rendition_key(media.renditions, media.storage_key, size, _FORMATS[wanted])
    return info.context.ports[MEDIA_STORE].base_url + key


def picture(
    info: Info,
    media: MediaFile | None,
    size: int | None,
    wanted: ThumbnailFormatEnum,
    alt: str,
) -> Image | None:
    """The picture, None without one."""
    if media is None:
        return None
    spoken = media.alt_en if info.context.language == "en" else media.alt_vi
    return Image(url=picture_url(info, media, size, wanted), alt=spoken or alt)


async def background(
    info: Info,
    media_id: UUID | None,
    size: int | None,
    alt: str,
) -> Image | None:
    """The picture of that key, as WebP."""
    if media_id is None:
        return None
    media = await info.context.once(CatalogLoaders).media.load(media_id)
    return picture(info, media, size, ThumbnailFormatEnum.WEBP, alt)


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
        format: ThumbnailFormatEnum | None = ThumbnailFormatEnum.ORIGINAL,  # noqa: A002
    ) -> str:
        """Its absolute address in the size nearest to the wish."""
        return picture_url(info, self.file, size, format or ThumbnailFormatEnum.ORIGINAL)
