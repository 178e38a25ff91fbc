"""Connections to shops elsewhere."""

from datetime import UTC, datetime
from uuid import UUID

from marketplace.connector.models import ShopCategory, ShopConnection
from marketplace.connector.rules.states import SortKind
from marketplace.kernel.database import new_id


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
