"""What can be asked about messages between systems."""

from collections import defaultdict
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.hooks import models, queries
from marketplace.hooks.api.types import (
    HookSource,
    InboundMessage,
    WebhookDelivery,
    WebhookEndpoint,
)
from marketplace.hooks.rules.kinds import TYPES
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import from_global

MOST = 100
First = Annotated[int, strawberry.argument(description="How many, the newest first; at most 100.")]


@strawberry.type
class HookQueries:
    """Root query fields of messages."""

    @strawberry.field
    def webhook_types(self) -> list[str]:
        """The types of messages other systems may ask for."""
        return list(TYPES)

    @strawberry.field
    async def webhook_endpoints(
        self,
        info: Info,
        business: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Whose; without one the province's."),
        ] = None,
    ) -> list[WebhookEndpoint]:
        """The endpoints the viewer looks after, in the order they were added."""
        key = None if business is None else from_global("Business", business)
        if business is not None and key is None:
            return []
        statement = queries.visible_endpoints(info.context.viewer).where(
            models.WebhookEndpoint.business_id.is_not_distinct_from(key)
        )
        return [WebhookEndpoint.of(row) for row in await info.context.reader.all(statement)]

    @strawberry.field
    async def webhook_endpoint(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Which endpoint.")],
    ) -> WebhookEndpoint | None:
        """One endpoint the viewer looks after."""
        row = await _endpoint(info, id)
        return None if row is None else WebhookEndpoint.of(row)

    @strawberry.field
    async def webhook_deliveries(
        self,
        info: Info,
        endpoint: Annotated[strawberry.ID, strawberry.argument(description="Of which endpoint.")],
        first: First = 20,
    ) -> list[WebhookDelivery]:
        """What was sent or is to be sent to an endpoint, the newest first."""
        row = await _endpoint(info, endpoint)
        if row is None:
            return []
        statement = queries.deliveries_of(row.id).limit(max(0, min(first, MOST)))
        found = await info.context.reader.rows(statement)
        tries: dict[UUID, list[models.WebhookAttempt]] = defaultdict(list)
        ids = [delivery.id for delivery, _message in found]
        for attempt in await info.context.reader.all(queries.attempts_of(ids)):
            tries[attempt.delivery_id].append(attempt)
        return [
            WebhookDelivery.of(delivery, message, tries[delivery.id]) for delivery, message in found
        ]

    @strawberry.field
    async def hook_sources(self, info: Info) -> list[HookSource]:
        """The systems whose messages are believed; for administrators."""
        rows = await info.context.reader.all(queries.visible_sources(info.context.viewer))
        return [HookSource.of(row) for row in rows]

    @strawberry.field
    async def inbound_messages(self, info: Info, first: First = 20) -> list[InboundMessage]:
        """What came in from other systems, the newest first; for administrators."""
        statement = queries.visible_inbound_messages(info.context.viewer)
        limited = statement.limit(max(0, min(first, MOST)))
        return [InboundMessage.of(row) for row in await info.context.reader.all(limited)]


async def _endpoint(info: Info, global_id: str) -> models.WebhookEndpoint | None:
    key = from_global("WebhookEndpoint", global_id)
    if key is None:
        return None
    statement = queries.visible_endpoints(info.context.viewer)
    return await info.context.reader.first(statement.where(models.WebhookEndpoint.id == key))
