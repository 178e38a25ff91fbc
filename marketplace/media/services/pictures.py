"""Work on pixels: reading what was sent, cleaning it, making its sizes.

Pillow decodes only formats it is asked for, never more pixels than allowed, and at most two
pictures at a time, so that memory stays bounded (one of 40 million pixels takes 160 MB).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Final, TypeVar

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from marketplace.kernel.i18n import _
from marketplace.media.errors import TooManyPixelsError, UnreadableFileError
from marketplace.media.rules.sizes import RenditionFormat, scaled

T = TypeVar("T")

MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 2048
PAPER: Final = "#FBF8F1"
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_OPTIONS: Final[dict[RenditionFormat, dict[str, int | bool]]] = {
    "webp": {"quality": 78, "method": 4},
    "avif": {"quality": 58, "speed": 8, "max_threads": 1},
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
}
_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as it is kept: no metadata, upright, in sRGB, at most 2048 pixels long."""

    data: bytes
    content_type: str
    width: int
    height: int
    colour: str


async def in_worker(function: Callable[..., T], *values: object) -> T:
    """Run work on pixels beside the event loop, in turn with other such work."""
    return await asyncio.get_running_loop().run_in_executor(_workers, partial(function, *values))


def clean_picture(data: bytes) -> CleanPicture:
    """Read a picture and write it anew, without anything but its pixels.

    Raises:
        TooManyPixelsError: it has more pixels than are taken in; they are not even decoded.
        UnreadableFileError: it is damaged or cut off.
    """
    image = read_picture(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    buffer = BytesIO()
    if image.mode == "RGBA":
        image.save(buffer, "WEBP", quality=90, method=4)
        content_type = "image/webp"
    else:
        image.save(buffer, "JPEG", quality=88, optimize=True, progressive=True)
        content_type = "image/jpeg"
    return CleanPicture(buffer.getvalue(), content_type, *image.size, main_colour(image))


def read_picture(data: bytes) -> Image.Image:
    """The pixels of a file, upright, RGB or RGBA.

    Raises:
        TooManyPixelsError: there are more than are taken in.
        UnreadableFileError: it is damaged or cut off.
    """
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise TooManyPixelsError(MOST_PIXELS // 1_000_000)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            return _plain(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError(MOST_PIXELS // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableFileError(
            _("The picture is damaged or was not sent completely. Please send it again."),
        ) from error


def render(image: Image.Image, size: int, wanted: RenditionFormat) -> bytes:
    """One size of a picture in one format; transparency shows the site's paper in JPEG."""
    shown = image.resize(scaled(*image.size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if wanted == "jpeg" and shown.mode == "RGBA":
        ground = Image.new("RGB", shown.size, PAPER)
        ground.paste(shown, mask=shown.getchannel("A"))
        shown = ground
    buffer = BytesIO()
    shown.save(buffer, wanted.upper(), **_OPTIONS[wanted])
    return buffer.getvalue()


def main_colour(image: Image.Image) -> str:
    """The picture's mean colour, shown until its pixels arrive."""
    pixel = image.convert("RGB").resize((1, 1), Image.Resampling.BOX)
    return f"#{pixel.tobytes().hex()}"


def _plain(image: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB, of the first frame, without profile and metadata."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image.convert(mode)
    if profile and image.mode == mode:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), inPlace=True)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A broken profile must not cost the picture.
    plain.info.clear()
    return plain
