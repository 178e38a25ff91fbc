"""Files and pictures for tests."""

import random
from io import BytesIO
from struct import pack
from typing import Any
from zlib import compress, crc32

from PIL import Image

from marketplace.kernel.database import new_id
from marketplace.media.models import MediaFile
from marketplace.media.rules.kinds import MediaKind, MediaState

GPS_IFD = 0x8825
ORIENTATION = 0x0112
MODEL = 0x0110


def a_media_file(**overrides: Any) -> MediaFile:
    """A public picture whose sizes are still to be made; every value may be another."""
    key = overrides.get("id", new_id())
    values: dict[str, Any] = {
        "id": key,
        "kind": MediaKind.IMAGE,
        "state": MediaState.PENDING,
        "is_private": False,
        "storage_key": f"public/00/{key}/original.jpg",
        "content_type": "image/jpeg",
        "byte_size": 1,
        "width": 800,
        "height": 600,
        "sha256": "0" * 64,
        "alt_vi": "",
        "alt_en": "",
        "renditions": {},
    }
    return MediaFile(**{**values, **overrides})


def a_picture(
    width: int = 900,
    height: int = 600,
    *,
    form: str = "JPEG",
    mode: str = "RGB",
    **options: Any,
) -> bytes:
    """A picture with something on it: its left half red, its right half green."""
    image = Image.new(mode, (width, height), "red")
    image.paste(Image.new(mode, (width // 2, height), "green"), (width - width // 2, 0))
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def a_noisy_picture(side: int) -> bytes:
    """A picture that hardly compresses."""
    noise = random.Random(7).randbytes(side * side * 3)  # noqa: S311 - a picture, no secret
    buffer = BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(buffer, "PNG")
    return buffer.getvalue()


def a_photograph_with_secrets() -> bytes:
    """A sideways photograph that tells where it was taken, with which camera, and more."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MODEL] = "Secret Camera"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (22.0, 24.0, 30.0), 3: "E", 4: (105.0, 37.0, 0.0)})
    return a_picture(600, 400, exif=exif, comment=b"secret comment")


def a_png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A small PNG that claims to be huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + name + body + pack(">I", crc32(name + body))

    header = pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = compress(bytes(1 + width // 8) * 200)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


A_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
