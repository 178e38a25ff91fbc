"""Tables of stock: what lies where, and what of it is promised."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column

from marketplace.kernel.database import Identified


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
    itself keeps promises within what there is.
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

    available: Mapped[int] = column_property(on_hand - reserved - allocated)
