"""Tables of verification: where it stands, and what each independent source said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.models.businesses import Business
from businesses.rules.verification import VerificationChannel, VerificationState
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import Stateful, state_column, text_enum


class Verification(Stateful):
    """The check of one business, from its first draft to a decision.

    `notes` holds what an officer asks to be changed: `{requirement: words}`.
    """

    __tablename__ = "verifications"
    __table_args__ = (
        Index("ix_verifications_state_submitted_at", "state", "submitted_at"),
        Index("ix_verifications_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
    )

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        unique=True,
    )
    state: Mapped[VerificationState] = state_column(VerificationState, VerificationState.DRAFT)
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    notes: Mapped[dict[str, Any] | None]
    reason: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    business: Mapped[Business] = relationship(lazy="raise")


class VerificationCheck(Identified):
    """What one source said about a business, and until when that is worth something."""

    __tablename__ = "verification_checks"
    __table_args__ = (
        Index("ix_verification_checks_business_id_channel_at", "business_id", "channel", "at"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    channel: Mapped[VerificationChannel] = mapped_column(text_enum(VerificationChannel))
    passed: Mapped[bool]
    evidence: Mapped[dict[str, Any] | None]
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
