"""Opening private files."""

from uuid import UUID

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.events import PrivateFileViewed
from marketplace.media.models import MediaFile


async def open_private_file(
    unit: UnitOfWork,
    media_id: UUID,
    viewer_id: UUID | None,
    address: str | None,
) -> MediaFile:
    """The file behind a valid link; the look is told before a byte leaves.

    Raises:
        NotFoundError: it is gone, or is not private at all.
    """
    media = await unit.session.get(MediaFile, media_id)
    if media is None or not media.is_private:
        raise NotFoundError(_("There is no such file."))
    unit.announce(PrivateFileViewed(media.id, viewer_id, address))
    return media
