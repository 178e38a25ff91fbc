"""From a drawing to the bytes a browser loads."""

from io import BytesIO
from typing import Literal

import resvg_py
from PIL import Image

PictureFormat = Literal["WEBP", "PNG", "JPEG", "AVIF"]

_OPTIONS: dict[str, dict[str, int | bool]] = {
    "WEBP": {"quality": 80, "method": 4},
    "PNG": {"optimize": True},
    "JPEG": {"quality": 84, "optimize": True, "progressive": True},
    "AVIF": {"quality": 62, "speed": 8},
}


def rasterise(svg: str, width: int) -> Image.Image:
    """Turn a drawing into pixels; no fonts are looked for, since no drawing holds letters."""
    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    return Image.open(BytesIO(png))


def encode(svg: str, width: int, picture_format: PictureFormat = "WEBP") -> bytes:
    """Render a drawing at a width and encode it.

    Args:
        svg: A drawing of this package.
        width: Pixels across; the height follows.
        picture_format: The format of the file.

    Returns:
        The bytes of the picture file.
    """
    image = rasterise(svg, width)
    if picture_format != "PNG" and image.mode == "RGBA":
        flat = Image.new("RGB", image.size, "#FBF8F1")
        flat.paste(image, mask=image.getchannel("A"))
        image = flat
    buffer = BytesIO()
    image.save(buffer, picture_format, **_OPTIONS[picture_format])
    return buffer.getvalue()
