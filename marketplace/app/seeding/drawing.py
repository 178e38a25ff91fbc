"""Drawings of the demo as files of several sizes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image

from marketplace.app.pictures import draw_logo, draw_product, draw_scene
from marketplace.app.pictures.encode import rasterise
from marketplace.media.rules.sizes import RenditionFormat

PAPER: Final = "#FBF8F1"
# What the first page needs; the larger sizes are drawn later, by a job.
EARLY_SIZES: Final = (512, 256)
LATER_SIZES: Final = (1024, 512, 256)
_OPTIONS: Final[dict[RenditionFormat, dict[str, int | bool]]] = {
    "webp": {"quality": 80, "method": 4},
    "avif": {"quality": 58, "speed": 8, "max_threads": 1},
    "jpeg": {"quality": 82, "optimize": True, "progressive": True},
}


class Subject(StrEnum):
    """What a drawing shows."""

    PRODUCT = "product"
    SCENE = "scene"
    LOGO = "logo"


_DRAWERS: Final[dict[Subject, Callable[[str, int], str]]] = {
    Subject.PRODUCT: draw_product,
    Subject.SCENE: draw_scene,
    Subject.LOGO: lambda name, seed: draw_logo(seed, name),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing: the same words always give the same picture and the same key."""

    subject: Subject
    name: str
    seed: int
    alt_vi: str = ""
    alt_en: str = ""

    @property
    def media_id(self) -> UUID:
        """The key of its picture."""
        return uuid5(NAMESPACE_URL, f"demo:{self.subject}:{self.name}:{self.seed}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing's files."""

    width: int
    height: int
    colour: str
    files: dict[tuple[int, RenditionFormat], bytes]


def draw(
    drawing: Drawing,
    sizes: Sequence[int] = EARLY_SIZES,
    formats: Sequence[RenditionFormat] = ("webp",),
) -> Drawn:
    """Draw it at the sizes, the largest first, in each of the formats."""
    svg = _DRAWERS[drawing.subject](drawing.name, drawing.seed)
    largest = max(sizes)
    image = _flat(rasterise(svg, largest))
    files: dict[tuple[int, RenditionFormat], bytes] = {}
    for size in sizes:
        shown = (
            image
            if size == largest
            else image.resize(
                (size, round(size * image.height / image.width)),
                Image.Resampling.LANCZOS,
                reducing_gap=2.0,
            )
        )
        for wanted in formats:
            buffer = BytesIO()
            shown.save(buffer, wanted.upper(), **_OPTIONS[wanted])
            files[size, wanted] = buffer.getvalue()
    pixel = image.resize((1, 1), Image.Resampling.BOX)
    return Drawn(image.width, image.height, f"#{pixel.tobytes().hex()}", files)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    flat = Image.new("RGB", image.size, PAPER)
    flat.paste(image, mask=image.getchannel("A"))
    return flat
