"""Tables of the law: its sources, its holidays, how long things are kept."""

from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import text_enum
from marketplace.law.rules import Certainty


class LegalBasis(Identified):
    """Where a rule comes from, between two days: a document and its article.

    Code names a rule by its `code` alone, so that a new law is new data.
    """

    __tablename__ = "legal_bases"
    __table_args__ = (
        UniqueConstraint("code", "effective_from"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="validity"),
    )

    code: Mapped[str] = mapped_column(String(64))
    title_vi: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    document: Mapped[str] = mapped_column(String(160))
    article: Mapped[str] = mapped_column(String(120), default="")
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    url: Mapped[str] = mapped_column(String(300), default="")
    certainty: Mapped[Certainty] = mapped_column(text_enum(Certainty))


class Holiday(Model):
    """A day that is not what its weekday says: a public holiday, or a Saturday worked instead."""

    __tablename__ = "holidays"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_off: Mapped[bool] = mapped_column(default=True)
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
    certainty: Mapped[Certainty] = mapped_column(text_enum(Certainty))


class RetentionRule(Identified):
    """How many days something is kept after an event, between two days, and why."""

    __tablename__ = "retention_rules"
    __table_args__ = (
        UniqueConstraint("code", "effective_from"),
        CheckConstraint("days > 0", name="days"),
        CheckConstraint("effective_to IS NULL OR effective_to >= effective_from", name="validity"),
    )

    code: Mapped[str] = mapped_column(String(64))
    days: Mapped[int]
    counted_from_vi: Mapped[str] = mapped_column(String(200))
    counted_from_en: Mapped[str] = mapped_column(String(200))
    basis_code: Mapped[str] = mapped_column(String(64), default="")
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    certainty: Mapped[Certainty] = mapped_column(text_enum(Certainty))
