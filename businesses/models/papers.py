"""Tables of papers: what was handed in, which licences run until when, and who looked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.rules.joining import Requirement
from businesses.rules.licences import LicenceKind
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import text_enum
from marketplace.media.models import MediaFile


class Licence(Identified):
    """A licence for goods or services that need one."""

    __tablename__ = "business_licences"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= issued_on", name="expires_later"),
        Index("ix_business_licences_expires_on", "expires_on"),
    )

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        index=True,
    )
    kind: Mapped[LicenceKind] = mapped_column(text_enum(LicenceKind))
    number: Mapped[str] = mapped_column(String(64))
    issuer: Mapped[str] = mapped_column(String(200))
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Evidence(Identified):
    """A private paper that shows something: who else than officers and owners sees it, nobody."""

    __tablename__ = "evidences"
    __table_args__ = (Index("ix_evidences_business_id_requirement", "business_id", "requirement"),)

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    requirement: Mapped[Requirement] = mapped_column(text_enum(Requirement))
    licence_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("business_licences.id", ondelete="CASCADE"),
        index=True,
    )
    media_id: Mapped[UUID] = mapped_column(ForeignKey("media_files.id"), unique=True)
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    media: Mapped[MediaFile] = relationship(lazy="raise")


class EvidenceLook(Identified):
    """Somebody opened a paper: who, when, from where; the owner may read it."""

    __tablename__ = "evidence_looks"
    __table_args__ = (Index("ix_evidence_looks_business_id_at", "business_id", "at"),)

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    requirement: Mapped[Requirement] = mapped_column(text_enum(Requirement))
    media_id: Mapped[UUID]
    viewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    address: Mapped[str] = mapped_column(String(45), default="")
    at: Mapped[datetime]
