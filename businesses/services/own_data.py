"""Carrying one's data away: asked for by an owner, made by a job, handed out by a signed link."""

import io
import zipfile
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import orjson

from businesses.errors import InvalidBusinessError
from businesses.events import DataDownloadAsked
from businesses.models import Business, DataDownload
from businesses.policies.people import may_hand_over
from businesses.queries import joining, own_data
from businesses.rules.businesses import BusinessState
from businesses.rules.own_data import SELLER_DATA, sheet_of
from businesses.services.activity import record_change
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.law.services.asking import retention_days
from marketplace.media.models import MediaFile
from marketplace.media.ports import MediaStore
from marketplace.media.rules.keys import original_key
from marketplace.media.rules.kinds import ZIP, MediaKind, MediaState

# One every so often is enough, and a file that nobody fetched goes after a week.
PAUSE: Final = timedelta(minutes=10)
LIFETIME: Final = timedelta(days=7)


async def own_business(unit: UnitOfWork, business_id: UUID) -> Business:
    """A business the viewer owns, open or closed, locked.

    Raises:
        NotFoundError: there is none the viewer may know of.
        NotPermittedError: the viewer does not own it.
    """
    statement = joining.reachable_for_change(unit.viewer, business_id)
    business = await unit.session.scalar(statement)
    if business is None:
        raise NotFoundError(_("There is no such business."))
    if not may_hand_over(unit.viewer, business.id):
        raise NotPermittedError
    return business


async def ask_for_data(unit: UnitOfWork, business_id: UUID) -> DataDownload:
    """Ask for all data of one's business; a job makes the file.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners do this.
        InvalidBusinessError: it was asked for a moment ago, or the law's time is over.
    """
    business = await own_business(unit, business_id)
    if business.state is BusinessState.CLOSED:
        await _check_time(unit, business)
    newest = await unit.session.scalar(
        own_data.visible_downloads(unit.viewer, business.id).limit(1)
    )
    if newest is not None and newest.asked_at > unit.now - PAUSE:
        raise InvalidBusinessError(_("Your data was asked for a moment ago. It is being packed."))
    download = DataDownload(
        business_id=business.id, asked_by_id=unit.viewer.user_id, asked_at=unit.now
    )
    unit.session.add(download)
    await unit.session.flush()
    thing = ("business", business.id)
    record_change(unit, business.id, "data.asked", thing, business.name)
    unit.announce(DataDownloadAsked(download.id))
    return download


async def _check_time(unit: UnitOfWork, business: Business) -> None:
    code, otherwise = SELLER_DATA
    days = await retention_days(unit.session, code, local_day(unit.now), otherwise)
    closed = await unit.session.scalar(own_data.closed_at(business.id))
    if closed is not None and closed < unit.now - timedelta(days=days):
        raise InvalidBusinessError(_("This business was closed too long ago."))


async def pack_data(unit: UnitOfWork, store: MediaStore, download_id: UUID) -> None:
    """Make the file of a download; doing it again changes nothing."""
    download = await unit.session.get(DataDownload, download_id, with_for_update=True)
    if download is None or download.media_id is not None:
        return
    content = await _packed(unit, store, download.business_id)
    media_id = new_id()
    media = MediaFile(
        id=media_id,
        uploader_id=download.asked_by_id,
        kind=MediaKind.DOCUMENT,
        state=MediaState.READY,
        is_private=True,
        storage_key=original_key(media_id, "zip", is_private=True),
        content_type=ZIP,
        byte_size=len(content),
        sha256=sha256(content).hexdigest(),
        renditions={},
        created_at=unit.now,
    )
    await store.put(media.storage_key, content, ZIP)
    unit.session.add(media)
    await unit.session.flush()
    download.media_id, download.ready_at = media.id, unit.now


async def _packed(unit: UnitOfWork, store: MediaStore, business_id: UUID) -> bytes:
    kept = io.BytesIO()
    everything: dict[str, list[dict[str, Any]]] = {}
    for name, statement in own_data.own_rows(business_id).items():
        found = (await unit.session.execute(statement)).mappings().all()
        everything[name] = [dict(row) for row in found]
    for picture in everything["pictures"]:
        picture["address"] = store.base_url + picture.pop("storage_key")
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        whole = orjson.dumps(everything, default=str, option=orjson.OPT_INDENT_2)
        packed.writestr("data.json", whole)
        for name, rows in everything.items():
            if rows:
                packed.writestr(f"{name}.csv", sheet_of(rows))
    return kept.getvalue()


async def note_fetched(unit: UnitOfWork, media_id: UUID, viewer_id: UUID | None) -> None:
    """Write down that somebody fetched the data of a business."""
    download = await unit.session.scalar(own_data.download_of_file(media_id))
    if download is not None:
        thing = ("data", download.id)
        record_change(
            unit, download.business_id, "data.fetched", thing, "", viewer=str(viewer_id or "")
        )


async def forget_downloads(unit: UnitOfWork) -> None:
    """Let files go that were asked for long ago; the sweeper of the media deletes them."""
    for download in await unit.session.scalars(own_data.old_downloads(unit.now - LIFETIME)):
        await unit.session.delete(download)
