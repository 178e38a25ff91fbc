"""Messages between systems, as objects."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marketplace.hooks.models import (
    HookSource,
    InboundMessage,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
from marketplace.hooks.rules.kinds import DeliveryState, EndpointState
from marketplace.kernel.database import new_id

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def an_endpoint(**overrides: Any) -> WebhookEndpoint:
    """An endpoint that is told of opened businesses."""
    values: dict[str, Any] = {
        "id": new_id(),
        "label": "Ngân hàng",
        "url": "https://hooks.example.vn/",
        "types": ["business.activated"],
        "contact_email": "it@example.com",
        "sealed_secret": b"sealed",
        "state": EndpointState.ENABLED,
        "created_at": NOW,
    }
    return WebhookEndpoint(**{**values, **overrides})


def some_messages(business_id: UUID) -> dict[str, Any]:
    """One of everything, by the names tests know it by; in the order it must be saved."""
    source = HookSource(id=new_id(), name="so-ke-hoach", sealed_secret=b"sealed", created_at=NOW)
    endpoint = an_endpoint(business_id=business_id)
    message = WebhookMessage(
        id=new_id(),
        webhook_id="msg_1",
        type="business.activated",
        subject="business/CP-1",
        business_id=business_id,
        body=b"{}",
        created_at=NOW,
    )
    return {
        "source": source,
        "endpoint": endpoint,
        "endpoint_off": an_endpoint(business_id=business_id, state=EndpointState.DISABLED),
        "province_endpoint": an_endpoint(),
        "message": message,
        "inbound": InboundMessage(
            id=new_id(),
            source_id=source.id,
            webhook_id="msg_1",
            type="dossier.status_changed",
            body=b"{}",
            body_hash=b"",
            received_at=NOW,
        ),
        "delivery": WebhookDelivery(
            id=new_id(),
            endpoint_id=endpoint.id,
            message_id=message.id,
            state=DeliveryState.FAILED,
            created_at=NOW,
        ),
    }
