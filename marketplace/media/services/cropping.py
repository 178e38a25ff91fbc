"""Cutting a picture square: lists show squares, and a telephone takes none."""

from enum import StrEnum
from io import BytesIO
from uuid import UUID

from PIL import Image

from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile
from marketplace.media.ports import MediaStore
from marketplace.media.services.pictures import in_worker, read_picture
from marketplace.media.services.uploads import Alt, upload_image


class CropPart(StrEnum):
    """Which part of the longer side is kept."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


async def crop_square(
    unit: UnitOfWork, store: MediaStore, media_id: UUID, part: CropPart
) -> MediaFile:
    """A square of a public picture, as a picture of its own; the first one stays as it is.

    Raises:
        NotFoundError: there is no such picture.
    """
    media = await unit.session.get(MediaFile, media_id)
    if media is None or media.is_private or media.width is None:
        raise NotFoundError(_("One of the pictures does not exist."), field="picture")
    if media.width == media.height:
        return media
    data = await store.get(media.storage_key)
    square = await in_worker(cut_square, data, part)
    return await upload_image(unit, store, square, alt=Alt(media.alt_vi, media.alt_en))


def cut_square(data: bytes, part: CropPart) -> bytes:
    """The square at the start, in the middle or at the end of the longer side."""
    image = read_picture(data)
    width, height = image.size
    side = min(width, height)
    share = {CropPart.START: 0.0, CropPart.MIDDLE: 0.5, CropPart.END: 1.0}[part]
    left, top = round((width - side) * share), round((height - side) * share)
    buffer = BytesIO()
    cut: Image.Image = image.crop((left, top, left + side, top + side))
    if cut.mode == "RGBA":
        cut.save(buffer, "WEBP", quality=92)
    else:
        cut.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()
