"""What can be changed about messages between systems."""

from enum import Enum
from typing import Annotated

import strawberry

from marketplace.hooks.api.types import HookSource, WebhookDelivery, WebhookEndpoint
from marketplace.hooks.models import WebhookMessage
from marketplace.hooks.ports import HOOK_SETTINGS
from marketplace.hooks.services import deliveries, endpoints, sources
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.sealing import SEALER

EndpointId = Annotated[strawberry.ID, strawberry.argument(description="Which endpoint.")]
SourceName = Annotated[
    str, strawberry.argument(description="The last part of its address: /hooks/<name>.")
]


@strawberry.enum(description="Why something about messages was refused.")
class HookErrorCode(Enum):
    """Stable codes; the message says it in words."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"


@strawberry.type
class HookError:
    """Something about messages that was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="What to tell the person.")
    code: HookErrorCode = strawberry.field(description="Why.")


@strawberry.input(description="An address of another system, and what it is to be told.")
class WebhookEndpointInput:
    """What has to be said of an endpoint."""

    business: strawberry.ID | None = strawberry.field(
        default=None, description="Whose; without one the province's."
    )
    label: str = strawberry.field(description="What the other system is called.")
    url: str = strawberry.field(description="Where messages go: https, on the open internet.")
    types: list[str] = strawberry.field(description="What it is told: of `webhookTypes`.")
    contact_email: str = strawberry.field(description="Who is told when it does not answer.")


@strawberry.type
class WebhookEndpointChange:
    """The endpoint after the change, or why it was refused."""

    endpoint: WebhookEndpoint | None = strawberry.field(default=None, description="The endpoint.")
    secret: str | None = strawberry.field(
        default=None, description="A new secret; it is shown here and never again."
    )
    errors: list[HookError] = strawberry.field(
        default_factory=list, description="Why it was refused."
    )


@strawberry.type
class WebhookDeliveryChange:
    """The delivery after the change, or why it was refused."""

    delivery: WebhookDelivery | None = strawberry.field(default=None, description="The delivery.")
    errors: list[HookError] = strawberry.field(
        default_factory=list, description="Why it was refused."
    )


@strawberry.type
class HookSourceChange:
    """The source after the change, or why it was refused."""

    source: HookSource | None = strawberry.field(default=None, description="The source.")
    secret: str | None = strawberry.field(
        default=None, description="A new secret; it is shown here and never again."
    )
    errors: list[HookError] = strawberry.field(
        default_factory=list, description="Why it was refused."
    )


@strawberry.type
class HookMutations:
    """Root mutation fields of messages."""

    @mutation
    async def webhook_endpoint_create(
        self,
        info: Info,
        input: Annotated[WebhookEndpointInput, strawberry.argument(description="The endpoint.")],
    ) -> WebhookEndpointChange | None:
        """Tell another system from now on."""
        info.context.signed_in()
        business = input.business
        draft = endpoints.EndpointDraft(
            label=input.label,
            url=input.url,
            types=input.types,
            contact_email=input.contact_email,
            business_id=None
            if business is None
            else required_key("Business", business, "business"),
        )
        allows_loopback = info.context.ports[HOOK_SETTINGS].allows_loopback
        async with info.context.change() as unit:
            row, secret = await endpoints.create_endpoint(
                unit, info.context.ports[SEALER], draft, allows_loopback=allows_loopback
            )
        return WebhookEndpointChange(endpoint=WebhookEndpoint.of(row), secret=secret)

    @mutation
    async def webhook_endpoint_rotate(
        self, info: Info, id: EndpointId
    ) -> WebhookEndpointChange | None:
        """Give an endpoint a new secret; both sign for another day."""
        info.context.signed_in()
        key = required_key("WebhookEndpoint", id)
        async with info.context.change() as unit:
            row, secret = await endpoints.rotate_endpoint_secret(
                unit, info.context.ports[SEALER], key
            )
        return WebhookEndpointChange(endpoint=WebhookEndpoint.of(row), secret=secret)

    @mutation
    async def webhook_endpoint_enable(
        self, info: Info, id: EndpointId
    ) -> WebhookEndpointChange | None:
        """Send messages again, those that had to wait among them."""
        return await _move(info, id, "enable")

    @mutation
    async def webhook_endpoint_disable(
        self, info: Info, id: EndpointId
    ) -> WebhookEndpointChange | None:
        """Send nothing for now."""
        return await _move(info, id, "disable")

    @mutation
    async def webhook_endpoint_remove(
        self, info: Info, id: EndpointId
    ) -> WebhookEndpointChange | None:
        """Forget the endpoint."""
        return await _move(info, id, "remove")

    @mutation
    async def webhook_endpoint_test(
        self, info: Info, id: EndpointId
    ) -> WebhookDeliveryChange | None:
        """Send a message that says nothing, to see whether it is taken."""
        info.context.signed_in()
        key = required_key("WebhookEndpoint", id)
        async with info.context.change() as unit:
            row = await endpoints.send_test_message(unit, key)
            message = await unit.session.get_one(WebhookMessage, row.message_id)
        return WebhookDeliveryChange(delivery=WebhookDelivery.of(row, message))

    @mutation
    async def webhook_delivery_resend(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Which delivery.")],
    ) -> WebhookDeliveryChange | None:
        """Send a message again now; its id stays, so that it counts once."""
        info.context.signed_in()
        key = required_key("WebhookDelivery", id)
        async with info.context.change() as unit:
            row = await deliveries.resend_delivery(unit, key)
            message = await unit.session.get_one(WebhookMessage, row.message_id)
        return WebhookDeliveryChange(delivery=WebhookDelivery.of(row, message))

    @mutation
    async def hook_source_create(self, info: Info, name: SourceName) -> HookSourceChange | None:
        """Believe a system from now on; for administrators."""
        info.context.signed_in()
        async with info.context.change() as unit:
            row, secret = await sources.add_source(unit, info.context.ports[SEALER], name)
        return HookSourceChange(source=HookSource.of(row), secret=secret)

    @mutation
    async def hook_source_rotate(self, info: Info, name: SourceName) -> HookSourceChange | None:
        """Give a system a new secret; both count for another day; for administrators."""
        info.context.signed_in()
        async with info.context.change() as unit:
            row, secret = await sources.rotate_source_secret(unit, info.context.ports[SEALER], name)
        return HookSourceChange(source=HookSource.of(row), secret=secret)


async def _move(info: Info, global_id: str, transition: str) -> WebhookEndpointChange:
    info.context.signed_in()
    key = required_key("WebhookEndpoint", global_id)
    async with info.context.change() as unit:
        row = await endpoints.move_endpoint(unit, key, transition)
    return WebhookEndpointChange(endpoint=WebhookEndpoint.of(row))
