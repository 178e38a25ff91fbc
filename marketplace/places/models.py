"""Tables of the administrative units."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.kernel.database import Identified
from marketplace.places.rules.levels import PlaceLevel


class Place(Identified):
    """A province, district or commune between two dates; an open end means today."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
        Index("ix_places_level_sort_key", "level", "sort_key"),
        Index(
            "uq_places_code_today",
            "code",
            unique=True,
            postgresql_where="valid_to IS NULL",
        ),
    )

    code: Mapped[str] = mapped_column(String(64))
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    full_name: Mapped[str]
    slug: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(16))
    level: Mapped[PlaceLevel] = mapped_column(
        Enum(
            PlaceLevel,
            native_enum=False,
            length=16,
            values_callable=lambda members: [member.value for member in members],
        ),
    )
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    area_km2: Mapped[Decimal | None] = mapped_column(Numeric(9, 2))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    description: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    scene: Mapped[str | None] = mapped_column(String(64))
    banner_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"), index=True)
    sort_key: Mapped[str] = mapped_column(String(collation="C"))

    parent: Mapped["Place | None"] = relationship(lazy="raise", remote_side="Place.id")


class PlaceTranslation(Identified):
    """A place's words in a language other than Vietnamese."""

    __tablename__ = "place_translations"
    __table_args__ = (UniqueConstraint("place_id", "language"),)

    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(8))
    name: Mapped[str]
    full_name: Mapped[str]
    description: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class PlaceSuccession(Identified):
    """An old unit and the one that took over its land, or a part of it, on a day."""

    __tablename__ = "place_successions"
    __table_args__ = (UniqueConstraint("predecessor_id", "successor_id"),)

    predecessor_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"))
    successor_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"), index=True)
    on: Mapped[date]


class PlaceAlias(Identified):
    """Another way of naming a place, folded; the heavier the likelier to be meant."""

    __tablename__ = "place_aliases"
    __table_args__ = (
        UniqueConstraint("folded", "place_id"),
        Index(
            "ix_place_aliases_folded_prefix",
            "folded",
            postgresql_ops={"folded": "text_pattern_ops"},
        ),
    )

    folded: Mapped[str]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id", ondelete="CASCADE"), index=True)
    weight: Mapped[int] = mapped_column(default=1)
