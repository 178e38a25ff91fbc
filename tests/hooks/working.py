"""A worker beside the test, and waiting for what it does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from marketplace.app.composition import Composition
from marketplace.app.worker import open_worker


@asynccontextmanager
async def working(house: Composition) -> AsyncIterator[None]:
    """A worker of the house, working off jobs until the block ends."""
    async with open_worker(str(house.settings.database_url)) as app:
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=4,
                install_signal_handlers=False,
                delete_jobs="successful",
                fetch_job_polling_interval=0.2,
                additional_context={"tools": house},
            ),
        )
        try:
            yield
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it holds."""
    for _ in range(200):
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")
