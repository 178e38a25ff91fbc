"""Draws the demo's pictures on every core and keeps them."""

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final

from sqlalchemy import select

from marketplace.app.seeding.drawing import Drawing, Drawn, drawing_program, drawn_elsewhere
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile
from marketplace.media.ports import MediaStore
from marketplace.media.services.uploads import Alt, PreparedPicture, store_prepared_image

MOST_PROGRAMS: Final = 4
TOGETHER: Final = 12

Change = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


async def keep_drawings(
    change: Change,
    store: MediaStore,
    drawings: Iterable[Drawing],
    progress: Callable[[int], None] = lambda _count: None,
) -> int:
    """Draw and keep those that are not there yet; how many there were of them."""
    wanted = {drawing.media_id: drawing for drawing in drawings}
    async with change() as unit:
        there = set(
            await unit.session.scalars(select(MediaFile.id).where(MediaFile.id.in_(wanted)))
        )
    missing = [drawing for key, drawing in wanted.items() if key not in there]
    progress(len(there))
    if not missing:
        return 0
    waiting = asyncio.Queue[Drawing]()
    for drawing in missing:
        waiting.put_nowait(drawing)
    count = min(MOST_PROGRAMS, len(os.sched_getaffinity(0)), len(missing))
    async with asyncio.TaskGroup() as group:
        for _each in range(count):
            group.create_task(_work(change, store, waiting, progress))
    return len(missing)


async def _work(
    change: Change,
    store: MediaStore,
    waiting: asyncio.Queue[Drawing],
    progress: Callable[[int], None],
) -> None:
    """Keep a program of our own drawing until nothing waits any more.

    Rendering holds on to Python, so that threads would use one core only.
    """
    async with drawing_program() as program:
        while not waiting.empty():
            part: list[tuple[Drawing, Drawn]] = []
            while len(part) < TOGETHER and not waiting.empty():
                drawing = waiting.get_nowait()
                part.append((drawing, await drawn_elsewhere(program, drawing)))
            await _keep(change, store, part)
            progress(len(part))


async def _keep(change: Change, store: MediaStore, drawn: Sequence[tuple[Drawing, Drawn]]) -> None:
    async with change() as unit:
        for drawing, files in drawn:
            await store_prepared_image(
                unit,
                store,
                prepared(drawing, files),
                media_id=drawing.media_id,
            )


def prepared(drawing: Drawing, drawn: Drawn) -> PreparedPicture:
    """A drawing's files in the form the media keep them in."""
    return PreparedPicture(
        drawn.files,
        drawn.width,
        drawn.height,
        drawn.colour,
        Alt(drawing.alt_vi, drawing.alt_en),
    )
