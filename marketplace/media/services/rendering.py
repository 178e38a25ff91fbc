"""Making the sizes of pictures."""

from collections.abc import Mapping
from uuid import UUID

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media import queries
from marketplace.media.events import PictureReady
from marketplace.media.models import MediaFile
from marketplace.media.rules.kinds import MediaState
from marketplace.media.rules.sizes import RenditionFormat, rendering_order, with_rendition

Rendered = Mapping[tuple[int, RenditionFormat], str]


def missing_sizes(media: MediaFile) -> tuple[tuple[int, RenditionFormat], ...]:
    """What is still to be made of a picture, in the order in which it is wanted."""
    if media.is_private or media.width is None or media.height is None:
        return ()
    return tuple(
        (size, wanted)
        for size, wanted in rendering_order(media.width, media.height)
        if wanted not in media.renditions.get(str(size), {})
    )


async def record_renditions(unit: UnitOfWork, media_id: UUID, rendered: Rendered) -> MediaFile:
    """Note the sizes that were made; with the last one the picture is ready.

    Raises:
        NotFoundError: the picture was removed in the meantime.
    """
    media = await _locked(unit, media_id)
    renditions = media.renditions
    for (size, wanted), key in rendered.items():
        renditions = with_rendition(renditions, size, wanted, key)
    media.renditions = renditions
    if media.state is MediaState.PENDING and not missing_sizes(media):
        media.state = MediaState.READY
        unit.announce(PictureReady(media.id))
    return media


async def give_up_picture(unit: UnitOfWork, media_id: UUID) -> None:
    """Say that no sizes can be made of a picture: its file is gone or cannot be read."""
    media = await _locked(unit, media_id)
    media.state = MediaState.FAILED


async def _locked(unit: UnitOfWork, media_id: UUID) -> MediaFile:
    media = await unit.session.scalar(queries.media_for_change(media_id))
    if media is None:
        raise NotFoundError(_("There is no such file."))
    return media
