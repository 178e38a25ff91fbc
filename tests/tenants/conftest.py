"""The small province in a database of its own, marked in every corner; and its neighbours."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import String, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from businesses.events import BusinessChanged
from catalog.events import ProductsChanged
from catalog.services.listings import refresh_listings
from marketplace.accounts.models import Address
from marketplace.app.composition import Composition
from marketplace.app.settings import Environment, Settings
from marketplace.content.events import PageChanged
from marketplace.kernel.database import new_id
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.conftest import ROOT, Databases
from tests.factories.world import World, a_world
from tests.tenants.filling import fill_empty_tables
from tests.tenants.marks import Marks, mark_everything
from tests.tenants.people import Outsiders, outsiders_of

FAVOURITES = {
    "businesses": "business",
    "products": "draft",
    "product_variants": "draft_variant",
    "media_files": "waiting_paper",
    "dossiers": "filed_dossier",
    "verifications": "waiting_case",
}


@dataclass
class Tenants:
    """The first seller's world with its marks, and those whom it does not concern."""

    world: World
    marks: Marks
    outsiders: Outsiders
    left_empty: list[str]


@pytest.fixture(scope="session")
def tenants_settings(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of that house."""
    folder: Path = tmp_path_factory.mktemp("tenants")
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
async def tenants(tenants_settings: Settings) -> AsyncIterator[Tenants]:
    """Both sellers, really committed; what a test does is rolled back by `tried`."""
    composition = Composition(tenants_settings)
    world = await a_world(composition)
    await _give_address(composition, world)
    marks, left = await _mark(composition, world)
    await _tell_search(composition, world)
    outsiders = await outsiders_of(composition, world)
    yield Tenants(world, marks, outsiders, left)
    await composition.close()


async def _give_address(composition: Composition, world: World) -> None:
    """What the matrix asks for beside the small province: the address of a buyer."""
    values: dict[str, Any] = {
        column.name: "" for column in Address.__table__.columns if isinstance(column.type, String)
    }
    values |= {"country": "VN", "first_name": "Mai", "street_address_1": "Thôn Chợ"}
    address = Address(
        **values, id=new_id(), user_id=world.users["buyer"].id, created_at=datetime.now(UTC)
    )
    async with composition.sessions() as session, session.begin():
        session.add(address)
    world.things["address"] = address


async def _mark(composition: Composition, world: World) -> tuple[Marks, list[str]]:
    favourites: dict[str, UUID] = {
        table: world[name].id for table, name in FAVOURITES.items() if name in world.things
    }
    favourites["users"] = world.users["owner"].id
    async with composition.engine.begin() as connection:
        left = await fill_empty_tables(connection, favourites)
        marks = await mark_everything(connection, composition.ports[SEALER])
    async with composition.sessions() as session:
        for thing in world.things.values():
            session.add(thing)
            await session.refresh(thing)
        session.expunge_all()
    return marks, left


async def _tell_search(composition: Composition, world: World) -> None:
    """Let listings and search take in what has been written."""
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        products = (await unit.session.execute(text("SELECT id FROM products"))).scalars().all()
        await refresh_listings(unit, list(products))
        unit.announce(ProductsChanged(tuple(products)))
        for (key,) in (await unit.session.execute(text("SELECT id FROM businesses"))).all():
            unit.announce(BusinessChanged(key))
        for name in ("page", "secret_page"):
            unit.announce(PageChanged(world[name].id))


@pytest.fixture(scope="session")
async def _trying(
    tenants: Tenants, tenants_settings: Settings
) -> AsyncIterator[tuple[Composition, async_sessionmaker[AsyncSession]]]:
    sessions = async_sessionmaker(
        tenants.world.composition.engine,
        class_=AsyncSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )
    composition = Composition(tenants_settings, sessions=sessions)
    yield composition, sessions
    await composition.close()


@pytest.fixture
async def tried_connection(tenants: Tenants) -> AsyncIterator[AsyncConnection]:
    """The connection of one test; rolled back."""
    async with tenants.world.composition.engine.connect() as connection:
        outer = await connection.begin()
        yield connection
        await outer.rollback()


@pytest.fixture
async def tried(
    _trying: tuple[Composition, async_sessionmaker[AsyncSession]],
    tried_connection: AsyncConnection,
) -> Composition:
    """The same house, on which anything may be tried."""
    composition, sessions = _trying
    sessions.configure(bind=tried_connection)
    return composition
