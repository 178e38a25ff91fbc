"""The fixed sizes of pictures, and which file answers a wish (storefront contract, c 10)."""

from collections.abc import Mapping
from typing import Any, Final, Literal

RenditionFormat = Literal["webp", "avif", "jpeg"]

OFFERED: Final = (32, 64, 128, 256, 512, 1024, 2048, 4096)
DEFAULT_SIZE: Final = 4096
STORED: Final = (32, 64, 128, 256, 512, 1024, 2048)
FORMATS: Final[tuple[RenditionFormat, ...]] = ("webp", "avif", "jpeg")
CONTENT_TYPES: Final[Mapping[RenditionFormat, str]] = {
    "webp": "image/webp",
    "avif": "image/avif",
    "jpeg": "image/jpeg",
}
_FIRST: Final = (512, 256, 1024)

Renditions = Mapping[str, Mapping[str, str]]


def nearest_size(size: int | None) -> int:
    """The offered size nearest to the wish; the smaller of two that are equally near."""
    wanted = DEFAULT_SIZE if size is None or size <= 0 else size
    return min(OFFERED, key=lambda offered: (abs(offered - wanted), offered))


def sizes_for(width: int, height: int) -> tuple[int, ...]:
    """The sizes worth making of a picture: none larger than it, and one in any case."""
    longest = max(width, height)
    return tuple(size for size in STORED if size <= longest) or (STORED[0],)


def rendering_order(width: int, height: int) -> tuple[tuple[int, RenditionFormat], ...]:
    """What to make first: the WebP of cards and pages, which nearly every browser asks for."""
    sizes = sizes_for(width, height)
    early = [(size, FORMATS[0]) for size in _FIRST if size in sizes]
    rest = [
        (size, wanted) for wanted in FORMATS for size in sizes if (size, wanted) not in set(early)
    ]
    return (*early, *rest)


def scaled(width: int, height: int, longest: int) -> tuple[int, int]:
    """The measures of a picture whose longer side shrinks to `longest`; it never grows."""
    factor = min(1.0, longest / max(width, height))
    return max(1, round(width * factor)), max(1, round(height * factor))


def rendition_key(
    renditions: Renditions,
    original: str,
    size: int | None,
    wanted: RenditionFormat | None,
    *,
    is_complete: bool = True,
) -> str:
    """The file that answers a wish best: of the size, or the next larger one that exists.

    No format means one that everything can show: JPEG, and at full size the file itself. A format
    that is not made yet is answered by WebP, a size that is not made yet by the file itself.
    """
    near = nearest_size(size)
    order: tuple[str, ...] = ("jpeg", "webp") if wanted is None else (wanted, "webp")
    for name in order:
        there = sorted(int(each) for each, formats in renditions.items() if name in formats)
        fitting = [each for each in there if each >= near]
        if fitting:
            return renditions[str(fitting[0])][name]
        if there and is_complete and wanted is not None:
            return renditions[str(there[-1])][name]
    return original


def with_rendition(renditions: Mapping[str, Any], size: int, name: str, key: str) -> dict[str, Any]:
    """The renditions and one more."""
    return {**renditions, str(size): {**renditions.get(str(size), {}), name: key}}
