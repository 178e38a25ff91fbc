"""Jobs of joining: post, deadlines, and levels that end with what they rest on."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext

from businesses.queries import joining as queries
from businesses.queries.businesses import business_for_change
from businesses.services.businesses import MACHINE
from businesses.services.joining_post import suspension_news, verification_news
from businesses.services.levels import refresh_level
from businesses.tasks.people import AGAIN, send
from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.kernel.jobs import tools_of
from marketplace.kernel.transitions import apply_due
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

jobs = Blueprint()
log = structlog.get_logger(__name__)
# A worker that was down for a day still finds what ended meanwhile.
_LOOK_BACK: Final = timedelta(days=2)


@jobs.task(retry=AGAIN, pass_context=True)
async def send_verification_news(
    context: JobContext,
    verification_id: str,
    transition: str,
) -> None:
    """Tell the owners where the check of their business stands."""
    tools = tools_of(context)
    settings = tools.ports[ACCOUNT_SETTINGS]
    async with tools.sessions() as session:
        posts = await verification_news(session, settings, UUID(verification_id), transition)
    for post in posts:
        await send(tools, post)


@jobs.task(retry=AGAIN, pass_context=True)
async def send_suspension(context: JobContext, suspension_id: str) -> None:
    """Tell the owners that their business is, or will be, suspended."""
    tools = tools_of(context)
    settings = tools.ports[ACCOUNT_SETTINGS]
    async with tools.sessions() as session:
        posts = await suspension_news(session, settings, UUID(suspension_id))
    for post in posts:
        await send(tools, post)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(pass_context=True, queueing_lock="businesses.apply_deadlines")
async def apply_deadlines(context: JobContext, timestamp: int) -> None:
    """Suspend what was announced, close drafts nobody goes on with, lower what has run out."""
    del timestamp
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        moved = await apply_due(unit, MACHINE)
        ended = await unit.session.scalars(queries.outlived_checks(unit.now - _LOOK_BACK, unit.now))
        for business_id in ended.all():
            business = await unit.session.scalar(business_for_change(business_id))
            if business is not None:
                await refresh_level(unit, business)
    if moved:
        log.info("Applied the deadlines of businesses.", moved=moved)
