"""Tables of suspensions: who said why, by which right, and from when on."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from businesses.rules.suspensions import SuspensionKind
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import text_enum


class Suspension(Identified):
    """A business is told that it is, or will be, suspended; an authority's order names itself."""

    __tablename__ = "business_suspensions"
    __table_args__ = (
        CheckConstraint(
            "kind <> 'order' OR (authority <> '' AND document_number <> '' "
            "AND legal_basis <> '' AND received_at IS NOT NULL)",
            name="order_names_itself",
        ),
        CheckConstraint("takes_effect_at >= announced_at", name="effect_after_notice"),
    )

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        index=True,
    )
    kind: Mapped[SuspensionKind] = mapped_column(text_enum(SuspensionKind))
    reason: Mapped[str]
    authority: Mapped[str] = mapped_column(String(200), default="")
    document_number: Mapped[str] = mapped_column(String(100), default="")
    document_date: Mapped[date | None]
    legal_basis: Mapped[str] = mapped_column(String(300), default="")
    received_at: Mapped[datetime | None]
    announced_at: Mapped[datetime]
    takes_effect_at: Mapped[datetime]
    announced_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"),
    )
    lifted_at: Mapped[datetime | None]
