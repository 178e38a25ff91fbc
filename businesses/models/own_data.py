"""Tables of a business's way out: its data to carry away, and its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.models.businesses import Business
from businesses.rules.own_data import ClosingState
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import Stateful, state_column


class DataDownload(Identified):
    """All data of a business in one file, made for an owner; it goes again after a while."""

    __tablename__ = "data_downloads"

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"), index=True
    )
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    media_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"), index=True)
    ready_at: Mapped[datetime | None]


class BusinessClosing(Stateful):
    """An owner wants the business closed; until the deadline that can be undone."""

    __tablename__ = "business_closings"
    __table_args__ = (
        Index(
            "uq_business_closings_business_id",
            "business_id",
            unique=True,
            postgresql_where="state = 'waiting'",
        ),
        Index("ix_business_closings_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    state: Mapped[ClosingState] = state_column(ClosingState, ClosingState.WAITING)
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]

    business: Mapped[Business] = relationship(lazy="raise")
