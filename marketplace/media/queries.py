"""Statements about media; none of them runs here."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from marketplace.kernel.database import Model
from marketplace.kernel.viewer import Viewer
from marketplace.media.models import MediaFile
from marketplace.media.rules.kinds import MediaState


def visible_media(viewer: Viewer) -> Select[MediaFile]:
    """Every public file, and the viewer's own private ones."""
    if viewer.is_system:
        return select(MediaFile)
    public = MediaFile.is_private.is_(False)
    if viewer.user_id is None:
        return select(MediaFile).where(public)
    return select(MediaFile).where(or_(public, MediaFile.uploader_id == viewer.user_id))


def media_among(viewer: Viewer, ids: Collection[UUID]) -> Select[MediaFile]:
    """Those files, as far as the viewer may see them."""
    return visible_media(viewer).where(MediaFile.id.in_(ids))


def media_for_change(media_id: UUID) -> Select[MediaFile]:
    """One file, locked."""
    return select(MediaFile).where(MediaFile.id == media_id).with_for_update()


def bytes_handed_in(user_id: UUID, since: datetime, least: int) -> Select[int]:
    """What the person's files since then come to, a file being counted as `least` bytes at least.

    The number is told by the files themselves, so that whoever could not send one may try again.
    """
    counted = func.greatest(MediaFile.byte_size, least)
    return select(func.coalesce(func.sum(counted), 0)).where(
        MediaFile.uploader_id == user_id,
        MediaFile.created_at > since,
    )


def pending_since(moment: datetime) -> Select[UUID]:
    """Pictures that have waited for their sizes since before the moment."""
    return (
        select(MediaFile.id)
        .where(MediaFile.state == MediaState.PENDING, MediaFile.created_at < moment)
        .order_by(MediaFile.created_at)
        .limit(500)
    )


def orphans_since(moment: datetime) -> Select[MediaFile]:
    """Files older than the moment that nothing refers to, locked."""
    return (
        select(MediaFile)
        .where(MediaFile.created_at < moment, ~is_used())
        .order_by(MediaFile.created_at)
        .limit(500)
        .with_for_update(skip_locked=True)
    )


def is_used() -> ColumnElement[bool]:
    """Whether any row of any table refers to the file; foreign keys tell which tables may."""
    references = [
        exists().where(key.parent == MediaFile.id)
        for table in Model.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.target_fullname == "media_files.id"
    ]
    return or_(*references) if references else MediaFile.id.is_(None)


def known_among(ids: Collection[UUID]) -> Select[UUID]:
    """Which of the ids are files of ours."""
    return select(MediaFile.id).where(MediaFile.id.in_(ids))
