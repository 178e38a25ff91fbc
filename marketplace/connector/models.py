"""Tables of connections: the shop, what it sorts by, its goods, and what it told us."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.connector.rules.states import ConnectionState, SortKind, Trouble
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import Stateful, state_column, text_enum


class ShopConnection(Stateful):
    """A shop that a business runs elsewhere; `category_id` takes what is not matched yet."""

    __tablename__ = "shop_connections"
    __table_args__ = (
        Index("ix_shop_connections_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
        Index(
            "uq_shop_connections_business_id",
            "business_id",
            unique=True,
            postgresql_where="state <> 'removed'",
        ),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    url: Mapped[str] = mapped_column(String(500))
    channel: Mapped[str] = mapped_column(String(80))
    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"))
    sealed_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[ConnectionState] = state_column(ConnectionState, ConnectionState.ACTIVE)
    created_at: Mapped[datetime]
    next_pull_at: Mapped[datetime]
    pull_began_at: Mapped[datetime | None]
    pulled_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failed_count: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[Trouble | None] = mapped_column(text_enum(Trouble))
    created_count: Mapped[int] = mapped_column(default=0)
    updated_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)


class ShopCategory(Identified):
    """A category or product type of a shop, and which of our categories it means."""

    __tablename__ = "shop_categories"
    __table_args__ = (UniqueConstraint("connection_id", "kind", "external_id"),)

    connection_id: Mapped[UUID] = mapped_column(
        ForeignKey("shop_connections.id", ondelete="CASCADE"),
    )
    kind: Mapped[SortKind] = mapped_column(text_enum(SortKind))
    external_id: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(250))
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"))


class ShopProduct(Identified):
    """A product of a shop: which of ours it is, whether the shop offers it, what is wrong."""

    __tablename__ = "shop_products"
    __table_args__ = (UniqueConstraint("connection_id", "external_id"),)

    connection_id: Mapped[UUID] = mapped_column(
        ForeignKey("shop_connections.id", ondelete="CASCADE"),
    )
    external_id: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(250))
    product_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("products.id", ondelete="SET NULL"),
        index=True,
    )
    is_offered: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]
    problem: Mapped[str | None] = mapped_column(String(300))
    parameters: Mapped[dict[str, Any] | None]


class ShopMessage(Identified):
    """A message of a shop that was proven; kept as long as it could come again."""

    __tablename__ = "shop_messages"
    __table_args__ = (
        UniqueConstraint("connection_id", "digest"),
        Index("ix_shop_messages_received_at", "received_at"),
    )

    connection_id: Mapped[UUID] = mapped_column(
        ForeignKey("shop_connections.id", ondelete="CASCADE"),
    )
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    event: Mapped[str] = mapped_column(String(64))
    external_id: Mapped[str] = mapped_column(String(80))
    received_at: Mapped[datetime]
    repeated_count: Mapped[int] = mapped_column(default=0)
