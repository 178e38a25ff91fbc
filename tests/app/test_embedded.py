import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from marketplace.app.embedded.account import open_parents
from marketplace.app.embedded.meilisearch import (
    PACKAGED,
    EmbeddedMeilisearch,
    MeilisearchMissingError,
    find_program,
)
from marketplace.app.embedded.parts import running_parts
from marketplace.app.embedded.postgres import EmbeddedPostgres, EmbeddedPostgresError
from marketplace.app.embedded.tenancy import Tenancy
from tests.app.processes import wait_until
from tests.factories.settings import a_setting_of

TENANT = """
import sys, time
from pathlib import Path
from marketplace.app.embedded.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), is_throwaway=True)
print(f"\\n{server.start()}", flush=True)
time.sleep(60)
"""


@pytest.fixture
def postgres(var_folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(var_folder / "postgres", is_throwaway=True)
    yield server
    server.stop()


@pytest.fixture
def meilisearch(tmp_path: Path) -> Iterator[EmbeddedMeilisearch]:
    server = EmbeddedMeilisearch(tmp_path)
    yield server
    server.stop()


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        answer = connection.execute(statement.encode())
        row = answer.fetchone() if answer.description else None
        return None if row is None else row[0]


def test_a_database_of_our_own_speaks_unicode_and_keeps_what_it_was_given(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.start()
    ask(url, "CREATE TABLE things (name text)")
    ask(url, "INSERT INTO things VALUES ('miến dong')")

    postgres.stop()

    assert not postgres.is_alive()
    assert postgres.start() == url
    assert ask(url, "SELECT upper(name) FROM things") == "MIẾN DONG"
    assert ask(url, "SELECT current_setting('server_version_num')::int / 10000") == 18


def test_nobody_else_may_enter_the_database(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()

    assert postgres.folder.stat().st_mode & 0o077 == 0
    assert ask(url, "SELECT current_setting('listen_addresses')") == ""


def test_the_last_process_to_leave_stops_the_database(postgres: EmbeddedPostgres) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TENANT, str(postgres.folder)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        url = next(line.strip() for line in other.stdout if line.startswith("postgresql"))
        assert postgres.start() == url
        postgres.stop()
        assert ask(url, "SELECT 1") == 1

        other.kill()
        other.wait()
        assert postgres.start() == url
        assert ask(url, "SELECT 1") == 1
        postgres.stop()

    assert not postgres.is_alive()


def test_starts_again_after_the_server_was_killed(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()
    pid = int((postgres.folder / "postmaster.pid").read_text().splitlines()[0])

    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not postgres.is_alive())

    assert postgres.start() == url
    assert ask(url, "SELECT 1") == 1


def test_a_stranger_with_the_old_number_does_not_keep_the_server_away(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.start()
    postgres.stop()
    (postgres.folder / "postmaster.pid").write_text(f"{os.getpid()}\n{postgres.folder}\n")

    assert not postgres.is_alive()
    assert postgres.start() == url


def test_data_of_another_version_is_refused_with_advice(postgres: EmbeddedPostgres) -> None:
    postgres.folder.mkdir()
    (postgres.folder / "PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedPostgresError, match=r"holds data of PostgreSQL 16, this is 18"):
        postgres.start()


def test_a_long_path_gets_a_short_socket(var_folder: Path) -> None:
    server = EmbeddedPostgres(var_folder / ("x" * 100) / "postgres", is_throwaway=True)
    try:
        url = server.start()
        assert ask(url, "SELECT 1") == 1
        assert server.socket_folder.stat().st_mode & 0o077 == 0
    finally:
        server.stop()
        server.socket_folder.rmdir()


def test_folders_above_become_passable_but_not_listable(tmp_path: Path) -> None:
    folder = tmp_path / "closed" / "inner"
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)

    open_parents(folder)

    assert folder.parent.stat().st_mode & 0o777 == 0o701


def test_search_of_our_own_answers_its_key_only(meilisearch: EmbeddedMeilisearch) -> None:
    url = meilisearch.start()

    request = urllib.request.Request(
        f"{url}/version", headers={"Authorization": f"Bearer {meilisearch.key}"}
    )
    with urllib.request.urlopen(request) as answer:
        assert b'"pkgVersion":"1.21' in answer.read()
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{url}/version")
    assert meilisearch.key not in " ".join(psutil.Process(meilisearch.pid()).cmdline())


def test_search_keeps_its_address_when_it_is_killed_and_started_again(
    meilisearch: EmbeddedMeilisearch, tmp_path: Path
) -> None:
    url = meilisearch.start()
    guest = EmbeddedMeilisearch(tmp_path)
    assert guest.start() == url

    os.kill(meilisearch.pid() or 0, signal.SIGKILL)
    wait_until(lambda: not meilisearch.is_alive())
    assert guest.start() == url
    meilisearch.stop()
    assert guest.is_alive()

    guest.stop()
    assert not guest.is_alive()


def test_the_packaged_program_gets_a_copy_that_may_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    packaged = tmp_path / "project" / PACKAGED
    packaged.parent.mkdir(parents=True)
    packaged.write_text("#!/bin/sh\n")

    program = find_program(tmp_path / "var", tmp_path / "project")

    assert program.read_text() == packaged.read_text()
    assert os.access(program, os.X_OK)
    assert not os.access(packaged, os.X_OK)


def test_one_on_the_path_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    own = tmp_path / "meilisearch"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)

    assert find_program(tmp_path / "var", tmp_path) == own


def test_its_absence_is_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MeilisearchMissingError, match=r"PostgreSQL answers .* set MEILI_URL"):
        find_program(tmp_path / "var", tmp_path)


def test_only_what_has_no_address_is_started(tmp_path: Path) -> None:
    settings = a_setting_of(
        var_folder=tmp_path,
        database_url="postgresql://elsewhere/base",
        meili_url="http://elsewhere:7700",
    )

    with running_parts(settings) as parts:
        assert parts.settings == settings
        assert parts.postgres is None
        assert parts.meilisearch is None
    assert list(tmp_path.iterdir()) == []


def test_a_house_is_empty_when_its_last_tenant_has_left(tmp_path: Path) -> None:
    first, second = Tenancy(tmp_path / "server"), Tenancy(tmp_path / "server")
    with first.gate():
        first.move_in()
    with second.gate():
        second.move_in()
        assert not second.is_empty()
        assert not second.move_out()

    with first.gate():
        assert first.move_out()
