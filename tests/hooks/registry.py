"""The sandbox registry and the web server as processes, and the hand that drives them."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from marketplace.app.sandbox.keys import sandbox_port, sandbox_token
from marketplace.app.settings import Settings
from tests.app.processes import status_of, wait_until
from tests.conftest import ROOT

START_SECONDS: Final = 120


def two_free_ports() -> int:
    """A port that is free, and so is the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@contextmanager
def running(settings: Settings) -> Iterator[None]:
    """The web server and the registry of these settings, as an operator starts them."""
    environment = os.environ | {
        "ENVIRONMENT": "test",
        "DATABASE_URL": str(settings.database_url),
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.public_url,
        "VAR_FOLDER": str(settings.var_folder),
        "REGISTRY_URL": str(settings.registry_url),
    }
    web = [
        *(sys.executable, "-m", "granian", "marketplace.app.asgi:app", "--interface", "asgi"),
        *("--port", str(settings.port), "--no-ws", "--log-level", "warning"),
    ]
    sandbox = [sys.executable, "-m", "marketplace.app", "sandbox", "registry"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        for command in (web, sandbox)
    ]
    try:
        wait_until(lambda: status_of(settings.port, "/live") is not None, START_SECONDS)
        wait_until(lambda: status_of(sandbox_port(settings)) == httpx.codes.OK, START_SECONDS)
        yield
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass
class Clerk:
    """Somebody who plays the officer of the registry."""

    settings: Settings

    @property
    def url(self) -> str:
        """Where the registry answers."""
        return f"http://127.0.0.1:{sandbox_port(self.settings)}"

    async def do(self, path: str, **fields: str) -> None:
        """Press a button of the registry's page."""
        async with httpx.AsyncClient(timeout=30) as client:
            answer = await client.post(f"{self.url}/control/{path}", data=fields)
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text

    async def turn_on(self, *switches: str) -> None:
        """Turn on these bad habits, and off all others."""
        await self.do("switches", **dict.fromkeys(switches, "on"))

    async def state(self) -> dict[str, Any]:
        """The registry's dossiers, and what it sent."""
        async with httpx.AsyncClient() as client:
            told: dict[str, Any] = (await client.get(f"{self.url}/control/state")).json()
        return told

    async def ask(self, path: str) -> httpx.Response:
        """Ask the registry as a program does."""
        headers = {"authorization": f"Bearer {sandbox_token(self.settings)}"}
        async with httpx.AsyncClient() as client:
            return await client.get(self.url + path, headers=headers)
