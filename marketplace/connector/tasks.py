"""Jobs of connections: pulling, looking, and putting away what is too old."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy
from sqlalchemy import delete

from businesses.tasks.people import send
from marketplace.accounts.ports import ACCOUNT_SETTINGS, PostError
from marketplace.connector.models import ShopMessage
from marketplace.connector.ports import SHOP_READER
from marketplace.connector.services.post import loss_post
from marketplace.connector.services.pulling import look_at_product, pull_shop, queue_due_pulls
from marketplace.connector.services.working import Workshop
from marketplace.kernel.jobs import Tools, tools_of
from marketplace.kernel.review import DISPLAY_REVIEW
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.ports import MEDIA_STORE

jobs = Blueprint()
log = structlog.get_logger(__name__)

# Longer than a message counts as fresh, so that none is taken twice.
KEPT: Final = timedelta(days=7)
AGAIN: Final = RetryStrategy(max_attempts=10, exponential_wait=4, retry_exceptions={PostError})


def queue_of(connection_id: UUID) -> str:
    """The lock of a connection's jobs: one at a time, so that none overtakes another."""
    return f"shop {connection_id}"


def workshop_of(tools: Tools) -> Workshop:
    """What the work on a shop needs, from a worker's tools."""
    return Workshop(
        change=lambda: unit_of_work(tools.sessions, SYSTEM, tools.events),
        reader=tools.ports[SHOP_READER],
        sealer=tools.ports[SEALER],
        store=tools.ports[MEDIA_STORE],
        review=tools.ports[DISPLAY_REVIEW],
    )


@jobs.task(name="pull", pass_context=True)
async def pull(context: JobContext, connection_id: str) -> None:
    """Compare all goods of a shop."""
    await pull_shop(workshop_of(tools_of(context)), UUID(connection_id))


@jobs.task(name="look", pass_context=True)
async def look(context: JobContext, connection_id: str, external_id: str) -> None:
    """Read one product of a shop again."""
    await look_at_product(workshop_of(tools_of(context)), UUID(connection_id), external_id)


@jobs.task(name="send_loss", retry=AGAIN, pass_context=True)
async def send_loss(context: JobContext, connection_id: str) -> None:
    """Tell the owners that their shop is not read any more."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        posts = await loss_post(session, tools.ports[ACCOUNT_SETTINGS], UUID(connection_id))
    for post in posts:
        await send(tools, post)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="queue_pulls", pass_context=True, queueing_lock="connector.queue_pulls")
async def queue_pulls(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - part of the signature
    """Begin the pulls that are due, those that were lost with a worker among them."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        count = await queue_due_pulls(unit)
    log.info("connector.queued", pulls=count)


@jobs.periodic(cron="53 2 * * *")
@jobs.task(name="purge_notices", pass_context=True, queueing_lock="connector.purge")
async def purge_notices(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - part of the signature
    """Put away messages that cannot come again."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await unit.session.execute(
            delete(ShopMessage).where(ShopMessage.received_at < unit.now - KEPT),
        )
