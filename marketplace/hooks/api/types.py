"""GraphQL types of messages between systems."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

import strawberry

from marketplace.hooks import models
from marketplace.hooks.rules.kinds import DeliveryState, EndpointState
from marketplace.kernel.graph.ids import to_global

strawberry.enum(
    EndpointState,
    name="WebhookEndpointState",
    description="Whether messages are sent to an endpoint.",
)
strawberry.enum(
    DeliveryState,
    name="WebhookDeliveryState",
    description="How far one message to one endpoint got.",
)


@strawberry.type
class WebhookEndpoint:
    """An address of another system that is told what happens here."""

    id: strawberry.ID = strawberry.field(description="The id of the endpoint.")
    business_id: strawberry.ID | None = strawberry.field(
        description="Whose it is; without one it is the province's.",
    )
    label: str = strawberry.field(description="What the other system is called.")
    url: str = strawberry.field(description="Where messages go.")
    types: list[str] = strawberry.field(description="What it is told.")
    contact_email: str = strawberry.field(description="Who is told when it does not answer.")
    state: EndpointState = strawberry.field(description="Whether messages are sent.")
    created_at: datetime = strawberry.field(description="Since when it is known.")
    last_used_at: datetime | None = strawberry.field(description="When a message was last sent.")
    failing_since: datetime | None = strawberry.field(
        description="Since when it takes nothing; null while it does.",
    )
    previous_secret_until: datetime | None = strawberry.field(
        description="Until when messages are signed with the secret before, too.",
    )

    @classmethod
    def of(cls, row: models.WebhookEndpoint) -> Self:
        """The endpoint as the schema shows it; secrets are not in it."""
        business_id = row.business_id
        return cls(
            id=to_global("WebhookEndpoint", row.id),
            business_id=None if business_id is None else to_global("Business", business_id),
            label=row.label,
            url=row.url,
            types=list(row.types),
            contact_email=row.contact_email,
            state=row.state,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            failing_since=row.failing_since,
            previous_secret_until=row.previous_until,
        )


@strawberry.type
class WebhookAttempt:
    """One try to deliver a message."""

    number: int = strawberry.field(description="The how-manieth it was, from 1.")
    at: datetime = strawberry.field(description="When.")
    code: int | None = strawberry.field(description="The HTTP status; null without an answer.")
    took_ms: int = strawberry.field(description="How long it took.")
    excerpt: str = strawberry.field(description="The beginning of the answer.")
    problem: str | None = strawberry.field(description="Why there was no answer, in a word.")

    @classmethod
    def of(cls, row: models.WebhookAttempt) -> Self:
        """The try as the schema shows it."""
        return cls(
            number=row.number,
            at=row.at,
            code=row.code,
            took_ms=row.took_ms,
            excerpt=row.excerpt,
            problem=row.problem,
        )


@strawberry.type
class WebhookDelivery:
    """One message on its way to one endpoint."""

    id: strawberry.ID = strawberry.field(description="The id of the delivery.")
    webhook_id: str = strawberry.field(description="The id the receiver sees; a retry keeps it.")
    type: str = strawberry.field(description="What it tells.")
    subject: str = strawberry.field(description="What it is about.")
    state: DeliveryState = strawberry.field(description="How far it got.")
    attempt_count: int = strawberry.field(description="How often it was tried.")
    next_at: datetime | None = strawberry.field(description="When it is tried next.")
    created_at: datetime = strawberry.field(description="When it happened.")
    settled_at: datetime | None = strawberry.field(description="When it was taken, or given up.")
    attempts: list[WebhookAttempt] = strawberry.field(description="Every try, in order.")

    @classmethod
    def of(
        cls,
        row: models.WebhookDelivery,
        message: models.WebhookMessage,
        attempts: Sequence[models.WebhookAttempt] = (),
    ) -> Self:
        """The delivery as the schema shows it."""
        return cls(
            id=to_global("WebhookDelivery", row.id),
            webhook_id=message.webhook_id,
            type=message.type,
            subject=message.subject,
            state=row.state,
            attempt_count=row.attempt_count,
            next_at=row.next_at,
            created_at=row.created_at,
            settled_at=row.settled_at,
            attempts=[WebhookAttempt.of(each) for each in attempts],
        )


@strawberry.type
class HookSource:
    """Another system whose signed messages are believed here."""

    id: strawberry.ID = strawberry.field(description="The id of the source.")
    name: str = strawberry.field(description="The last part of its address: /hooks/<name>.")
    created_at: datetime = strawberry.field(description="Since when it is believed.")
    last_used_at: datetime | None = strawberry.field(
        description="When it was last heard of, to the minute.",
    )
    refused_count: int = strawberry.field(description="How many messages to it were refused.")
    last_refused_at: datetime | None = strawberry.field(description="When the last one was.")
    previous_secret_until: datetime | None = strawberry.field(
        description="Until when the secret before is believed, too.",
    )

    @classmethod
    def of(cls, row: models.HookSource) -> Self:
        """The source as the schema shows it; secrets are not in it."""
        return cls(
            id=to_global("HookSource", row.id),
            name=row.name,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            refused_count=row.refused_count,
            last_refused_at=row.last_refused_at,
            previous_secret_until=row.previous_until,
        )


@strawberry.type
class InboundMessage:
    """A message of another system that was proven and taken in."""

    id: strawberry.ID = strawberry.field(description="The id of the message here.")
    webhook_id: str = strawberry.field(description="The id its sender gave it.")
    type: str = strawberry.field(description="What it tells.")
    received_at: datetime = strawberry.field(description="When it came first.")
    repeated_count: int = strawberry.field(description="How often it came again, for nothing.")
    handled_at: datetime | None = strawberry.field(description="When it was worked off.")
    outcome: str | None = strawberry.field(description="What became of it, in a word.")

    @classmethod
    def of(cls, row: models.InboundMessage) -> Self:
        """The message as the schema shows it; its body is not in it."""
        return cls(
            id=to_global("InboundMessage", row.id),
            webhook_id=row.webhook_id,
            type=row.type,
            received_at=row.received_at,
            repeated_count=row.repeated_count,
            handled_at=row.handled_at,
            outcome=row.outcome,
        )
