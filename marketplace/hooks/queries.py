"""Statements over messages: built here, executed by whoever asks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false, or_, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from marketplace.hooks.models import (
    HookSource,
    InboundMessage,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
from marketplace.hooks.policies import may_manage_endpoints, may_manage_sources
from marketplace.hooks.rules.kinds import DeliveryState, EndpointState
from marketplace.kernel.viewer import Viewer


def source_named(name: str) -> Select[HookSource]:
    """The source of that name."""
    return select(HookSource).where(HookSource.name == name)


def visible_sources(viewer: Viewer) -> Select[HookSource]:
    """Every source, for whoever looks after them."""
    allowed = true() if may_manage_sources(viewer) else false()
    return select(HookSource).where(allowed).order_by(HookSource.name)


def visible_inbound_messages(viewer: Viewer) -> Select[InboundMessage]:
    """What came in, newest first, for whoever looks after sources."""
    allowed = true() if may_manage_sources(viewer) else false()
    return select(InboundMessage).where(allowed).order_by(InboundMessage.id.desc())


def keep_message(
    source_id: UUID,
    webhook_id: str,
    type_: str,
    body: bytes,
    body_hash: bytes,
    row_id: UUID,
    now: datetime,
) -> ReturningInsert[UUID]:
    """Keep a message unless its id came before; returns its key when it is new."""
    return (
        insert(InboundMessage)
        .values(
            id=row_id,
            source_id=source_id,
            webhook_id=webhook_id,
            type=type_,
            body=body,
            body_hash=body_hash,
            received_at=now,
            repeated_count=0,
        )
        .on_conflict_do_nothing(index_elements=["source_id", "webhook_id"])
        .returning(InboundMessage.id)
    )


def visible_endpoints(viewer: Viewer) -> Select[WebhookEndpoint]:
    """Endpoints the viewer looks after, in the order they were added."""
    allowed = [
        WebhookEndpoint.business_id == business_id
        for business_id in viewer.memberships
        if may_manage_endpoints(viewer, business_id)
    ]
    if may_manage_endpoints(viewer, None):
        allowed = [true()]
    return (
        select(WebhookEndpoint)
        .where(or_(false(), *allowed), WebhookEndpoint.state != EndpointState.REMOVED)
        .order_by(WebhookEndpoint.id)
    )


def endpoint_for_change(endpoint_id: UUID) -> Select[WebhookEndpoint]:
    """The endpoint, locked until the transaction ends; a removed one is not there."""
    return (
        select(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.state != EndpointState.REMOVED)
        .with_for_update()
    )


def endpoints_for(type_: str, business_id: UUID | None) -> Select[WebhookEndpoint]:
    """Whoever is to be told: the province's endpoints, and those of the business it is about."""
    return select(WebhookEndpoint).where(
        WebhookEndpoint.state == EndpointState.ENABLED,
        WebhookEndpoint.types.contains([type_]),
        or_(WebhookEndpoint.business_id.is_(None), WebhookEndpoint.business_id == business_id),
    )


def deliveries_of(endpoint_id: UUID) -> Select[WebhookDelivery, WebhookMessage]:
    """What was sent or is to be sent to an endpoint, newest first."""
    return (
        select(WebhookDelivery, WebhookMessage)
        .join(WebhookMessage, WebhookMessage.id == WebhookDelivery.message_id)
        .where(WebhookDelivery.endpoint_id == endpoint_id)
        .order_by(WebhookDelivery.id.desc())
    )


def delivery_to_send(
    delivery_id: UUID,
) -> Select[WebhookDelivery, WebhookEndpoint, WebhookMessage]:
    """A delivery with its endpoint and its message."""
    return (
        select(WebhookDelivery, WebhookEndpoint, WebhookMessage)
        .join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id)
        .join(WebhookMessage, WebhookMessage.id == WebhookDelivery.message_id)
        .where(WebhookDelivery.id == delivery_id)
    )


def attempts_of(delivery_ids: list[UUID]) -> Select[WebhookAttempt]:
    """Every try of the deliveries, in order."""
    return (
        select(WebhookAttempt)
        .where(WebhookAttempt.delivery_id.in_(delivery_ids))
        .order_by(WebhookAttempt.delivery_id, WebhookAttempt.number)
    )


def endpoint_of_delivery(delivery_id: UUID) -> Select[WebhookEndpoint]:
    """The endpoint a delivery goes to, locked until the transaction ends."""
    return (
        select(WebhookEndpoint)
        .join(WebhookDelivery, WebhookDelivery.endpoint_id == WebhookEndpoint.id)
        .where(WebhookDelivery.id == delivery_id)
        .with_for_update(of=WebhookEndpoint)
    )


def pending_deliveries(endpoint_id: UUID) -> Select[WebhookDelivery]:
    """What is still on its way to an endpoint, oldest first."""
    return (
        select(WebhookDelivery)
        .where(
            WebhookDelivery.endpoint_id == endpoint_id,
            WebhookDelivery.state == DeliveryState.PENDING,
        )
        .order_by(WebhookDelivery.id)
    )


def overdue_deliveries(before: datetime) -> Select[WebhookDelivery]:
    """What should have been sent before then, to endpoints that are open."""
    return (
        select(WebhookDelivery)
        .join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id)
        .where(
            WebhookDelivery.state == DeliveryState.PENDING,
            WebhookDelivery.next_at < before,
            WebhookEndpoint.state == EndpointState.ENABLED,
        )
        .order_by(WebhookDelivery.id)
        .limit(200)
        .with_for_update(of=WebhookDelivery, skip_locked=True)
    )
