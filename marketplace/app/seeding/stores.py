"""What stores of the demo show of themselves: colours, hours, holidays, promises."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from businesses.models import OldSlug, Store, StoreClosure
from businesses.services.stores import Promises, StoreChange, change_store
from marketplace.accounts.rules.calendar import local_day
from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.rows import keep
from marketplace.kernel.unit_of_work import UnitOfWork


async def load_stores(unit: UnitOfWork, data: ProvinceData, shops: Mapping[str, UUID]) -> None:
    """Let some stores tell of themselves; one that its owner has changed stays as it is."""
    for record in data.stores:
        business_id = shops[record["business"]]
        if await unit.session.scalar(select(Store).where(Store.business_id == business_id)):
            continue
        latitude, longitude = record["point"]
        change = StoreChange(
            accent=record["accent"],
            point=f"{latitude}, {longitude}",
            hours=tuple(record["hours"]),
            promises={code: Promises(**words) for code, words in record["policies"].items()},
        )
        await change_store(unit, business_id, change)
        for holiday in record["holidays"]:
            unit.session.add(_closure(unit, business_id, holiday))
        if slug := record.get("former_slug"):
            keys: dict[str, Any] = {"slug": slug}
            await keep(unit.session, OldSlug, keys, business_id=business_id, left_at=unit.now)


def _closure(unit: UnitOfWork, business_id: UUID, holiday: Record) -> StoreClosure:
    first = local_day(unit.now) + timedelta(days=holiday["begins_in"])
    return StoreClosure(
        business_id=business_id,
        first_day=first,
        last_day=first + timedelta(days=holiday["days"] - 1),
        note_vi=holiday["vi"],
        note_en=holiday["en"],
    )
