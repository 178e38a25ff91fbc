"""Tables of stock: what lies where, and what of it is promised."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column

from catalog.rules import LOW_STOCK, MovementKind
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import text_enum


class Warehouse(Identified):
    """A place where a business keeps its goods."""

    __tablename__ = "warehouses"
    __table_args__ = (UniqueConstraint("business_id", "name"),)

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id"))
    name: Mapped[str] = mapped_column(String(120))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))


class Stock(Identified):
    """How many of a variant lie in a warehouse, and how many of them are promised.

    `reserved` is held for baskets at the payment step, `allocated` for orders. The database
    itself keeps promises within what there is. `on_hand` is always the sum of its movements;
    at `low_threshold` or below, the seller is told that it runs out.
    """

    __tablename__ = "stocks"
    __table_args__ = (
        UniqueConstraint("variant_id", "warehouse_id"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("reserved >= 0", name="reserved"),
        CheckConstraint("allocated >= 0", name="allocated"),
        CheckConstraint("reserved + allocated <= on_hand", name="promised"),
        Index("ix_stocks_warehouse_id", "warehouse_id"),
    )

    warehouse_id: Mapped[UUID] = mapped_column(ForeignKey("warehouses.id"))
    variant_id: Mapped[UUID] = mapped_column(ForeignKey("product_variants.id", ondelete="CASCADE"))
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    low_threshold: Mapped[int] = mapped_column(default=LOW_STOCK, server_default=str(LOW_STOCK))

    available: Mapped[int] = column_property(on_hand - reserved - allocated)


class StockMovement(Identified):
    """One line of the stock's append-only book: what came or went, when, by whom and why."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        Index("ix_stock_movements_stock_id", "stock_id", "at", "id"),
        Index("ix_stock_movements_business_id_at_id", "business_id", "at", "id"),
    )

    stock_id: Mapped[UUID] = mapped_column(ForeignKey("stocks.id", ondelete="CASCADE"))
    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id"))
    kind: Mapped[MovementKind] = mapped_column(text_enum(MovementKind))
    quantity: Mapped[int]
    on_hand_after: Mapped[int]
    note: Mapped[str] = mapped_column(String(250), default="")
    actor_id: Mapped[UUID | None]
    on_behalf_of_id: Mapped[UUID | None]
    at: Mapped[datetime]
