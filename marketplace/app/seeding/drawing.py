"""Drawings of the demo as files of several sizes.

Run as a program it draws what it reads: a line of JSON for each drawing on its standard input,
and on its output a line of JSON that describes the files, followed by their bytes.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from PIL import Image

from marketplace.app.pictures import draw_logo, draw_product, draw_scene
from marketplace.app.pictures.encode import rasterise
from marketplace.media.rules.sizes import RenditionFormat

PAPER: Final = "#FBF8F1"
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


# What the first pages need: cards, wide banners, marks. Goods are drawn larger later, by a job.
EARLY_SIZES: Final[dict[Subject, tuple[int, ...]]] = {
    Subject.PRODUCT: (512, 256),
    Subject.SCENE: (1024, 512),
    Subject.LOGO: (256, 128),
}
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
    sizes: Sequence[int] = (),
    formats: Sequence[RenditionFormat] = ("webp",),
) -> Drawn:
    """Draw it at the sizes (those of the first pages when none are told) in each format."""
    sizes = sizes or EARLY_SIZES[drawing.subject]
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


def serve() -> None:
    """Draw until there is nothing more to read, at the sizes the arguments name if any."""
    sizes = [int(size) for size in sys.argv[1:]]
    for line in sys.stdin.buffer:
        drawn = draw(Drawing(**json.loads(line)), sizes)
        files = [[size, name, len(data)] for (size, name), data in drawn.files.items()]
        told = [drawn.width, drawn.height, drawn.colour, files]
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(drawn.files.values()))
        sys.stdout.buffer.flush()


@asynccontextmanager
async def drawing_program(
    sizes: Sequence[int] = (),
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A program of our own that draws at these sizes; rendering holds on to Python itself."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "marketplace.app.seeding.drawing", *map(str, sizes)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield program
    finally:
        # Without anything more to read it ends by itself.
        if program.stdin is not None:
            program.stdin.close()
        await program.wait()


async def drawn_elsewhere(program: asyncio.subprocess.Process, drawing: Drawing) -> Drawn:
    """What the program draws.

    Raises:
        OSError: the program ended.
    """
    if program.stdin is None or program.stdout is None:
        raise OSError("the program has no pipes")
    program.stdin.write(json.dumps(asdict(drawing)).encode() + b"\n")
    await program.stdin.drain()
    answer = await program.stdout.readline()
    if not answer:
        raise OSError("the program that draws has ended")
    width, height, colour, files = json.loads(answer)
    found = {(size, name): await program.stdout.readexactly(length) for size, name, length in files}
    return Drawn(width, height, colour, found)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    flat = Image.new("RGB", image.size, PAPER)
    flat.paste(image, mask=image.getchannel("A"))
    return flat


if __name__ == "__main__":
    serve()
