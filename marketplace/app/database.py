"""What a command asks of the database before anything heavy is loaded.

Only psycopg is used here: `marketplace up` starts twice as fast without SQLAlchemy and Alembic,
which it needs only when there is something to migrate. The mark of the demo is a comment on
Alembic's own table, because it must live and die with that database.
"""

import re
import time
from pathlib import Path
from typing import Final

import psycopg

MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"
PATIENCE_SECONDS: Final = 30.0
DEMO_PENDING: Final = "demo: pending"
DEMO_COMPLETE: Final = "demo: complete"


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


def newest_revisions() -> set[str]:
    """The migrations that no other one follows, read from their files."""
    made, followed = set(), set()
    for path in (MIGRATIONS / "versions").glob("*.py"):
        words = path.read_text(encoding="utf-8")
        made.update(re.findall(r'^revision\b.*= "(\w+)"', words, re.MULTILINE))
        followed.update(re.findall(r'^down_revision\b.*= "(\w+)"', words, re.MULTILINE))
    return made - followed


def is_up_to_date(url: str) -> bool:
    """Whether there is nothing to migrate."""
    found = stored_revision(url)
    return found is not None and {found} == newest_revisions()
