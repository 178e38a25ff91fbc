"""Jobs that keep the index of the engine in step with the documents."""

from functools import partial
from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext

from marketplace.kernel.jobs import Tools, tools_of
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from search import queries
from search.errors import EngineAwayError, EngineRefusedError
from search.ports import SEARCH_INDEX
from search.rules.questions import SearchKind
from search.services.documents import (
    CHUNK,
    FIRST,
    refresh_documents,
    refresh_makers,
    today_here,
)
from search.services.drift import mend_drift
from search.services.feeding import settle_documents
from search.services.rebuilding import OpenUnit, remake_documents, send_unsent

jobs = Blueprint()
log = structlog.get_logger()


@jobs.task(name="send_documents", pass_context=True)
async def send_documents(context: JobContext) -> None:
    """Send the engine what it does not know yet; while it is away, the sweeper keeps trying."""
    await _send(tools_of(context))


# Six fields: the last one are seconds. What was written while the engine was away is found a few
# seconds after it is back.
@jobs.periodic(cron="* * * * * */5")
@jobs.task(
    name="sweep_documents",
    pass_context=True,
    queueing_lock="search.sweep_documents",
)
async def sweep_documents(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Send what no job has sent, for whatever reason."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        has_unsent = await session.scalar(queries.HAS_UNSENT)
    if has_unsent:
        await _send(tools)


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="check_drift", pass_context=True, queueing_lock="search.check_drift")
async def check_drift(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Compare the index with the documents every hour, mend it, and say so."""
    tools = tools_of(context)
    index = tools.ports[SEARCH_INDEX]
    if index is None:
        return
    try:
        drift = await mend_drift(_open_unit(tools), index)
    except EngineAwayError as error:
        log.warning("search.drift_unknown", reason=str(error))
        return
    level = log.info if drift.is_none else log.warning
    level("search.drift", missing=drift.missing, stale=drift.stale, surplus=drift.surplus)


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="refresh_stars", pass_context=True, queueing_lock="search.refresh_stars")
async def refresh_stars(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the scheduler gives it
    """Let stars go with the last day of their certificate, and come with its first."""
    tools = tools_of(context)
    async with _open_unit(tools)() as unit:
        found = await unit.session.scalars(
            queries.PRODUCTS_WITH_OTHER_STARS,
            {"today": today_here()},
        )
        changed = await refresh_documents(unit.session, SearchKind.PRODUCT, list(found))
    if changed:
        await _send(tools)


@jobs.task(name="refresh_business", pass_context=True)
async def refresh_business(context: JobContext, business_id: str) -> None:
    """Write the documents of a business's goods anew: they carry its name and kind."""
    tools = tools_of(context)
    await _refresh_products(tools, "business_id", UUID(business_id))
    await _send(tools)


@jobs.task(name="refresh_places", pass_context=True)
async def refresh_places(context: JobContext) -> None:
    """Make every document anew after a change of the whole map."""
    tools = tools_of(context)
    await remake_documents(_open_unit(tools))
    await _send(tools)


@jobs.task(name="refresh_place", pass_context=True)
async def refresh_place(context: JobContext, place_id: str) -> None:
    """Write the documents of a place anew, and of all that lies there: they carry its names."""
    tools = tools_of(context)
    async with _open_unit(tools)() as unit:
        found = await unit.session.scalars(queries.COMMUNES_OF, {"place_id": UUID(place_id)})
        communes = list(found)
        await refresh_documents(unit.session, SearchKind.PLACE, communes)
        businesses = await unit.session.scalars(
            queries.BUSINESSES_OF_PLACES,
            {"place_ids": communes},
        )
        await refresh_documents(unit.session, SearchKind.BUSINESS, list(businesses))
    await _refresh_products(tools, "place_ids", communes)
    await _send(tools)


async def _refresh_products(tools: Tools, parameter: str, value: UUID | list[UUID]) -> None:
    """Refresh products in steps, each in a transaction of its own."""
    statement = {
        "business_id": queries.PRODUCTS_OF_BUSINESS,
        "place_ids": queries.PRODUCTS_OF_PLACES,
    }[parameter]
    last = FIRST
    while True:
        async with _open_unit(tools)() as unit:
            found = await unit.session.scalars(
                statement,
                {parameter: value, "after": last, "limit": CHUNK},
            )
            ids = list(found)
            await refresh_documents(unit.session, SearchKind.PRODUCT, ids)
        if len(ids) < CHUNK:
            return
        last = ids[-1]


async def _send(tools: Tools) -> None:
    index = tools.ports[SEARCH_INDEX]
    async with _open_unit(tools)() as unit:
        await refresh_makers(unit.session)
        if index is None:
            await settle_documents(unit)
    if index is None:
        return
    try:
        await send_unsent(_open_unit(tools), index)
    except EngineAwayError as error:
        log.warning("search.unsent", reason=str(error))
    except EngineRefusedError as error:
        log.exception("search.refused", reason=str(error))


def _open_unit(tools: Tools) -> OpenUnit:
    return partial(unit_of_work, tools.sessions, SYSTEM, tools.events)
