"""Draws the demo's pictures on every core and keeps them."""

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from typing import Final

from sqlalchemy import select

from marketplace.app.seeding.drawing import Drawing, Drawn, draw
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.models import MediaFile
from marketplace.media.ports import MediaStore
from marketplace.media.services.uploads import Alt, PreparedPicture, store_prepared_image

MOST_THREADS: Final = 4
TOGETHER: Final = 24

Change = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


async def keep_drawings(
    change: Change,
    store: MediaStore,
    drawings: Iterable[Drawing],
    progress: Callable[[int], None],
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
    count = min(MOST_THREADS, len(os.sched_getaffinity(0)), len(missing))
    loop = asyncio.get_running_loop()
    # Rendering and encoding leave Python alone, so that threads use every core.
    with ThreadPoolExecutor(count, thread_name_prefix="drawing") as pool:
        running = [(each, loop.run_in_executor(pool, draw, each)) for each in missing]
        for start in range(0, len(running), TOGETHER):
            part = running[start : start + TOGETHER]
            await _keep(change, store, [(each, await drawn) for each, drawn in part])
            progress(len(part))
    return len(missing)


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
