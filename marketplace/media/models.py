"""Tables of the media."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified
from marketplace.media.rules.kinds import MediaKind, MediaState


class MediaFile(Identified):
    """A file somebody handed in, and the sizes made of it.

    `renditions` holds the keys of the sizes: `{"512": {"webp": key, "avif": key, "jpeg": key}}`.
    """

    __tablename__ = "media_files"
    __table_args__ = (
        CheckConstraint("byte_size >= 0", name="byte_size"),
        Index(
            "ix_media_files_pending",
            "created_at",
            postgresql_where="state = 'pending'",
        ),
        Index("ix_media_files_created_at", "created_at"),
    )

    uploader_id: Mapped[UUID | None] = mapped_column(index=True)
    kind: Mapped[MediaKind] = mapped_column(
        Enum(
            MediaKind,
            native_enum=False,
            length=16,
            values_callable=lambda members: [member.value for member in members],
        ),
    )
    state: Mapped[MediaState] = mapped_column(
        Enum(
            MediaState,
            native_enum=False,
            length=16,
            values_callable=lambda members: [member.value for member in members],
        ),
        default=MediaState.PENDING,
    )
    is_private: Mapped[bool] = mapped_column(default=False)
    storage_key: Mapped[str] = mapped_column(unique=True)
    content_type: Mapped[str] = mapped_column(String(64))
    byte_size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    alt_vi: Mapped[str] = mapped_column(default="")
    alt_en: Mapped[str] = mapped_column(default="")
    colour: Mapped[str | None] = mapped_column(String(7))
    renditions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class ShownMedia(NamedTuple):
    """What is needed to show a picture, named as the columns are: lists read this much of it."""

    id: UUID
    is_private: bool
    storage_key: str
    state: MediaState
    renditions: dict[str, Any]
    alt_vi: str
    alt_en: str
