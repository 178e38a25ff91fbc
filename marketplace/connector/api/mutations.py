"""Connecting a shop, matching its categories, pulling now, and ending it."""

from typing import Annotated

import strawberry

from marketplace.connector.api.types import ShopConnection, ShopConnectionError
from marketplace.connector.services import connections, matching
from marketplace.connector.services.connections import ConnectionDraft
from marketplace.hooks.ports import HOOK_SETTINGS
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.sealing import SEALER

ConnectionId = Annotated[strawberry.ID, strawberry.argument(description="Which connection.")]


@strawberry.input
class ShopConnectionCreateInput:
    """A shop that a business runs elsewhere."""

    url: str = strawberry.field(description="The address of its API, https://…/graphql/.")
    channel: str = strawberry.field(
        description="The channel whose prices count.", default="default-channel"
    )
    category: strawberry.ID = strawberry.field(
        description="Our category for goods whose own is not matched yet."
    )
    token: str | None = strawberry.field(
        description="A token of the shop; without one only what it shows everybody is read.",
        default=None,
    )


@strawberry.input
class ShopConnectionUpdateInput:
    """How a shop is read; what is left out stays."""

    channel: str | None = strawberry.field(
        description="The channel whose prices count.", default=None
    )
    category: strawberry.ID | None = strawberry.field(
        description="Our category for goods whose own is not matched yet.", default=None
    )
    token: str | None = strawberry.field(
        description="A new token of the shop; empty takes it away.", default=None
    )


@strawberry.input
class ShopCategoryMatchInput:
    """What one of the shop's categories means here."""

    id: strawberry.ID = strawberry.field(description="The id of the match.")
    category: strawberry.ID | None = strawberry.field(
        description="Our category; null means not known.", default=None
    )


@strawberry.type
class ShopConnectionChange:
    """A connection was changed, or why not."""

    errors: list[ShopConnectionError] = strawberry.field(
        default_factory=list, description="What was refused; empty when all went well."
    )
    connection: ShopConnection | None = strawberry.field(
        default=None, description="The connection as it is now."
    )


@strawberry.type
class ConnectorMutations:
    """Root mutation fields about connections."""

    @mutation
    async def shop_connection_create(
        self,
        info: Info,
        business: Annotated[strawberry.ID, strawberry.argument(description="Which business.")],
        input: Annotated[ShopConnectionCreateInput, strawberry.argument(description="The shop.")],
    ) -> ShopConnectionChange | None:
        """Connect a shop and begin to pull its goods."""
        info.context.signed_in()
        ports = info.context.ports
        draft = ConnectionDraft(
            input.url,
            input.channel,
            required_key("Category", input.category, "category"),
            input.token,
        )
        async with info.context.change() as unit:
            made = await connections.connect_shop(
                unit,
                ports[SEALER],
                required_key("Business", business, "business"),
                draft,
                allows_loopback=ports[HOOK_SETTINGS].allows_loopback,
            )
        return ShopConnectionChange(connection=ShopConnection.of(made))

    @mutation
    async def shop_connection_update(
        self,
        info: Info,
        id: ConnectionId,
        input: Annotated[
            ShopConnectionUpdateInput, strawberry.argument(description="What changes.")
        ],
    ) -> ShopConnectionChange | None:
        """Change how a shop is read."""
        info.context.signed_in()
        category = input.category
        draft = ConnectionDraft(
            channel=input.channel,
            category_id=None
            if category is None
            else required_key("Category", category, "category"),
            token=input.token,
        )
        async with info.context.change() as unit:
            changed = await connections.change_connection(
                unit, info.context.ports[SEALER], required_key("ShopConnection", id), draft
            )
        return ShopConnectionChange(connection=ShopConnection.of(changed))

    @mutation
    async def shop_connection_match(
        self,
        info: Info,
        id: ConnectionId,
        matches: Annotated[
            list[ShopCategoryMatchInput], strawberry.argument(description="What means what.")
        ],
    ) -> ShopConnectionChange | None:
        """Say which of our categories the shop's own ones mean."""
        info.context.signed_in()
        keys = [
            (
                required_key("ShopCategory", each.id, "matches"),
                required_key("Category", each.category, "matches") if each.category else None,
            )
            for each in matches
        ]
        async with info.context.change() as unit:
            changed = await matching.match_categories(
                unit, required_key("ShopConnection", id), keys
            )
        return ShopConnectionChange(connection=ShopConnection.of(changed))

    @mutation
    async def shop_connection_pull(
        self, info: Info, id: ConnectionId
    ) -> ShopConnectionChange | None:
        """Compare all goods of the shop now."""
        info.context.signed_in()
        async with info.context.change() as unit:
            changed = await connections.ask_pull(unit, required_key("ShopConnection", id))
        return ShopConnectionChange(connection=ShopConnection.of(changed))

    @mutation
    async def shop_connection_enable(
        self, info: Info, id: ConnectionId
    ) -> ShopConnectionChange | None:
        """Switch a connection on."""
        return await _moved(info, id, "enable")

    @mutation
    async def shop_connection_disable(
        self, info: Info, id: ConnectionId
    ) -> ShopConnectionChange | None:
        """Switch a connection off; goods stay as they are."""
        return await _moved(info, id, "disable")

    @mutation
    async def shop_connection_remove(
        self, info: Info, id: ConnectionId
    ) -> ShopConnectionChange | None:
        """End a connection; goods stay as they are."""
        return await _moved(info, id, "remove")


async def _moved(info: Info, connection_id: str, transition: str) -> ShopConnectionChange:
    info.context.signed_in()
    async with info.context.change() as unit:
        key = required_key("ShopConnection", connection_id)
        changed = await connections.move_connection(unit, key, transition)
    return ShopConnectionChange(connection=ShopConnection.of(changed))
