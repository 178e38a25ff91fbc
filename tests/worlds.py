"""Fixtures: the small province, built once; what a test does to it is rolled back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from marketplace.app.composition import Composition
from marketplace.app.settings import Environment, Settings
from tests.conftest import ROOT, Databases
from tests.factories.world import World, a_world

PRODUCTS = 30


@pytest.fixture(scope="session")
def province_settings(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a house whose database holds the small province."""
    folder: Path = tmp_path_factory.mktemp("province")
    return Settings(
        environment=Environment.TEST,
        database_url=databases.create(),
        media_url=f"file:{folder / 'media'}",
        smtp_url=f"file:{folder / 'outbox'}",
        sms_url=f"file:{folder / 'outbox'}",
        public_url="http://localhost:8000",
        var_folder=folder,
        reference_seconds=0,
        province=ROOT / "provinces" / "bac-kan",
    )


@pytest.fixture(scope="session")
async def province(province_settings: Settings) -> AsyncIterator[World]:
    """The small province, really committed; tests that change it take `world` instead."""
    composition = Composition(province_settings)
    yield await a_world(composition, products=PRODUCTS)
    await composition.close()


@pytest.fixture(scope="session")
async def _borrowed(
    province: World,
    province_settings: Settings,
) -> AsyncIterator[tuple[Composition, async_sessionmaker[AsyncSession]]]:
    """A second house over the same database, whose sessions follow the test's connection."""
    sessions = async_sessionmaker(
        province.composition.engine,
        class_=AsyncSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )
    composition = Composition(province_settings, sessions=sessions)
    yield composition, sessions
    await composition.close()


@pytest.fixture
async def world_connection(province: World) -> AsyncIterator[AsyncConnection]:
    """The connection on which the test lives; it is rolled back afterwards."""
    async with province.composition.engine.connect() as connection:
        outer = await connection.begin()
        yield connection
        await outer.rollback()


@pytest.fixture
async def world(
    province: World,
    _borrowed: tuple[Composition, async_sessionmaker[AsyncSession]],
    world_connection: AsyncConnection,
) -> World:
    """The small province, to be changed at will."""
    composition, sessions = _borrowed
    sessions.configure(bind=world_connection)
    return World(composition, province.viewers, province.users, dict(province.things))
