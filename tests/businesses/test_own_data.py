"""A business's way out: all its data in one file, and an end that can be undone for a week."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from businesses.models import (
    BankAccount,
    Business,
    BusinessChange,
    BusinessClosing,
    DataDownload,
    Store,
)
from businesses.rules.businesses import BusinessState
from businesses.rules.own_data import sheet_of
from businesses.services.closing import MACHINE
from businesses.services.own_data import forget_downloads, note_fetched, pack_data
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.transitions import TransitionRecord, apply_due
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.models import MediaFile
from marketplace.media.ports import MEDIA_STORE
from tests.asking import ask
from tests.factories.world import World

PASSWORD = "cho-phien-ba-be"
REQUEST = "mutation($b: ID!) { businessDataRequest(business: $b) { errors { field code } } }"
CLOSE = """mutation($b: ID!, $password: String!) {
    businessClosingAsk(business: $b, password: $password) { errors { field code } } }"""
UNDO = "mutation($b: ID!) { businessClosingUndo(business: $b) { errors { field code } } }"
SHOWN = """query($slug: String!) { workspace(slug: $slug) {
    dataDownloads { address } closing { closes } keptRecords { code days document } } }"""


async def run(world: World, document: str, by: str = "owner", **given: Any) -> Any:
    business = to_global("Business", world["business"].id)
    answer = await ask(world.composition, document, world.viewers[by], b=business, **given)
    assert not answer.errors, answer.errors
    return next(iter(answer.body["data"].values()))["errors"]


async def shown(world: World, by: str = "owner") -> Any:
    answer = await ask(world.composition, SHOWN, world.viewers[by], slug=world["business"].slug)
    return answer["workspace"]


def system(world: World) -> Any:
    return unit_of_work(world.composition.sessions, SYSTEM, world.composition.events)


async def the_download(world: World) -> DataDownload:
    async with world.composition.sessions() as session:
        return (await session.scalars(select(DataDownload))).one()


async def packed(world: World) -> zipfile.ZipFile:
    """The file of a download that an owner has asked for."""
    assert await run(world, REQUEST) == []
    store = world.composition.ports[MEDIA_STORE]
    async with system(world) as unit:
        await pack_data(unit, store, (await the_download(world)).id)
    async with world.composition.sessions() as session:
        media = await session.get_one(MediaFile, (await the_download(world)).media_id)
    assert media.is_private
    return zipfile.ZipFile(io.BytesIO(await store.get(media.storage_key)))


async def test_owners_carry_away_what_is_theirs_and_nothing_else(world: World) -> None:
    file = await packed(world)
    data = json.loads(file.read("data.json"))
    names = {row["name"] for row in data["products"]}

    assert [row["id"] for row in data["businesses"]] == [str(world["business"].id)]
    assert world["shown"].name in names
    assert world["hidden"].name not in names
    assert data["variant_prices"]
    assert data["pictures"][0]["address"].startswith("http")
    assert file.read("products.csv").startswith(b"\xef\xbb\xbf")
    assert "evidence_looks" not in data
    assert all("sealed" not in row for row in data["business_identifiers"])


async def test_a_file_is_fetched_by_a_link_of_ten_minutes_and_logged(world: World) -> None:
    await packed(world)
    own, clerks = await shown(world), await shown(world, "clerk")
    download = await the_download(world)
    async with system(world) as unit:
        await note_fetched(unit, download.media_id or UUID(int=0), world.users["owner"].id)
    async with world.composition.sessions() as session:
        lines = await session.scalars(
            select(BusinessChange.name).where(BusinessChange.name.like("data.%"))
        )
        names = set(lines)

    assert "/files/" in own["dataDownloads"][0]["address"]
    assert clerks["dataDownloads"] == []
    assert names == {"data.asked", "data.fetched"}


async def test_data_is_not_packed_twice_at_once(world: World) -> None:
    first, second = await run(world, REQUEST), await run(world, REQUEST)

    assert first == []
    assert [error["code"] for error in second] == ["INVALID"]


async def test_old_files_are_let_go(world: World) -> None:
    await packed(world)
    async with system(world) as unit:
        unit.now += timedelta(days=8)
        await forget_downloads(unit)

    assert (await shown(world))["dataDownloads"] == []


@pytest.mark.parametrize(("days", "codes"), [(1000, []), (1100, ["INVALID"])])
async def test_a_closed_business_gives_its_data_for_three_years(
    world: World, days: int, codes: list[str]
) -> None:
    async with world.composition.sessions() as session, session.begin():
        business = await session.get_one(Business, world["business"].id)
        business.state = BusinessState.CLOSED
        session.add(
            TransitionRecord(
                object_type="business",
                object_id=business.id,
                name="close",
                from_state="active",
                to_state="closed",
                role="owner",
                at=datetime.now(UTC) - timedelta(days=days),
            )
        )

    assert [error["code"] for error in await run(world, REQUEST)] == codes


async def test_closing_asks_for_the_password(world: World) -> None:
    errors = await run(world, CLOSE, password="a wrong one")

    assert [error["code"] for error in errors] == ["INVALID_CREDENTIALS"]
    assert (await shown(world))["closing"] is None


async def test_a_closing_can_be_undone_for_a_week(world: World) -> None:
    asked = await run(world, CLOSE, password=PASSWORD)
    twice = await run(world, CLOSE, password=PASSWORD)
    closing = (await shown(world))["closing"]
    undone = await run(world, UNDO)
    async with system(world) as unit:
        unit.now += timedelta(days=8)
        count = await apply_due(unit, MACHINE)

    closes = datetime.fromisoformat(closing["closes"]) - datetime.now(UTC)
    assert asked == []
    assert [error["code"] for error in twice] == ["INVALID"]
    assert timedelta(days=6.9) < closes <= timedelta(days=7)
    assert undone == []
    assert count == 0


async def test_after_a_week_it_is_closed_and_what_no_law_keeps_is_gone(world: World) -> None:
    business_id = world["business"].id
    async with world.composition.sessions() as session, session.begin():
        session.add(Store(business_id=business_id, accent="#1e2a56"))
    await run(world, CLOSE, password=PASSWORD)
    async with system(world) as unit:
        unit.now += timedelta(days=7, minutes=1)
        await apply_due(unit, MACHINE)
    async with world.composition.sessions() as session:
        business = await session.get_one(Business, business_id)
        closing = (await session.scalars(select(BusinessClosing))).one()
        left = [
            await session.scalar(select(model).where(model.business_id == business_id))
            for model in (Store, BankAccount)
        ]
    late = await run(world, UNDO)

    assert business.state is BusinessState.CLOSED
    assert closing.state == "done"
    assert left == [None, None]
    assert [error["code"] for error in late] == ["NOT_FOUND"]


async def test_owners_read_what_the_law_keeps(world: World) -> None:
    kept = (await shown(world))["keptRecords"]

    assert [(one["code"], one["days"]) for one in kept][:3] == [
        ("listing", 365),
        ("contract", 1096),
        ("seller_data", 1096),
    ]
    assert all(one["document"] for one in kept)
    assert (await shown(world, "clerk"))["keptRecords"] == []


def test_no_cell_becomes_a_formula() -> None:
    sheet = sheet_of([{"name": "=HYPERLINK(1)", "count": -3}]).decode("utf-8-sig")

    assert sheet.splitlines()[1] == "'=HYPERLINK(1),-3"
