import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from marketplace.app.database import (
    DEMO_COMPLETE,
    connect,
    is_demo_pending,
    mark_demo,
    stored_revision,
    wait_for_database,
)
from marketplace.app.embedded.postgres import EmbeddedPostgres
from marketplace.app.migrate import upgrade_database


@pytest.fixture
def url(var_folder: Path) -> Iterator[str]:
    server = EmbeddedPostgres(var_folder / "postgres", is_throwaway=True)
    yield server.start()
    server.stop()


def test_an_empty_database_is_filled_once_and_wants_its_demo_until_it_is_complete(url: str) -> None:
    assert stored_revision(url) is None

    assert upgrade_database(url, wants_demo=True)
    assert stored_revision(url) is not None
    assert is_demo_pending(url)

    mark_demo(url, DEMO_COMPLETE)
    assert not is_demo_pending(url)
    assert not upgrade_database(url, wants_demo=True)
    assert not is_demo_pending(url)


def test_production_gets_no_demo(url: str) -> None:
    other = url.replace("/marketplace?", "/production?")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE DATABASE production")

    assert upgrade_database(other, wants_demo=False)
    assert not is_demo_pending(other)


def test_waits_for_a_database_that_is_being_started(var_folder: Path) -> None:
    server = EmbeddedPostgres(var_folder / "postgres", is_throwaway=True)
    timer = threading.Timer(0.5, server.start)
    with pytest.raises(psycopg.OperationalError):
        connect(server.url())
    timer.start()
    try:
        wait_for_database(server.url())

        assert stored_revision(server.url()) is None
    finally:
        timer.join()
        server.stop()
