"""Statements over a business's own data: downloads, closings, and the rows themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, Select, Table, false, func, select

from businesses.models import Business, BusinessClosing, DataDownload
from businesses.rules.own_data import BUSINESS_TABLES, MASKED, PRODUCT_TABLES, VARIANT_TABLES
from businesses.rules.own_data import ClosingState as S
from marketplace.kernel.database import Model
from marketplace.kernel.transitions import TransitionRecord
from marketplace.kernel.viewer import MemberRole, Viewer


def visible_downloads(viewer: Viewer, business_id: UUID) -> Select[DataDownload]:
    """What was made for the owners, the newest first; nobody else knows of it."""
    statement = select(DataDownload).where(DataDownload.business_id == business_id)
    if viewer.role_in(business_id) is not MemberRole.OWNER:
        statement = statement.where(false())
    return statement.order_by(DataDownload.asked_at.desc())


def download_of_file(media_id: UUID) -> Select[DataDownload]:
    """The download whose file that is."""
    return select(DataDownload).where(DataDownload.media_id == media_id)


def old_downloads(before: datetime) -> Select[DataDownload]:
    """Downloads that were asked for before the moment."""
    return select(DataDownload).where(DataDownload.asked_at < before)


def waiting_closing(business_id: UUID) -> Select[BusinessClosing]:
    """The closing that can still be undone."""
    return select(BusinessClosing).where(
        BusinessClosing.business_id == business_id, BusinessClosing.state == S.WAITING
    )


def closed_at(business_id: UUID) -> Select[datetime]:
    """When the business was closed."""
    return select(func.max(TransitionRecord.at)).where(
        TransitionRecord.object_type == "business",
        TransitionRecord.object_id == business_id,
        TransitionRecord.to_state == "closed",
    )


def own_rows(business_id: UUID) -> dict[str, Select[tuple[object, ...]]]:
    """One statement for each table of the business's own data."""
    tables = Model.metadata.tables
    products = select(tables["products"].c.id).where(
        tables["products"].c.business_id == business_id
    )
    variants = select(tables["product_variants"].c.id).where(
        tables["product_variants"].c.product_id.in_(products)
    )
    found = {"businesses": _open(tables["businesses"]).where(Business.id == business_id)}
    for name in BUSINESS_TABLES:
        found[name] = _open(tables[name]).where(tables[name].c.business_id == business_id)
    for name, shown in MASKED.items():
        columns = [tables[name].c[column] for column in shown]
        found[name] = select(*columns).where(tables[name].c.business_id == business_id)
    for name in PRODUCT_TABLES:
        found[name] = _open(tables[name]).where(tables[name].c.product_id.in_(products))
    for name in VARIANT_TABLES:
        found[name] = _open(tables[name]).where(tables[name].c.variant_id.in_(variants))
    pictures, hung = tables["media_files"], tables["product_media"]
    shown_ids = select(hung.c.media_id).where(hung.c.product_id.in_(products))
    found["pictures"] = select(
        pictures.c.id, pictures.c.storage_key, pictures.c.alt_vi, pictures.c.alt_en
    ).where(pictures.c.id.in_(shown_ids), pictures.c.is_private.is_(False))
    return found


def _open(table: Table) -> Select[tuple[object, ...]]:
    """Every column but those that hold sealed bytes."""
    return select(*[one for one in table.columns if not isinstance(one.type, LargeBinary)])
