"""Tables of what a store shows of itself beside its profile, and of its old addresses."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified, Model


class Store(Model):
    """How a business presents itself: colour, place on the map, hours, what it holds to.

    `hours` are seven lists of spans in minutes of the day, Monday first; none where it tells none.
    """

    __tablename__ = "stores"
    __table_args__ = (
        CheckConstraint("accent ~ '^#[0-9a-f]{6}$'", name="accent"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="point"),
    )

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        primary_key=True,
    )
    accent: Mapped[str | None] = mapped_column(String(7))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    hours: Mapped[list[Any] | None] = mapped_column(JSONB(none_as_null=True))
    shows_certificates: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class StorePolicy(Model):
    """What a store promises its buyers, in one language."""

    __tablename__ = "store_policies"

    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    delivery: Mapped[str] = mapped_column(Text, default="")
    returns: Mapped[str] = mapped_column(Text, default="")
    payment: Mapped[str] = mapped_column(Text, default="")


class StoreClosure(Identified):
    """Days on which a store stays closed, both ends included, and what it tells buyers."""

    __tablename__ = "store_closures"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        Index("ix_store_closures_business_id_last_day", "business_id", "last_day"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    note_vi: Mapped[str] = mapped_column(String(300), default="")
    note_en: Mapped[str] = mapped_column(String(300), default="")


class OldSlug(Model):
    """A name a business had in addresses; it leads to today's for good."""

    __tablename__ = "business_slugs"

    slug: Mapped[str] = mapped_column(String(160), primary_key=True)
    business_id: Mapped[UUID] = mapped_column(
        ForeignKey("businesses.id", ondelete="CASCADE"),
        index=True,
    )
    left_at: Mapped[datetime]
