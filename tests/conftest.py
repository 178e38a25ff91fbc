"""What the tests share: a real PostgreSQL, migrated once, and a composition over it."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from marketplace.app.composition import Composition
from marketplace.app.database import connect
from marketplace.app.embedded.postgres import EmbeddedPostgres
from marketplace.app.migrate import upgrade_database
from marketplace.app.settings import Environment, Settings

pytest_plugins = ["tests.worlds"]
ROOT = Path(__file__).parents[1]
TEMPLATE = "marketplace_template"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser late: its driver keeps a loop running in the thread asyncio tests use.

    What sends nonsense to the site comes after all: the site makes its address wait at the door.
    """
    items.sort(
        key=lambda item: (
            item.path.stem == "test_hostile",
            item.get_closest_marker("browser") is not None,
        ),
    )


class Databases:
    """Makes databases from one migrated template, and drops them again."""

    def __init__(self, server: EmbeddedPostgres, suffix: str) -> None:
        self._server = server
        self._admin = server.url("postgres")
        self._template = f"{TEMPLATE}_{suffix}"
        self._made: list[str] = []

    def prepare(self) -> None:
        """Migrate the template."""
        self._run(f'CREATE DATABASE "{self._template}"')
        self._made.append(self._template)
        upgrade_database(self._server.url(self._template), wants_demo=False)

    def create(self) -> str:
        """The address of a fresh, migrated database."""
        name = f"test_{secrets.token_hex(6)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        self._made.append(name)
        return self._server.url(name)

    def drop_all(self) -> None:
        """Leave nothing behind."""
        for name in reversed(self._made):
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with connect(self._admin) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """One throw-away PostgreSQL server for every worker of the run."""
    folder = Path(os.environ.get("TEST_VAR_FOLDER", ROOT / "var" / "test"))
    server = EmbeddedPostgres(folder / "postgres", is_throwaway=True)
    server.start()
    made = Databases(server, secrets.token_hex(4))
    made.prepare()
    yield made
    made.drop_all()
    server.stop()


@pytest.fixture(scope="session")
def database_url(databases: Databases) -> str:
    """The database of this worker; tests roll back what they do to it."""
    return databases.create()


@pytest.fixture
def fresh_database_url(databases: Databases) -> str:
    """A database for one test that really commits."""
    return databases.create()


@pytest.fixture(scope="session")
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on this worker's database."""
    made = create_async_engine(database_url)
    yield made
    await made.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection whose transaction is rolled back after the test."""
    async with engine.connect() as made:
        outer = await made.begin()
        yield made
        await outer.rollback()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of a test process."""
    return Settings(
        environment=Environment.TEST,
        database_url=database_url,
        media_url=f"file:{tmp_path / 'media'}",
        smtp_url=f"file:{tmp_path / 'outbox'}",
        sms_url=f"file:{tmp_path / 'outbox'}",
        public_url="http://localhost:8000",
        var_folder=tmp_path,
        reference_seconds=0,
        province=ROOT / "provinces" / "bac-kan",
    )


@pytest.fixture
async def composition(
    settings: Settings,
    connection: AsyncConnection,
) -> AsyncIterator[Composition]:
    """The whole house over a connection that is rolled back."""
    sessions = async_sessionmaker(
        connection,
        class_=AsyncSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )
    made = Composition(settings, sessions=sessions)
    yield made
    await made.close()
