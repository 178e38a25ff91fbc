"""A page that breaks is answered by a real server at once, and tells its log no secrets."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest

from marketplace.app.settings import LogFormat
from tests.app.processes import free_port, status_of, wait_until
from tests.conftest import ROOT

# Well below what anybody waits; the page takes some milliseconds.
AT_ONCE: Final = 3.0
SECRET: Final = "hunter-of-the-high-pass"
# Nothing listens there: a broken page needs no database.
NO_DATABASE: Final = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture(scope="module", params=list(LogFormat))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """Where the application answers, and its log."""
    folder = tmp_path_factory.mktemp("breaking")
    port, words = free_port(), folder / "log"
    command = [
        *(sys.executable, "-m", "granian", "tests.app.breaking:make", "--factory"),
        *("--interface", "asgi", "--port", str(port), "--loop", "uvloop", "--no-ws"),
        *("--log-level", "warning"),
    ]
    settings = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": NO_DATABASE,
        "LOG_FORMAT": str(request.param),
        "VAR_FOLDER": str(folder),
    }
    with words.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stderr=log)
        try:
            wait_until(lambda: status_of(port, "/breaks/afterwards") is not None, 60)
            yield f"http://127.0.0.1:{port}", words
        finally:
            process.terminate()
            process.wait(20)


def test_a_page_that_breaks_is_answered_at_once(server: tuple[str, Path]) -> None:
    url, words = server
    began = time.monotonic()

    answers = [
        httpx.get(f"{url}/breaks/at-once", params={"password": SECRET}, timeout=AT_ONCE),
        httpx.post(f"{url}/breaks/at-once", data={"one": "1"}, timeout=AT_ONCE),
    ]

    assert [one.status_code for one in answers] == [500, 500]
    assert all("</html>" in one.text for one in answers)
    assert time.monotonic() - began < AT_ONCE
    log = words.read_text()
    assert "PageBrokenError" in log
    assert SECRET not in log


def test_what_was_begun_ends_and_what_was_said_stays(server: tuple[str, Path]) -> None:
    url, _words = server

    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"{url}/breaks/within", timeout=AT_ONCE)

    whole = httpx.get(f"{url}/breaks/afterwards", timeout=AT_ONCE)
    assert (whole.status_code, whole.text) == (200, "whole")
