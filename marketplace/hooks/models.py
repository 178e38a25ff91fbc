"""Tables of messages: from whom they come and what came, to whom they go and how that went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.hooks.rules.kinds import DeliveryState, EndpointState
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import Stateful, state_column, text_enum


class HookSource(Identified):
    """Another system that sends us messages, and the secrets by which we know it."""

    __tablename__ = "hook_sources"

    name: Mapped[str] = mapped_column(String(40), unique=True)
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_previous: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    refused_count: Mapped[int] = mapped_column(default=0)
    last_refused_at: Mapped[datetime | None]


class InboundMessage(Identified):
    """A message that came once, proven to be its sender's; the body is kept as it was signed."""

    __tablename__ = "inbound_messages"
    __table_args__ = (
        UniqueConstraint("source_id", "webhook_id"),
        Index("ix_inbound_messages_received_at", "received_at"),
    )

    source_id: Mapped[UUID] = mapped_column(ForeignKey("hook_sources.id", ondelete="CASCADE"))
    webhook_id: Mapped[str] = mapped_column(String(128))
    type: Mapped[str] = mapped_column(String(128))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    received_at: Mapped[datetime]
    repeated_count: Mapped[int] = mapped_column(default=0)
    handled_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(500))

    source: Mapped[HookSource] = relationship(lazy="raise")


class WebhookEndpoint(Stateful):
    """An address of another system that is told what happens here; no business: the province's."""

    __tablename__ = "webhook_endpoints"
    __table_args__ = (
        Index("ix_webhook_endpoints_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
    )

    business_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        index=True,
    )
    label: Mapped[str] = mapped_column(String(120))
    url: Mapped[str] = mapped_column(String(500))
    types: Mapped[list[str]] = mapped_column(ARRAY(String(128)))
    contact_email: Mapped[str] = mapped_column(String(254))
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_previous: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous_until: Mapped[datetime | None]
    state: Mapped[EndpointState] = state_column(EndpointState, EndpointState.ENABLED)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]


class WebhookMessage(Identified):
    """Something that happened here, as it is told to other systems: the same bytes to all."""

    __tablename__ = "webhook_messages"
    __table_args__ = (Index("ix_webhook_messages_created_at", "created_at"),)

    webhook_id: Mapped[str] = mapped_column(String(64), unique=True)
    type: Mapped[str] = mapped_column(String(128))
    subject: Mapped[str] = mapped_column(String(200))
    business_id: Mapped[UUID | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class WebhookDelivery(Identified):
    """One message on its way to one endpoint."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "message_id"),
        Index("ix_webhook_deliveries_endpoint_id_created_at", "endpoint_id", "created_at"),
    )

    endpoint_id: Mapped[UUID] = mapped_column(
        ForeignKey("webhook_endpoints.id", ondelete="CASCADE"),
    )
    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("webhook_messages.id", ondelete="CASCADE"),
        index=True,
    )
    state: Mapped[DeliveryState] = mapped_column(
        text_enum(DeliveryState),
        default=DeliveryState.PENDING,
    )
    attempt_count: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    endpoint: Mapped[WebhookEndpoint] = relationship(lazy="raise")
    message: Mapped[WebhookMessage] = relationship(lazy="raise")


class WebhookAttempt(Identified):
    """One try to deliver: when, how it was answered, how long it took."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (UniqueConstraint("delivery_id", "number"),)

    delivery_id: Mapped[UUID] = mapped_column(
        ForeignKey("webhook_deliveries.id", ondelete="CASCADE"),
    )
    number: Mapped[int]
    at: Mapped[datetime]
    code: Mapped[int | None]
    took_ms: Mapped[int]
    excerpt: Mapped[str] = mapped_column(String(500), default="")
    problem: Mapped[str | None] = mapped_column(String(64))
