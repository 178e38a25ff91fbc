import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.app.processes import free_port, status_of, wait_until

pytestmark = pytest.mark.slow


class Site:
    """One `marketplace up` in a folder of its own, without the demo's goods."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.lines: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    @property
    def process(self) -> psutil.Process:
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def start(self) -> float:
        """Starts it and answers the seconds until its first page."""
        began = time.monotonic()
        self._process = self.spawn()
        wait_until(self._answers, 60)
        return time.monotonic() - began

    def stop(self, number: signal.Signals = signal.SIGTERM) -> str:
        """Stops it and answers everything it said."""
        assert self._process is not None
        self._process.send_signal(number)
        words, _ = self._process.communicate(timeout=30)
        return words

    def kill(self) -> None:
        """Ends the supervisor as the system would when memory runs out."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate(timeout=30)

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()

    def child(self, *words: str) -> psutil.Process:
        """The process below it whose command line has these words, as soon as it is there."""
        wait_until(lambda: len(self._children(words)) == 1)
        return self._children(words)[0]

    def _children(self, words: tuple[str, ...]) -> list[psutil.Process]:
        return [
            process
            for process in self.process.children()
            if all(word in " ".join(process.cmdline()) for word in words)
        ]

    def postgres_pid(self) -> int:
        return int((self.folder / "postgres/postmaster.pid").read_text().splitlines()[0])

    def meilisearch_pid(self) -> int:
        return int((self.folder / "meilisearch/pid").read_text())

    def spawn(self) -> subprocess.Popen[str]:
        """Starts the process alone."""
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "PYTHONPATH": str(Path.cwd()),
            "VAR_FOLDER": str(self.folder),
            "MEDIA_URL": f"file:{self.folder}/media",
            "PORT": str(self.port),
            "DEMO": "no",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "marketplace.app", "up"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._process.communicate()[0]
        return status_of(self.port) == 200


@pytest.fixture
def site(var_folder: Path) -> Iterator[Site]:
    site = Site(var_folder)
    yield site
    site.end()


def runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_serves_restarts_what_dies_and_stops_everything(site: Site) -> None:
    site.start()
    wait_until(lambda: status_of(site.port, "/ready") == 200)
    postgres, meilisearch = site.postgres_pid(), site.meilisearch_pid()
    web, worker = site.child("granian").pid, site.child("marketplace.app worker").pid

    for pid in (meilisearch, worker, web, postgres):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: site.meilisearch_pid() != meilisearch and runs(site.meilisearch_pid()))
    wait_until(lambda: len(site.process.children()) >= 3)
    wait_until(lambda: status_of(site.port) == 200, 30)
    started = [process.pid for process in site.process.children(recursive=True)]
    postgres = site.postgres_pid()
    words = site.stop(signal.SIGINT)

    assert not any(runs(pid) for pid in [*started, postgres])
    assert "Stopped." in words
    assert "server=PostgreSQL" in words
    assert "program=worker" in words
    assert "Traceback" not in words


def test_starts_again_after_it_was_killed_and_joins_what_was_left(site: Site) -> None:
    site.start()
    postgres = site.postgres_pid()
    programs = [site.child("granian").pid, site.child("marketplace.app worker").pid]

    site.kill()
    wait_until(lambda: not any(runs(pid) for pid in programs))
    seconds = site.start()
    words = site.stop()

    assert seconds < 30
    assert not runs(postgres)
    assert "Making a new database" not in words


def test_a_busy_port_is_told_before_anything_is_started(site: Site) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        site.port = holder.getsockname()[1]
        done = site.spawn()
        words, _ = done.communicate(timeout=30)

    assert done.returncode == 1
    assert words.startswith(f"Cổng {site.port} đang bận (")
    assert f"PID {os.getpid()})" in words
    assert f"Port {site.port} is in use" in words
    assert list(site.folder.iterdir()) == []
