"""Migrations: one line of them, up from nothing to the models, and down again."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from marketplace.app.database import connect
from marketplace.app.migrate import alembic_config
from marketplace.kernel.database import Model
from tests.conftest import Databases
from tests.house.sources import ROOT


@pytest.fixture
def url(databases: Databases) -> str:
    return databases.create()


def tables_of(url: str) -> set[str]:
    statement = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with connect(url) as connection:
        return {row[0] for row in connection.execute(statement).fetchall()}


def test_there_is_one_newest_migration() -> None:
    script = ScriptDirectory.from_config(alembic_config("postgresql+psycopg://nowhere"))

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_migrations_are_named_by_day_and_sentence() -> None:
    versions = ROOT / "marketplace" / "migrations" / "versions"
    names = [path.stem for path in versions.glob("*.py")]

    assert names
    assert [each for each in names if not each[:16].replace("_", "").isdigit()] == []


def test_migrations_lead_to_the_models(url: str) -> None:
    command.check(alembic_config(url))

    assert set(Model.metadata.tables) <= tables_of(url)


def test_migrations_lead_down_and_up_again(url: str) -> None:
    config = alembic_config(url)

    command.downgrade(config, "base")
    assert tables_of(url) == {"alembic_version"}

    command.upgrade(config, "head")
    command.check(config)
