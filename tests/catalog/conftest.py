"""Fixtures of the catalogue's tests."""

from collections.abc import AsyncIterator

import pytest

from marketplace.app.composition import Composition
from marketplace.app.seeding.catalogue import load_catalogue
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.settings import Environment, Settings
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.places.services.units import load_units
from tests.catalog.importing import ImportHouse
from tests.conftest import ROOT, Databases
from tests.factories.world import World, a_world


@pytest.fixture(scope="module")
async def import_house(
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[ImportHouse]:
    """A house of this module's own, whose imports really commit."""
    folder = tmp_path_factory.mktemp("imports")
    province = ROOT / "provinces" / "bac-kan"
    settings = Settings(
        environment=Environment.TEST,
        database_url=databases.create(),
        media_url=f"file:{folder / 'media'}",
        smtp_url=f"file:{folder / 'outbox'}",
        sms_url=f"file:{folder / 'outbox'}",
        var_folder=folder,
        province=province,
    )
    composition = Composition(settings)
    data = ProvinceData(province)
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        await load_units(unit, data.units)  # type: ignore[arg-type] # read from its file
        await load_catalogue(unit, data)
    yield ImportHouse(composition, folder)
    await composition.close()


@pytest.fixture
async def real_world(
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[World]:
    """A province whose changes are really committed."""
    composition = Composition(
        Settings(
            environment=Environment.TEST,
            database_url=databases.create(),
            var_folder=tmp_path_factory.mktemp("listings"),
            province=ROOT / "provinces" / "bac-kan",
            reference_seconds=0,
        )
    )
    yield await a_world(composition)
    await composition.close()
