"""Work on media that nobody waits for."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy

from marketplace.kernel.database import Reader
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.jobs import Tools, defer, tools_of
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media import queries
from marketplace.media.errors import TooManyPixelsError, UnreadableFileError
from marketplace.media.models import MediaFile
from marketplace.media.ports import MEDIA_STORE, MissingFileError, StoreError
from marketplace.media.rules.keys import rendition_key_of
from marketplace.media.rules.kinds import EXTENSIONS
from marketplace.media.rules.sizes import CONTENT_TYPES, RenditionFormat
from marketplace.media.services.cleaning import find_strays, remove_orphans
from marketplace.media.services.pictures import in_worker, read_picture, render
from marketplace.media.services.rendering import (
    give_up_picture,
    missing_sizes,
    record_renditions,
)

jobs = Blueprint()
log = structlog.get_logger(__name__)

_LATE = timedelta(minutes=30)
_AT_ONCE = 3


@jobs.task(
    name="render_sizes",
    queue="media",
    pass_context=True,
    retry=RetryStrategy(max_attempts=5, exponential_wait=4, retry_exceptions=[StoreError]),
)
async def render_sizes(context: JobContext, media_id: str) -> None:
    """Make every size of a picture that is not there yet; it may be run any number of times."""
    tools, key = tools_of(context), UUID(media_id)
    async with tools.sessions() as session:
        media = await Reader(session).first(queries.media_among(SYSTEM, [key]))
    if media is None or not (wanted := missing_sizes(media)):
        return
    try:
        await _render(tools, media, wanted)
    except (MissingFileError, UnreadableFileError, TooManyPixelsError) as error:
        log.warning("media.unreadable", media_id=media_id, reason=str(error))
        async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
            await give_up_picture(unit, key)
    except NotFoundError:
        log.info("media.removed", media_id=media_id)


async def _render(
    tools: Tools,
    media: MediaFile,
    wanted: tuple[tuple[int, RenditionFormat], ...],
) -> None:
    """A few sizes at a time are noted, so that the first ones are used while the rest is made."""
    store = tools.ports[MEDIA_STORE]
    image = await in_worker(read_picture, await store.get(media.storage_key))
    for start in range(0, len(wanted), _AT_ONCE):
        made: dict[tuple[int, RenditionFormat], str] = {}
        for size, name in wanted[start : start + _AT_ONCE]:
            key = rendition_key_of(media.id, size, EXTENSIONS[CONTENT_TYPES[name]])
            await store.put(key, await in_worker(render, image, size, name), CONTENT_TYPES[name])
            made[size, name] = key
        async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
            await record_renditions(unit, media.id, made)


@jobs.periodic(cron="*/30 * * * *")
@jobs.task(name="render_late_sizes", queue="media", pass_context=True)
async def render_late_sizes(context: JobContext, timestamp: int) -> None:
    """Ask again for pictures whose job was lost."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        before = datetime.fromtimestamp(timestamp, UTC) - _LATE
        for media_id in await unit.session.scalars(queries.pending_since(before)):
            await defer(unit.session, render_sizes, lock_key=str(media_id), media_id=str(media_id))


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="clear_away_media", queue="media", pass_context=True)
async def clear_away_media(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Remove files that nothing refers to, and files that no row knows."""
    tools = tools_of(context)
    store = tools.ports[MEDIA_STORE]
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        orphans = await remove_orphans(unit)
    await store.delete(orphans)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        strays = await find_strays(unit, store)
    await store.delete(strays)
    log.info("media.cleared", orphans=len(orphans), strays=len(strays))
