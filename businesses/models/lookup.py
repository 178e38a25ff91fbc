"""Tables of what registers say: answers of the look-up, and the department's own register."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from businesses.rules.lookup import LookupOutcome, RegisterStatus
from marketplace.kernel.database import Identified
from marketplace.kernel.transitions import text_enum


class EnterpriseAnswer(Identified):
    """One question to the public register and its answer, kept as evidence; the raw one sealed."""

    __tablename__ = "enterprise_answers"
    __table_args__ = (
        Index("ix_enterprise_answers_business_id_asked_at", "business_id", "asked_at"),
        Index(
            "ix_enterprise_answers_again_at",
            "again_at",
            postgresql_where="again_at IS NOT NULL",
        ),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    identifier_hash: Mapped[bytes] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[LookupOutcome] = mapped_column(text_enum(LookupOutcome))
    status: Mapped[RegisterStatus] = mapped_column(text_enum(RegisterStatus))
    status_words: Mapped[str] = mapped_column(String(300), default="")
    name: Mapped[str] = mapped_column(String(400), default="")
    is_same_name: Mapped[bool] = mapped_column(default=False)
    raw: Mapped[bytes | None]
    asked_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=1)
    again_at: Mapped[datetime | None]
    needs_person: Mapped[bool] = mapped_column(default=False)


class RegisterEntry(Identified):
    """A line of the department's own register of businesses, found by its number's keyed hash."""

    __tablename__ = "register_entries"

    identifier_hash: Mapped[bytes] = mapped_column(unique=True)
    identifier_masked: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(400))
    name_folded: Mapped[str] = mapped_column(String(400), index=True)
    address: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[RegisterStatus] = mapped_column(text_enum(RegisterStatus))
    status_words: Mapped[str] = mapped_column(String(300), default="")
    registered_on: Mapped[date | None]
    file_name: Mapped[str] = mapped_column(String(200), default="")
    row_number: Mapped[int]
    seen_at: Mapped[datetime]
