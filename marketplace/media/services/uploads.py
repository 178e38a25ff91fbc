"""Taking files in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotSignedInError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media import queries
from marketplace.media.errors import (
    FileTooLargeError,
    HiddenContentError,
    QuotaUsedUpError,
    UnknownFileTypeError,
    UnreadableFileError,
)
from marketplace.media.events import PictureUploaded
from marketplace.media.models import MediaFile
from marketplace.media.ports import MediaStore, UploadQuota
from marketplace.media.rules.hidden import (
    ends_behind_its_end,
    is_active_document,
    is_two_things,
)
from marketplace.media.rules.keys import original_key, rendition_key_of
from marketplace.media.rules.kinds import EXTENSIONS, PDF, MediaKind, MediaState, sniff
from marketplace.media.rules.sizes import CONTENT_TYPES, RenditionFormat, with_rendition
from marketplace.media.services.pictures import clean_picture, in_worker

MOST_BYTES: Final = 10 * 1024 * 1024
LONGEST_ALT: Final = 250
QUOTA_PERIOD: Final = timedelta(days=1)
# A small picture costs its sizes, too: many small ones are no way around the quota.
COUNTED_AT_LEAST: Final = 100_000
_PDF_END: Final = b"%%EOF"
_PDF_TAIL: Final = 2048
_HIDDEN_IN_PICTURE: Final = _(
    "The picture holds something else beside the picture. Please take a photo or a screenshot"
    " of it and send that."
)
_HIDDEN_IN_DOCUMENT: Final = _(
    "The document holds programs or other files, or is locked. Please print it to a new PDF, or"
    " send photos of its pages."
)


@dataclass(frozen=True, slots=True)
class Alt:
    """What a picture shows, in words, for those who do not see it."""

    vi: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture of our own making, its sizes rendered already (the demo's drawings)."""

    renditions: Mapping[tuple[int, RenditionFormat], bytes]
    width: int
    height: int
    colour: str | None = None
    alt: Alt = Alt()


async def upload_image(
    unit: UnitOfWork,
    store: MediaStore,
    data: bytes,
    *,
    quota: UploadQuota | None = None,
    alt: Alt = Alt(),
    is_private: bool = False,
    media_id: UUID | None = None,
) -> MediaFile:
    """Take a picture in: cleaned of everything but its pixels; a job makes the sizes.

    The file is stored before the row is committed: a row never lacks its file, and a file
    without a row is cleared away by `remove_strays`. An importer that must not store a picture
    twice gives it a `media_id` of its own; what no person hands in has no quota.

    Raises:
        NotSignedInError: a visitor.
        FileTooLargeError: more than 10 MB.
        UnknownFileTypeError: its bytes are no picture's, whatever it is called.
        HiddenContentError: it is a page, a program or an archive as well.
        TooManyPixelsError: more than 40 million pixels.
        UnreadableFileError: damaged or cut off.
        QuotaUsedUpError: the person has handed in enough for a day.
    """
    content_type = _check(unit, data)
    await _refuse_beyond(unit, quota, len(data))
    if content_type == PDF:
        raise UnknownFileTypeError(_("This is not a picture. Please send JPEG, PNG or WebP."))
    if is_two_things(data):
        raise HiddenContentError(_HIDDEN_IN_PICTURE)
    clean = await in_worker(clean_picture, data)
    media = _new_file(
        unit,
        clean.data,
        clean.content_type,
        is_private=is_private,
        media_id=media_id,
    )
    media.kind = MediaKind.IMAGE
    media.state = MediaState.READY if is_private else MediaState.PENDING
    media.width, media.height, media.colour = clean.width, clean.height, clean.colour
    media.alt_vi, media.alt_en = nfc(alt.vi)[:LONGEST_ALT], nfc(alt.en)[:LONGEST_ALT]
    await _hold_quota(unit, quota, media.byte_size)
    await store.put(media.storage_key, clean.data, clean.content_type)
    unit.session.add(media)
    if not is_private:
        unit.announce(PictureUploaded(media.id))
    return media


async def upload_document(
    unit: UnitOfWork,
    store: MediaStore,
    data: bytes,
    *,
    quota: UploadQuota | None = None,
) -> MediaFile:
    """Take a private document in: a PDF as it is, or a picture of a paper, cleaned.

    Raises:
        NotSignedInError: a visitor.
        FileTooLargeError: more than 10 MB.
        UnknownFileTypeError: neither PDF nor picture.
        HiddenContentError: a PDF with programs, other files or a lock; a file of two kinds.
        TooManyPixelsError: a picture of more than 40 million pixels.
        UnreadableFileError: damaged or cut off.
        QuotaUsedUpError: the person has handed in enough for a day.
    """
    content_type = _check(unit, data)
    if content_type != PDF:
        return await upload_image(unit, store, data, quota=quota, is_private=True)
    if _PDF_END not in data[-_PDF_TAIL:]:
        raise UnreadableFileError(
            _("The document is damaged or was not sent completely. Please send it again."),
        )
    if await in_worker(_hides_something, data):
        raise HiddenContentError(_HIDDEN_IN_DOCUMENT)
    media = _new_file(unit, data, content_type, is_private=True)
    media.kind = MediaKind.DOCUMENT
    media.state = MediaState.READY
    await _hold_quota(unit, quota, media.byte_size)
    await store.put(media.storage_key, data, content_type)
    unit.session.add(media)
    return media


async def store_prepared_image(
    unit: UnitOfWork,
    store: MediaStore,
    picture: PreparedPicture,
    *,
    media_id: UUID | None = None,
) -> MediaFile:
    """Keep a picture of our own making without looking into it; nothing is left to render.

    With a `media_id` of the caller's choice it may be done again: the row is made once.
    """
    key = media_id or new_id()
    media = await unit.session.get(MediaFile, key)
    (size, name), largest = max(picture.renditions.items(), key=lambda each: each[0][0])
    if media is None:
        media = MediaFile(id=key, uploader_id=unit.viewer.user_id, created_at=unit.now)
        unit.session.add(media)
    media.kind, media.state, media.is_private = MediaKind.IMAGE, MediaState.READY, False
    media.storage_key = rendition_key_of(key, size, EXTENSIONS[CONTENT_TYPES[name]])
    media.content_type, media.byte_size = CONTENT_TYPES[name], len(largest)
    media.sha256 = sha256(largest).hexdigest()
    media.width, media.height, media.colour = picture.width, picture.height, picture.colour
    media.alt_vi, media.alt_en = nfc(picture.alt.vi), nfc(picture.alt.en)
    renditions: dict[str, dict[str, str]] = {}
    for (each, wanted), data in picture.renditions.items():
        stored = rendition_key_of(key, each, EXTENSIONS[CONTENT_TYPES[wanted]])
        await store.put(stored, data, CONTENT_TYPES[wanted])
        renditions = with_rendition(renditions, each, wanted, stored)
    media.renditions = renditions
    return media


def _check(unit: UnitOfWork, data: bytes) -> str:
    """The type of what was sent, once it is certain that it may be looked into."""
    if not unit.viewer.is_signed_in and not unit.viewer.is_system:
        raise NotSignedInError
    if len(data) > MOST_BYTES:
        raise FileTooLargeError(MOST_BYTES // (1024 * 1024))
    content_type = sniff(data)
    if content_type is None:
        raise UnknownFileTypeError(
            _("This kind of file is not taken. Please send JPEG, PNG, WebP or PDF."),
        )
    return content_type


def _hides_something(document: bytes) -> bool:
    return ends_behind_its_end(document) or is_two_things(document) or is_active_document(document)


async def _hold_quota(unit: UnitOfWork, quota: UploadQuota | None, size: int) -> None:
    """As `_refuse_beyond`; the person's other uploads wait until this one is committed."""
    if quota is not None and unit.viewer.user_id is not None:
        key = unit.viewer.user_id.int & (2**63 - 1)
        await unit.session.execute(select(func.pg_advisory_xact_lock(key)))
        await _refuse_beyond(unit, quota, size)


async def _refuse_beyond(unit: UnitOfWork, quota: UploadQuota | None, size: int) -> None:
    """Refuse what would be more than the quota, at first before anything is made of it."""
    if quota is None or unit.viewer.user_id is None:
        return
    since = unit.now - QUOTA_PERIOD
    statement = queries.bytes_handed_in(unit.viewer.user_id, since, COUNTED_AT_LEAST)
    used = int(await unit.session.scalar(statement) or 0)
    if used + max(size, COUNTED_AT_LEAST) > quota.megabytes * 1024 * 1024:
        raise QuotaUsedUpError(quota.megabytes)


def _new_file(
    unit: UnitOfWork,
    data: bytes,
    content_type: str,
    *,
    is_private: bool,
    media_id: UUID | None = None,
) -> MediaFile:
    media_id = media_id or new_id()
    return MediaFile(
        id=media_id,
        uploader_id=unit.viewer.user_id,
        is_private=is_private,
        storage_key=original_key(media_id, EXTENSIONS[content_type], is_private=is_private),
        content_type=content_type,
        byte_size=len(data),
        sha256=sha256(data).hexdigest(),
        renditions={},
        created_at=unit.now,
    )
