"""A picture's address in a wished size: no waiting, so that lists of a hundred stay cheap."""

from typing import Final
from uuid import UUID

from marketplace.kernel.context import RequestContext
from marketplace.kernel.graph.scalars import Image, ThumbnailFormatEnum
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, Language
from marketplace.media.api.loaders import MediaLoaders
from marketplace.media.models import MediaFile, ShownMedia
from marketplace.media.ports import MEDIA_STORE
from marketplace.media.rules.kinds import MediaState
from marketplace.media.rules.sizes import RenditionFormat, rendition_key

_WANTED: Final[dict[ThumbnailFormatEnum, RenditionFormat | None]] = {
    ThumbnailFormatEnum.ORIGINAL: None,
    ThumbnailFormatEnum.AVIF: "avif",
    ThumbnailFormatEnum.WEBP: "webp",
}


def thumbnail(
    media: MediaFile | ShownMedia | None,
    size: int | None,
    wanted: ThumbnailFormatEnum | None,
    base_url: str,
    language: Language = DEFAULT_LANGUAGE,
) -> Image | None:
    """The picture in the offered size nearest to the wish; nothing for private files.

    Args:
        media: the picture, if there is one.
        size: the longer side in pixels, the whole picture without one.
        wanted: the format, one that everything shows without one.
        base_url: `ports[MEDIA_STORE].base_url`.
        language: the language of the words for those who do not see it.
    """
    if media is None or media.is_private:
        return None
    key = rendition_key(
        media.renditions,
        media.storage_key,
        size,
        _WANTED[wanted or ThumbnailFormatEnum.ORIGINAL],
        is_complete=media.state is MediaState.READY,
    )
    words = (media.alt_en or media.alt_vi) if language == "en" else (media.alt_vi or media.alt_en)
    return Image(url=f"{base_url}{key}", alt=words or None)


async def picture_of(
    context: RequestContext,
    media_id: UUID | None,
    size: int | None,
    wanted: ThumbnailFormatEnum | None,
) -> Image | None:
    """The picture with that key, batched with its neighbours' (one statement for a list)."""
    if media_id is None:
        return None
    media = await context.once(MediaLoaders).by_id.load(media_id)
    return thumbnail(media, size, wanted, context.ports[MEDIA_STORE].base_url, context.language)
