"""A worker process: runs jobs, and takes up again what a killed worker left undone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from procrastinate import App

from marketplace.app.composition import Composition
from marketplace.app.settings import Settings
from marketplace.app.worker import open_worker
from marketplace.hooks.tasks import WEBHOOKS

CONCURRENCY: Final = 4
CARRIERS: Final = 8
GRACE_SECONDS: Final = 8.0
STALLED_SECONDS: Final = 45.0

log = structlog.get_logger(__name__)


async def work(settings: Settings, *, waits: bool = True) -> None:
    """Runs jobs until a signal to stop; without `waits`, until none is due."""
    composition = Composition(settings)
    try:
        async with (
            open_worker(str(settings.database_url)) as app,
            _rescue(app),
            _carrying(app, composition, waits=waits),
        ):
            await app.run_worker_async(
                queues=[*{task.queue for task in app.tasks.values()} - {WEBHOOKS}],
                concurrency=CONCURRENCY,
                wait=waits,
                delete_jobs="successful",
                additional_context={"tools": composition},
                shutdown_graceful_timeout=GRACE_SECONDS,
            )
    finally:
        await composition.close()


async def retry_stalled(app: App) -> int:
    """Puts jobs whose worker is no longer heard of back into the queue, and counts them."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    count = 0
    for job in stalled:
        await app.job_manager.retry_job(job)
        count += 1
    if count:
        log.warning("Jobs of a lost worker are tried again.", jobs=count)
    return count


@asynccontextmanager
async def _carrying(app: App, composition: Composition, *, waits: bool) -> AsyncIterator[None]:
    """Carries messages to other systems beside everything else: theirs are the slow machines."""
    carrying = asyncio.create_task(
        app.run_worker_async(
            name="webhooks",
            queues=[WEBHOOKS],
            concurrency=CARRIERS,
            wait=waits,
            delete_jobs="successful",
            additional_context={"tools": composition},
            install_signal_handlers=False,
            shutdown_graceful_timeout=GRACE_SECONDS,
        ),
    )
    try:
        yield
        if not waits:
            await carrying
    finally:
        carrying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await carrying


@asynccontextmanager
async def _rescue(app: App) -> AsyncIterator[None]:
    """Looks for stalled jobs as long as the worker runs."""

    async def look() -> None:
        while True:
            await retry_stalled(app)
            await asyncio.sleep(STALLED_SECONDS)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking
