"""Statements over connections: built here, executed by whoever asks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from marketplace.connector.models import ShopCategory, ShopConnection, ShopMessage, ShopProduct
from marketplace.connector.policies import may_connect
from marketplace.connector.rules.states import ConnectionState
from marketplace.kernel.viewer import Viewer


def visible_connections(viewer: Viewer, business_id: UUID) -> Select[ShopConnection]:
    """The business's connection, for whoever may look after it."""
    allowed = true() if may_connect(viewer, business_id) else false()
    return select(ShopConnection).where(
        allowed,
        ShopConnection.business_id == business_id,
        ShopConnection.state != ConnectionState.REMOVED,
    )


def connection_for_change(connection_id: UUID) -> Select[ShopConnection]:
    """The connection, locked until the transaction ends; a removed one is not there.

    Messages of the shop that come meanwhile are not held up (`FOR NO KEY UPDATE`).
    """
    return (
        select(ShopConnection)
        .where(
            ShopConnection.id == connection_id,
            ShopConnection.state != ConnectionState.REMOVED,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def active_connection(connection_id: UUID) -> Select[ShopConnection]:
    """The connection, while goods are pulled through it."""
    return select(ShopConnection).where(
        ShopConnection.id == connection_id,
        ShopConnection.state == ConnectionState.ACTIVE,
    )


def connections_due(now: datetime) -> Select[ShopConnection]:
    """Shops whose goods are to be compared again."""
    return (
        select(ShopConnection)
        .where(ShopConnection.state == ConnectionState.ACTIVE, ShopConnection.next_pull_at <= now)
        .order_by(ShopConnection.next_pull_at, ShopConnection.id)
        .limit(50)
        .with_for_update(skip_locked=True)
    )


def categories_of(connection_id: UUID) -> Select[ShopCategory]:
    """What a shop sorts its goods by; what is not matched yet comes first."""
    return (
        select(ShopCategory)
        .where(ShopCategory.connection_id == connection_id)
        .order_by(
            ShopCategory.category_id.is_not(None),
            ShopCategory.kind,
            ShopCategory.name,
            ShopCategory.id,
        )
    )


def products_of(connection_id: UUID) -> Select[ShopProduct]:
    """What is known of a shop's goods."""
    return (
        select(ShopProduct)
        .where(ShopProduct.connection_id == connection_id)
        .order_by(ShopProduct.name, ShopProduct.id)
    )


def keep_notice(
    connection_id: UUID,
    digest: bytes,
    event: str,
    external_id: str,
    row_id: UUID,
    now: datetime,
) -> ReturningInsert[UUID]:
    """Keep a message unless it came before; returns its key when it is new."""
    return (
        insert(ShopMessage)
        .values(
            id=row_id,
            connection_id=connection_id,
            digest=digest,
            event=event,
            external_id=external_id,
            received_at=now,
            repeated_count=0,
        )
        .on_conflict_do_nothing(index_elements=["connection_id", "digest"])
        .returning(ShopMessage.id)
    )
