"""Connections to shops elsewhere."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marketplace.connector.models import ShopCategory, ShopConnection
from marketplace.connector.rules.states import ConnectionState, SortKind
from marketplace.kernel.database import Model, new_id
from tests.factories.joining import STATES


def a_connection(business_id: UUID, category_id: UUID) -> ShopConnection:
    """A shop that is pulled, and was not yet."""
    now = datetime.now(UTC)
    return ShopConnection(
        id=new_id(),
        business_id=business_id,
        url="https://shop.example.vn/graphql/",
        channel="default-channel",
        category_id=category_id,
        created_at=now,
        next_pull_at=now,
    )


def a_shop_category(connection_id: UUID) -> ShopCategory:
    """A category of that shop that nobody has matched."""
    return ShopCategory(
        id=new_id(),
        connection_id=connection_id,
        kind=SortKind.CATEGORY,
        external_id="Q2F0ZWdvcnk6MQ==",
        name="Đồ khô",
    )


def some_connections(things: Mapping[str, Any]) -> dict[str, Model]:
    """One that is pulled, and one that is switched off."""
    connection = a_connection(things["business"].id, things["food"].id)
    disabled = a_connection(things[next(iter(STATES))].id, things["food"].id)
    disabled.state = ConnectionState.DISABLED
    return {"connection": connection, "disabled_connection": disabled}
