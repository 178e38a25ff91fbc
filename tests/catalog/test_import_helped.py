"""Files that a helper hands in for a seller are taken in as the seller's own."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from businesses.models import Business
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.models import ImportRun
from catalog.rules import ImportState
from catalog.services.imports.queue import (
    Received,
    first_rows,
    recalled,
    receive_file,
    remembered,
    start_run,
)
from catalog.services.imports.runs import ImportOptions, ImportPolicy
from catalog.tasks import run_import
from marketplace.app.worker import open_worker
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, Assisting, HelpScope, Viewer
from tests.catalog.importing import GOOD, ImportHouse, variants_of
from tests.factories.accounts import a_user
from tests.factories.people import an_assistance


async def helper_of(house: ImportHouse, business: Business, *scopes: HelpScope) -> Viewer:
    """Somebody who acts for the business now, within these bounds."""
    made = house.composition
    async with unit_of_work(made.sessions, SYSTEM, made.events) as unit:
        helper, seller = await a_user(unit.session), await a_user(unit.session)
        help_given = an_assistance(business.id, helper.id, seller.id, scopes=list(scopes))
        unit.session.add(help_given)
    acting = Assisting(help_given.id, business.id, frozenset(scopes))
    return Viewer(user_id=helper.id, on_behalf_of=seller.id, assisting=acting)


async def parts_of(path: Path) -> AsyncIterator[bytes]:
    """A file in one part."""
    yield path.read_bytes()  # noqa: ASYNC240 - a few hundred bytes


async def taken_in(house: ImportHouse, business: Business, viewer: Viewer) -> ImportRun:
    """The run of a small file that the viewer hands in and a worker takes in."""
    path, made = house.write(GOOD), house.composition
    sheet = FileSpreadsheets().open(path, path.name)
    received = Received(sheet, first_rows(sheet), parts_of(path))
    options = ImportOptions(ImportPolicy.SKIP_BAD_ROWS)
    async with unit_of_work(made.sessions, viewer, made.events) as unit:
        run = await receive_file(unit, business.id, received, {}, is_strict=True)
        await start_run(unit, run.id, options)
        asked_by = remembered(viewer, business.id)
        await defer(unit.session, run_import, run_id=str(run.id), asked_by=asked_by)
    await work_off(house)
    return await run_again(house, run.id)


async def work_off(house: ImportHouse) -> None:
    """Let a worker do what waits."""
    made = house.composition
    async with open_worker(str(made.settings.database_url)) as app:
        await app.run_worker_async(
            wait=False,
            install_signal_handlers=False,
            additional_context={"tools": made},
        )


async def run_again(house: ImportHouse, run_id: UUID) -> ImportRun:
    """The run as it stands now."""
    async with house.composition.sessions() as session:
        return await session.get_one(ImportRun, run_id)


async def test_what_a_helper_hands_in_is_taken_in(import_house: ImportHouse) -> None:
    business = await import_house.business()
    helper = await helper_of(import_house, business, HelpScope.PRODUCTS)
    run = await taken_in(import_house, business, helper)
    assert (run.state, run.failure) == (ImportState.FINISHED, None)
    assert await variants_of(import_house, business) == [("MD1", "gói 500 g", 45_000)]


@pytest.mark.parametrize("scopes", [(HelpScope.PRODUCTS,), (HelpScope.STOCK, HelpScope.PAPERS)])
async def test_a_job_knows_how_far_help_goes(
    import_house: ImportHouse, scopes: tuple[HelpScope, ...]
) -> None:
    business, other = await import_house.business(), await import_house.business()
    helper = await helper_of(import_house, business, *scopes)
    told = json.loads(json.dumps(remembered(helper, business.id)))
    again = recalled(told, business.id)
    assert again.assisting is not None
    assert again.assisting.scopes == frozenset(scopes)
    assert again.on_behalf_of == helper.on_behalf_of
    assert recalled(remembered(helper, other.id), other.id).assisting is None
