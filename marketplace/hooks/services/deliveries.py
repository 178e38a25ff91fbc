"""Messages on their way: signing a try, writing down how it went, sending again by hand."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.hooks import policies, queries
from marketplace.hooks.errors import InvalidEndpointError
from marketplace.hooks.events import DeliveryQueued
from marketplace.hooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from marketplace.hooks.ports import Answer
from marketplace.hooks.rules.backoff import PATIENCE, delay_after, is_gone, is_success
from marketplace.hooks.rules.kinds import DeliveryState, EndpointState
from marketplace.hooks.rules.signing import headers_for
from marketplace.hooks.services.endpoints import MACHINE
from marketplace.hooks.services.sources import secrets_of
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.transitions import SYSTEM_ROLE, move
from marketplace.kernel.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)
_CHANCE: Final = secrets.SystemRandom()
_FORGOTTEN: Final = timedelta(minutes=10)
# A try that is due within a moment is due now: clocks differ a little.
_MOMENT: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One try, ready to be carried."""

    url: str
    headers: dict[str, str]
    body: bytes


async def parcel_for(
    session: AsyncSession,
    sealer: Sealer,
    delivery_id: UUID,
    now: datetime,
) -> Parcel | None:
    """The message signed for this try; None when there is nothing to send any more."""
    found = (await session.execute(queries.delivery_to_send(delivery_id))).one_or_none()
    if found is None:
        return None
    delivery, endpoint, message = found
    is_due = delivery.next_at is not None and delivery.next_at <= now + _MOMENT
    is_open = endpoint.state is EndpointState.ENABLED
    if not is_open or not is_due or delivery.state is not DeliveryState.PENDING:
        return None
    keys = secrets_of(
        sealer,
        endpoint.sealed_secret,
        endpoint.sealed_previous,
        endpoint.previous_until,
        now,
    )
    headers = {
        "content-type": "application/json",
        "user-agent": "cho-phien-webhooks/1",
        **headers_for(keys, message.webhook_id, int(now.timestamp()), message.body),
    }
    return Parcel(endpoint.url, headers, message.body)


async def record_attempt(unit: UnitOfWork, delivery_id: UUID, answer: Answer) -> None:
    """Write down how a try went, and say when the next one is due."""
    endpoint = await _endpoint_of(unit, delivery_id)
    delivery = await _locked(unit, delivery_id)
    if endpoint is None or delivery is None or delivery.state is not DeliveryState.PENDING:
        return
    delivery.attempt_count += 1
    unit.session.add(
        WebhookAttempt(
            delivery_id=delivery.id,
            number=delivery.attempt_count,
            at=unit.now,
            code=answer.code,
            took_ms=answer.took_ms,
            excerpt=answer.excerpt,
            problem=answer.problem,
        ),
    )
    endpoint.last_used_at = unit.now
    if is_success(answer.code):
        _settle(unit, delivery, DeliveryState.DELIVERED)
        endpoint.failing_since = None
        return
    await _put_off(unit, delivery, endpoint, answer)


async def resend_delivery(unit: UnitOfWork, delivery_id: UUID) -> WebhookDelivery:
    """Send a message again now, whatever became of it; its id stays, so that it counts once.

    Raises:
        NotFoundError: there is no such delivery for the viewer.
        InvalidEndpointError: its endpoint is disabled.
    """
    endpoint = await _endpoint_of(unit, delivery_id)
    delivery = await _locked(unit, delivery_id)
    if (
        endpoint is None
        or delivery is None
        or endpoint.state is EndpointState.REMOVED
        or not policies.may_manage_endpoints(unit.viewer, endpoint.business_id)
    ):
        raise NotFoundError(_("There is no such message."))
    if endpoint.state is not EndpointState.ENABLED:
        raise InvalidEndpointError(_("The endpoint is disabled; enable it first."), field="state")
    delivery.state = DeliveryState.PENDING
    delivery.settled_at = None
    delivery.next_at = unit.now
    unit.announce(DeliveryQueued(delivery.id, endpoint.id))
    return delivery


async def _put_off(
    unit: UnitOfWork,
    delivery: WebhookDelivery,
    endpoint: WebhookEndpoint,
    answer: Answer,
) -> None:
    endpoint.failing_since = endpoint.failing_since or unit.now
    delay = delay_after(
        delivery.attempt_count, answer.code, answer.retry_after, unit.now, _CHANCE.random()
    )
    is_hopeless = unit.now - endpoint.failing_since >= PATIENCE
    if is_gone(answer.code) or delay is None or is_hopeless:
        _settle(unit, delivery, DeliveryState.FAILED)
    else:
        delivery.next_at = unit.now + delay
        unit.announce(DeliveryQueued(delivery.id, endpoint.id, delivery.next_at))
    if endpoint.state is EndpointState.ENABLED and (is_gone(answer.code) or is_hopeless):
        reason = "GONE" if is_gone(answer.code) else "FAILING"
        log.warning("hooks.endpoint_given_up", endpoint=str(endpoint.id), reason=reason)
        await move(unit, MACHINE, endpoint, "give_up", roles={SYSTEM_ROLE}, reason_code=reason)


def _settle(unit: UnitOfWork, delivery: WebhookDelivery, state: DeliveryState) -> None:
    delivery.state = state
    delivery.settled_at = unit.now
    delivery.next_at = None


async def queue_forgotten(unit: UnitOfWork) -> int:
    """Put messages back on their way whose job was lost; how many there were."""
    forgotten = await unit.session.scalars(queries.overdue_deliveries(unit.now - _FORGOTTEN))
    count = 0
    for delivery in forgotten:
        delivery.next_at = unit.now
        unit.announce(DeliveryQueued(delivery.id, delivery.endpoint_id))
        count += 1
    return count


async def _endpoint_of(unit: UnitOfWork, delivery_id: UUID) -> WebhookEndpoint | None:
    return await unit.session.scalar(queries.endpoint_of_delivery(delivery_id))


async def _locked(unit: UnitOfWork, delivery_id: UUID) -> WebhookDelivery | None:
    return await unit.session.get(WebhookDelivery, delivery_id, with_for_update=True)
