"""Tables of the people of a business: who is asked to join, and who shall own it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.models.businesses import Business
from businesses.rules.people import EndReason
from marketplace.accounts.models import User
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import text_enum
from marketplace.kernel.viewer import MemberRole


class Invitation(Identified):
    """Somebody is asked to act for a business; the link that was sent is good once."""

    __tablename__ = "business_invitations"
    __table_args__ = (
        Index(
            "uq_business_invitations_business_id_sent_to",
            "business_id",
            "sent_to",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_with_reason"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    sent_to: Mapped[str] = mapped_column(String(254))
    role: Mapped[MemberRole] = mapped_column(text_enum(MemberRole))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    invited_by_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[EndReason | None] = mapped_column(text_enum(EndReason))
    accepted_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )

    business: Mapped[Business] = relationship(lazy="raise")
    invited_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[invited_by_id])


class Handover(Identified):
    """An owner offers the business to a member, who takes it or does not."""

    __tablename__ = "ownership_handovers"
    __table_args__ = (
        Index(
            "uq_ownership_handovers_business_id",
            "business_id",
            unique=True,
            postgresql_where="ended_at IS NULL",
        ),
        CheckConstraint("from_user_id <> to_user_id", name="to_another"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_with_reason"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    from_user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    to_user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[EndReason | None] = mapped_column(text_enum(EndReason))

    business: Mapped[Business] = relationship(lazy="raise")
