"""Jobs of messages: carrying them, and putting away what is too old."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext
from sqlalchemy import delete

from marketplace.hooks.models import InboundMessage, WebhookMessage
from marketplace.hooks.ports import WEBHOOK_SENDER
from marketplace.hooks.services.deliveries import parcel_for, queue_forgotten, record_attempt
from marketplace.kernel.jobs import defer, tools_of
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

jobs = Blueprint()
log = structlog.get_logger(__name__)

# Receivers may be slow: they are waited for by workers who have nothing else to do.
WEBHOOKS: Final = "webhooks"
# Longer than any sender keeps trying, so that a late retry of what was applied is known.
INBOUND_KEPT: Final = timedelta(days=30)
OUTBOUND_KEPT: Final = timedelta(days=90)


def queue_of(endpoint_id: UUID | str) -> str:
    """The lock of an endpoint's jobs: one at a time, so that a slow one holds up only itself."""
    return f"webhooks of {endpoint_id}"


@jobs.task(name="deliver", queue=WEBHOOKS, pass_context=True)
async def deliver(context: JobContext, delivery_id: str) -> None:
    """Try to deliver a message once; when the next try is due stands in the table."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        parcel = await parcel_for(
            session, tools.ports[SEALER], UUID(delivery_id), datetime.now(UTC)
        )
    if parcel is None:
        return
    answer = await tools.ports[WEBHOOK_SENDER].post(parcel.url, parcel.headers, parcel.body)
    log.info("hooks.sent", delivery=delivery_id, code=answer.code, problem=answer.problem)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await record_attempt(unit, UUID(delivery_id), answer)


@jobs.task(name="wake_delivery", pass_context=True)
async def wake_delivery(context: JobContext, delivery_id: str, endpoint_id: str) -> None:
    """Queue the next try of a message when its pause is over.

    The pause has no lock: a job that waits under one would hold up everything behind it.
    """
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await defer(unit.session, deliver, lock_key=queue_of(endpoint_id), delivery_id=delivery_id)


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="queue_forgotten", pass_context=True, queueing_lock="hooks.queue_forgotten")
async def queue_forgotten_deliveries(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - part of the signature
    """Put messages back on their way whose job was lost with a worker."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        count = await queue_forgotten(unit)
    if count:
        log.warning("hooks.forgotten", deliveries=count)


@jobs.periodic(cron="41 2 * * *")
@jobs.task(name="purge_messages", pass_context=True, queueing_lock="hooks.purge")
async def purge_messages(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - part of the signature
    """Put away messages that nobody will send or ask for again."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        for model, time, kept in (
            (InboundMessage, InboundMessage.received_at, INBOUND_KEPT),
            (WebhookMessage, WebhookMessage.created_at, OUTBOUND_KEPT),
        ):
            await unit.session.execute(delete(model).where(time < unit.now - kept))
