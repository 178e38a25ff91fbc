"""Tables of assisted selling: who acts for a seller, by which consent, and who does so now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.models.businesses import Business
from businesses.rules.assistance import ConsentMethod, HelperCapacity
from marketplace.accounts.models import User
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import text_enum


class Assistance(Identified):
    """A seller's recorded consent that somebody acts for the business: how far and how long."""

    __tablename__ = "assistances"
    __table_args__ = (
        Index(
            "uq_assistances_business_id_helper_id",
            "business_id",
            "helper_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        CheckConstraint("cardinality(scopes) > 0", name="some_scope"),
        CheckConstraint("expires_at > recorded_at", name="expires_later"),
        CheckConstraint(
            "method <> 'paper' OR evidence_id IS NOT NULL",
            name="paper_with_photo",
        ),
        CheckConstraint("method <> 'witness' OR witness <> ''", name="witness_named"),
        CheckConstraint("confirmed_at IS NOT NULL OR method = 'code'", name="only_codes_wait"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    helper_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    seller_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    capacity: Mapped[HelperCapacity] = mapped_column(text_enum(HelperCapacity))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    method: Mapped[ConsentMethod] = mapped_column(text_enum(ConsentMethod))
    witness: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"), index=True)
    code_expires_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )

    business: Mapped[Business] = relationship(lazy="raise")
    helper: Mapped[User] = relationship(lazy="raise", foreign_keys=[helper_id])
    seller: Mapped[User] = relationship(lazy="raise", foreign_keys=[seller_id])


class ActingSession(Model):
    """A browser in which somebody acts for a seller at the moment."""

    __tablename__ = "acting_sessions"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    assistance_id: Mapped[UUID] = mapped_column(
        ForeignKey("assistances.id", ondelete="CASCADE"), index=True
    )
    entered_at: Mapped[datetime]
