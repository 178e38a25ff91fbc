"""Telling other systems what happened: written in the transaction in which it happened."""

from collections.abc import Mapping
from uuid import UUID

from marketplace.hooks import queries
from marketplace.hooks.events import DeliveryQueued
from marketplace.hooks.models import WebhookDelivery, WebhookEndpoint, WebhookMessage
from marketplace.hooks.rules.envelopes import write_envelope
from marketplace.hooks.rules.kinds import TYPES
from marketplace.kernel.database import new_id
from marketplace.kernel.unit_of_work import UnitOfWork


async def announce_outside(
    unit: UnitOfWork,
    type_: str,
    subject: str,
    data: Mapping[str, str | int | None],
    *,
    business_id: UUID | None = None,
) -> WebhookMessage | None:
    """Tell whoever asked for messages of this type; None when nobody did.

    The data are ids and codes, never personal data: who wants more asks for it by the API, where
    it is seen who may (domain notes, 4).

    Args:
        unit: the change in which it happened.
        type_: one of `TYPES`.
        subject: what it is about, as `kind/id`.
        data: ids and codes.
        business_id: whose own endpoints are told beside the province's.

    Raises:
        ValueError: the type is not one of ours.
    """
    if type_ not in TYPES:
        raise ValueError(f"{type_!r} is not a type of message that is announced")
    endpoints = (await unit.session.scalars(queries.endpoints_for(type_, business_id))).all()
    if not endpoints:
        return None
    message = await write_message(unit, type_, subject, data, business_id)
    for endpoint in endpoints:
        await queue_delivery(unit, endpoint, message)
    return message


async def write_message(
    unit: UnitOfWork,
    type_: str,
    subject: str,
    data: Mapping[str, str | int | None],
    business_id: UUID | None,
) -> WebhookMessage:
    """Write the message down in the bytes that will be signed."""
    key = new_id()
    webhook_id = f"msg_{key.hex}"
    source = "/" + type_.partition(".")[0]
    message = WebhookMessage(
        id=key,
        webhook_id=webhook_id,
        type=type_,
        subject=subject,
        business_id=business_id,
        body=write_envelope(webhook_id, source, type_, subject, data, unit.now),
        created_at=unit.now,
    )
    unit.session.add(message)
    await unit.session.flush()
    return message


async def queue_delivery(
    unit: UnitOfWork,
    endpoint: WebhookEndpoint,
    message: WebhookMessage,
) -> WebhookDelivery:
    """Put a message on its way to an endpoint."""
    delivery = WebhookDelivery(
        endpoint_id=endpoint.id,
        message_id=message.id,
        created_at=unit.now,
        next_at=unit.now,
    )
    unit.session.add(delivery)
    await unit.session.flush()
    unit.announce(DeliveryQueued(delivery.id, endpoint.id))
    return delivery
