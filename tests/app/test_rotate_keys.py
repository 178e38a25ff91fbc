import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from marketplace.app.database import connect
from marketplace.app.doctor import OLD_KEY_DAYS, Finding, Verdict, examine_installation
from tests.factories.settings import a_setting_of

KEYS = "SELECT kid, retired_at IS NULL FROM signing_keys ORDER BY created_at"


@pytest.fixture
def database(fresh_database_url: str) -> Iterator[psycopg.Connection]:
    with connect(fresh_database_url) as connection:
        yield connection


def test_another_key_signs_and_the_old_one_is_still_believed(
    fresh_database_url: str, database: psycopg.Connection, tmp_path: Path
) -> None:
    first = rotated(fresh_database_url, tmp_path)
    second = rotated(fresh_database_url, tmp_path)

    assert database.execute(KEYS).fetchall() == [(first, False), (second, True)]


def test_a_leaked_key_is_dropped(
    fresh_database_url: str, database: psycopg.Connection, tmp_path: Path
) -> None:
    rotated(fresh_database_url, tmp_path)

    third = rotated(fresh_database_url, tmp_path, "--leaked")

    assert database.execute(KEYS).fetchall() == [(third, True)]


def test_the_doctor_tells_how_old_the_key_is(
    fresh_database_url: str, database: psycopg.Connection, tmp_path: Path
) -> None:
    assert "none yet" in diagnosis(fresh_database_url, tmp_path).state
    rotated(fresh_database_url, tmp_path)
    young = diagnosis(fresh_database_url, tmp_path)
    assert (young.verdict, young.state) == (Verdict.GOOD, "0 days old")

    older = "UPDATE signing_keys SET created_at = now() - make_interval(days => %s)"
    database.execute(older, (OLD_KEY_DAYS + 1,))
    old = diagnosis(fresh_database_url, tmp_path)

    assert (old.verdict, old.state) == (Verdict.NOTE, f"{OLD_KEY_DAYS + 1} days old")
    assert "rotate-keys" in old.remedy


def rotated(url: str, folder: Path, *options: str) -> str:
    """The name of the new key, as the command tells it."""
    done = subprocess.run(
        [sys.executable, "-m", "marketplace.app", "rotate-keys", *options],
        env=os.environ | {"DATABASE_URL": url, "VAR_FOLDER": str(folder)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    first_line = done.stdout.splitlines()[0]
    assert first_line.startswith("Tokens are signed with ")
    return first_line.rpartition(" ")[2].rstrip(".")


def diagnosis(url: str, folder: Path) -> Finding:
    """What the doctor says about the key."""
    settings = a_setting_of(database_url=url, var_folder=folder)
    (found,) = [each for each in examine_installation(settings) if each.subject == "signing key"]
    return found
