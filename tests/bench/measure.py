"""Processor time of processes, and starting and stopping what is measured."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and everything it started, ended children included."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    total = 0.0
    for process in family:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        if process.pid == pid:
            total += times.children_user + times.children_system
    return total


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(application: str, environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """A granian of one process for the application: its port and pid."""
    port = free_port()
    command = [sys.executable, "-m", "granian", application, "--interface", "asgi"]
    command += ["--port", str(port), "--workers", "1", "--loop", "uvloop", "--no-ws"]
    process = subprocess.Popen(
        [*command, "--log-level", "error"],
        env={**os.environ, **environment, "PORT": str(port)},
        cwd=Path(__file__).parents[2],
    )
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > end:
            raise TimeoutError(port)
        time.sleep(0.1)
