"""Tables of businesses."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.rules.businesses import BusinessKind, BusinessState
from marketplace.accounts.models import User
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import Stateful, state_column, text_enum
from marketplace.kernel.viewer import MemberRole
from marketplace.media.models import MediaFile
from marketplace.places.models import Place


class Business(Stateful):
    """A business of the province: it sells, makes or hires."""

    __tablename__ = "businesses"
    __table_args__ = (
        CheckConstraint("verification_level BETWEEN 0 AND 4", name="verification_level"),
        Index("ix_businesses_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
        Index("ix_businesses_state_name_sort_id", "state", "name_sort", "id"),
        Index("ix_businesses_state_created_at_id", "state", "created_at", "id"),
    )

    code: Mapped[str] = mapped_column(String(32), unique=True)
    slug: Mapped[str] = mapped_column(String(160), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    name_folded: Mapped[str] = mapped_column(String(200), index=True)
    name_sort: Mapped[str] = mapped_column(String(420, collation="C"))
    kind: Mapped[BusinessKind] = mapped_column(text_enum(BusinessKind))
    state: Mapped[BusinessState] = state_column(BusinessState, BusinessState.DRAFT)
    verification_level: Mapped[int] = mapped_column(default=0)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    hamlet: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254))
    zalo: Mapped[str | None] = mapped_column(String(20))
    website_url: Mapped[str | None] = mapped_column(String(300))
    founded_on: Mapped[date | None]
    story: Mapped[dict[str, Any] | None]
    is_demo: Mapped[bool] = mapped_column(default=False)
    logo_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
    banner_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    place: Mapped[Place | None] = relationship(lazy="raise")
    logo: Mapped[MediaFile | None] = relationship(lazy="raise", foreign_keys=[logo_id])
    banner: Mapped[MediaFile | None] = relationship(lazy="raise", foreign_keys=[banner_id])


class BusinessTranslation(Model):
    """A business in another language than Vietnamese."""

    __tablename__ = "business_translations"

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    story: Mapped[dict[str, Any] | None]


class BusinessMember(Identified):
    """A person who acts for a business, and how far."""

    __tablename__ = "business_members"
    __table_args__ = (UniqueConstraint("business_id", "user_id"),)

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    role: Mapped[MemberRole] = mapped_column(text_enum(MemberRole))
    joined_at: Mapped[datetime] = mapped_column(server_default=func.now())

    business: Mapped[Business] = relationship(lazy="raise")
    user: Mapped[User] = relationship(lazy="raise")
