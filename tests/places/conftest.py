"""The map of Bắc Kạn in the database of a test."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from marketplace.kernel.database import Reader, Sessions
from marketplace.kernel.unit_of_work import EventBus, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.places.rules.gazetteer import Gazetteer
from marketplace.places.services.matching import load_gazetteer
from marketplace.places.services.units import MapData, load_units

UNITS = Path(__file__).parents[2] / "provinces" / "bac-kan" / "units.json"


@pytest.fixture(scope="session")
def province() -> MapData:
    """The province's own data."""
    read: MapData = json.loads(UNITS.read_text(encoding="utf-8"))
    return read


@pytest.fixture
def sessions(connection: AsyncConnection) -> Sessions:
    """Sessions whose work is rolled back."""
    return async_sessionmaker(
        connection,
        class_=AsyncSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )


@pytest.fixture
async def reader(sessions: Sessions, province: MapData) -> AsyncIterator[Reader]:
    """A reader of a database that holds the map."""
    async with unit_of_work(sessions, SYSTEM, EventBus()) as unit:
        await load_units(unit, province)
    async with sessions() as session:
        yield Reader(session)


@pytest.fixture
async def gazetteer(reader: Reader) -> Gazetteer:
    """Every name of the map."""
    return await load_gazetteer(reader)
