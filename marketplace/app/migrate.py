"""Brings a database up to the newest migration, and remembers whether its demo is complete.

Alembic is configured here, in code: there is no `alembic.ini` to fall out of step. The mark of
the demo is a comment on Alembic's own table, because it must live and die with that database.
"""

import time
from pathlib import Path
from typing import Final

import psycopg
import structlog
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"
PATIENCE_SECONDS: Final = 30.0
DEMO_PENDING: Final = "demo: pending"
DEMO_COMPLETE: Final = "demo: complete"

log = structlog.get_logger(__name__)


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database of this address."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes["url"] = url
    return config


def connect(url: str) -> psycopg.Connection:
    """A plain connection to the database, for a statement or two."""
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True, connect_timeout=5)


def wait_for_database(url: str) -> None:
    """Waits while a server that is being started beside us refuses connections."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def upgrade_database(url: str, *, wants_demo: bool) -> bool:
    """Applies the missing migrations and says whether there were any.

    A database that was empty is marked for the demo when one is wanted.
    """
    config = alembic_config(url)
    found = stored_revision(url)
    if found is not None and {found} == set(ScriptDirectory.from_config(config).get_heads()):
        return False
    command.upgrade(config, "head")
    log.info("The database is up to date.", was=found or "empty", now=stored_revision(url))
    if found is None and wants_demo:
        mark_demo(url, DEMO_PENDING)
    return True


def stored_revision(url: str) -> str | None:
    """The migration the database stands at; None: it is empty."""
    with connect(url) as connection:
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def mark_demo(url: str, mark: str) -> None:
    """Writes down how far the demo is."""
    with connect(url) as connection:
        literal = mark.replace("'", "''")
        connection.execute(f"COMMENT ON TABLE alembic_version IS '{literal}'".encode())


def is_demo_pending(url: str) -> bool:
    """Whether the demo was begun, or is to be, and is not complete."""
    with connect(url) as connection:
        query = "SELECT obj_description('alembic_version'::regclass, 'pg_class')"
        return connection.execute(query).fetchone() == (DEMO_PENDING,)
