"""The drawn files of the site itself: band, contours, brand, icons and the shared card."""

from pathlib import Path

from marketplace.app.pictures.encode import encode
from marketplace.app.pictures.marks import (
    draw_band,
    draw_brand,
    draw_contours,
    draw_favicon,
    draw_share_card,
)


def write_static(folder: Path) -> tuple[Path, ...]:
    """Write the drawn files into a folder and name them."""
    folder.mkdir(parents=True, exist_ok=True)
    brand = draw_brand()
    files = {
        "band.svg": draw_band().encode(),
        "contours.svg": draw_contours().encode(),
        "brand.svg": brand.encode(),
        "favicon.svg": draw_favicon().encode(),
        "favicon-192.png": encode(brand, 192, "PNG"),
        "favicon-512.png": encode(brand, 512, "PNG"),
        "share.jpg": encode(draw_share_card(), 1200, "JPEG"),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)
