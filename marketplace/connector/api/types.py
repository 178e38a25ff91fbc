"""GraphQL types of connections."""

from datetime import datetime
from enum import Enum
from typing import Final, Self

import strawberry
from sqlalchemy import func, select

from businesses.api.queries.workspaces import Workspace
from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.connector import models, queries
from marketplace.connector.models import ShopMessage, ShopProduct
from marketplace.connector.rules.messages import SUBSCRIPTION
from marketplace.connector.rules.states import ConnectionState, SortKind, Trouble
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.i18n import _, translate

MOST_SHOWN: Final = 50
TROUBLES: Final = {
    Trouble.UNREACHABLE: _("The shop does not answer."),
    Trouble.FORBIDDEN_ADDRESS: _("The shop's address leads to a place that is not public."),
    Trouble.REFUSED: _("The shop does not let us read its goods. Please check channel and token."),
    Trouble.UNREADABLE: _("What answers there is no Saleor shop."),
    Trouble.TOO_MUCH: _("The shop answers with more than we can take."),
    Trouble.EMPTY: _("The shop shows no goods at all in this channel. Ours were left as they are."),
}

strawberry.enum(
    ConnectionState,
    name="ShopConnectionStateEnum",
    description="Whether goods are pulled from a shop.",
)
strawberry.enum(SortKind, name="ShopSortEnum", description="What a shop sorts its goods by.")


@strawberry.enum(description="Why something about a connection was refused.")
class ShopConnectionErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    REQUIRED = "required"
    NOT_FOUND = "not_found"
    UNIQUE = "unique"


@strawberry.type
class ShopConnectionError:
    """Something about a connection that was refused."""

    field: str | None = strawberry.field(description="The input field it is about.")
    message: str | None = strawberry.field(description="The reason, for the reader.")
    code: ShopConnectionErrorCode = strawberry.field(description="The reason, for programs.")


@strawberry.type
class ShopCategory:
    """A category or product type of the other shop, and what it means here."""

    id: strawberry.ID = strawberry.field(description="The id of the match.")
    kind: SortKind = strawberry.field(description="Whether it is a category or a product type.")
    name: str = strawberry.field(description="What the shop calls it.")
    category_id: strawberry.ID | None = strawberry.field(
        description="Our category; none while nobody has said."
    )

    @classmethod
    def of(cls, row: models.ShopCategory) -> Self:
        """The match as the schema shows it."""
        found = row.category_id
        return cls(
            id=to_global("ShopCategory", row.id),
            kind=row.kind,
            name=row.name,
            category_id=None if found is None else to_global("Category", found),
        )


@strawberry.type
class ShopProblem:
    """A product of the other shop that could not be shown here, and why."""

    name: str = strawberry.field(description="What the shop calls it.")
    message: str = strawberry.field(description="What is wrong, for the reader.")
    product_id: strawberry.ID | None = strawberry.field(
        description="Our draft of it, where there is one."
    )


@strawberry.type
class ShopConnection:
    """A shop that a business runs elsewhere on Saleor, and how the pulling of its goods goes."""

    id: strawberry.ID = strawberry.field(description="The id of the connection.")
    url: str = strawberry.field(description="The address of the shop's API.")
    channel: str = strawberry.field(description="The channel of the shop whose prices count.")
    category_id: strawberry.ID = strawberry.field(
        description="Our category for goods whose own is not matched yet; they stay drafts."
    )
    has_token: bool = strawberry.field(description="Whether a token was given; it is never shown.")
    state: ConnectionState = strawberry.field(description="Whether goods are pulled.")
    is_pulling: bool = strawberry.field(description="Whether goods are being pulled now.")
    pulled: datetime | None = strawberry.field(description="When all goods were compared last.")
    failing_since: datetime | None = strawberry.field(
        description="Since when the shop could not be read."
    )
    created_count: int = strawberry.field(description="Packings that the last pull added.")
    updated_count: int = strawberry.field(description="Packings that the last pull changed.")
    unchanged_count: int = strawberry.field(description="Packings that were in step already.")
    row: strawberry.Private[models.ShopConnection]

    @classmethod
    def of(cls, row: models.ShopConnection) -> Self:
        """The connection as the schema shows it."""
        return cls(
            id=to_global("ShopConnection", row.id),
            url=row.url,
            channel=row.channel,
            category_id=to_global("Category", row.category_id),
            has_token=row.sealed_token is not None,
            state=row.state,
            is_pulling=row.pull_began_at is not None,
            pulled=row.pulled_at,
            failing_since=row.failing_since,
            created_count=row.created_count,
            updated_count=row.updated_count,
            unchanged_count=row.unchanged_count,
            row=row,
        )

    @strawberry.field
    def trouble(self, info: Info) -> str | None:
        """What is wrong with the shop, for the reader."""
        found = self.row.trouble
        return None if found is None else translate(TROUBLES[found], info.context.language)

    @strawberry.field
    def webhook_url(self, info: Info) -> str:
        """Where the shop shall send its messages."""
        public = info.context.ports[ACCOUNT_SETTINGS].public_url
        return f"{public}/hooks/saleor/{self.row.id}"

    @strawberry.field
    def webhook_query(self) -> str:
        """The subscription that the shop's webhook shall have."""
        return SUBSCRIPTION

    @strawberry.field
    async def heard(self, info: Info) -> datetime | None:
        """When the shop sent its last message."""
        statement = select(func.max(ShopMessage.received_at)).where(
            ShopMessage.connection_id == self.row.id
        )
        return await info.context.reader.first(statement)

    @strawberry.field
    async def product_count(self, info: Info) -> int:
        """How many of the shop's goods are known here."""
        statement = select(func.count()).where(
            ShopProduct.connection_id == self.row.id, ShopProduct.product_id.is_not(None)
        )
        return await info.context.reader.first(statement) or 0

    @strawberry.field
    async def problem_count(self, info: Info) -> int:
        """How many of the shop's goods have something wrong with them."""
        statement = select(func.count()).where(
            ShopProduct.connection_id == self.row.id, ShopProduct.problem.is_not(None)
        )
        return await info.context.reader.first(statement) or 0

    @strawberry.field
    async def categories(self, info: Info) -> list[ShopCategory]:
        """What the shop sorts by; what is not matched yet comes first."""
        rows = await info.context.reader.all(queries.categories_of(self.row.id))
        return [ShopCategory.of(row) for row in rows]

    @strawberry.field
    async def problems(self, info: Info) -> list[ShopProblem]:
        """Goods with something wrong with them, at most fifty."""
        statement = (
            queries.products_of(self.row.id)
            .where(ShopProduct.problem.is_not(None))
            .limit(MOST_SHOWN)
        )
        return [
            ShopProblem(
                name=row.name,
                message=translate(
                    row.problem or "", info.context.language, **(row.parameters or {})
                ),
                product_id=None if row.product_id is None else to_global("Product", row.product_id),
            )
            for row in await info.context.reader.all(statement)
        ]


@strawberry.type
class WorkspaceConnection:
    """The shop that a business runs elsewhere, in its workspace."""

    @strawberry.field
    async def connection(
        self, parent: strawberry.Parent[Workspace], info: Info
    ) -> ShopConnection | None:
        """The connection, for owners and managers."""
        statement = queries.visible_connections(info.context.viewer, parent.key)
        row = await info.context.reader.first(statement)
        return None if row is None else ShopConnection.of(row)
