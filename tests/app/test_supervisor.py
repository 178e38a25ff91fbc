import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from marketplace.app.programs import web_program
from marketplace.app.supervisor import Backoff, Program, Supervisor
from tests.app.processes import free_port, status_of, wait_until
from tests.factories.settings import a_setting_of

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
time.sleep(60)
"""
SUPERVISING = """
import sys
from marketplace.app.supervisor import Program, Supervisor, interruptible
supervisor = Supervisor({})
try:
    with interruptible():
        child = supervisor.start(Program("sleeper", sys.argv[1:]))
        print(child.pid, flush=True)
        while True:
            supervisor.glance()
except KeyboardInterrupt:
    supervisor.stop()
    print("stopped", flush=True)
"""


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    supervisor = Supervisor({})
    yield supervisor
    supervisor.stop()


def test_pauses_grow_to_half_a_minute_and_shrink_after_a_steady_minute() -> None:
    backoff = Backoff()

    pauses = [backoff.after(0.1) for _ in range(7)]

    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert backoff.after(61) == 1
    assert backoff.after(0.1) == 2


def test_starts_a_killed_program_again(supervisor: Supervisor) -> None:
    child = supervisor.start(Program("sleeper", SLEEPER))
    first = child.pid
    assert first is not None

    os.kill(first, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while child.pid in {first, None} and time.monotonic() < deadline:
        supervisor.glance()

    assert child.pid not in {first, None}
    assert not psutil.pid_exists(first)


def test_the_web_server_answers_again_after_it_was_killed(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    settings = a_setting_of(port=free_port(), web_processes=2, var_folder=tmp_path)
    child = supervisor.start(web_program(settings, "tests.app.standin:app"))
    wait_until(lambda: status_of(settings.port) == 200)
    workers = [worker.pid for worker in psutil.Process(child.pid).children()]

    os.kill(child.pid or 0, signal.SIGKILL)
    first = child.pid
    while child.pid in {first, None}:
        supervisor.glance()
    wait_until(lambda: status_of(settings.port) == 200)

    assert len(workers) == 2
    assert not any(_runs(worker) for worker in workers)


def test_ends_a_stubborn_program_and_what_it_started(tmp_path: Path) -> None:
    supervisor = Supervisor({}, grace=0.3)
    said = tmp_path / "said"
    child = supervisor.start(Program("stubborn", [sys.executable, "-c", STUBBORN, str(said)]))
    wait_until(lambda: said.exists() and said.read_text() != "")
    pids = [child.pid or 0, int(said.read_text())]
    assert all(_runs(pid) for pid in pids)

    supervisor.stop()

    assert [pid for pid in pids if not _ends(pid)] == []


def test_waits_for_a_program_that_ends_by_itself(supervisor: Supervisor) -> None:
    program = Program("once", [sys.executable, "-c", "raise SystemExit(3)"])

    assert supervisor.run_once(program, lambda: False) == 3
    assert supervisor.run_once(Program("long", SLEEPER), lambda: True) is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_stops_the_programs(number: signal.Signals) -> None:
    with _supervising() as process:
        child = _first_number(process)

        process.send_signal(number)
        words, _ = process.communicate(timeout=10)

    assert words == "stopped\n"
    assert process.returncode == 0
    assert not _runs(child)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux ends children with their parent.")
def test_programs_end_when_the_supervisor_is_killed() -> None:
    with _supervising() as process:
        child = _first_number(process)
        assert _runs(child)

        process.kill()

        assert _ends(child)


def test_looks_after_a_server_that_died() -> None:
    server = _Server()
    supervisor = Supervisor({"server": server})

    supervisor.glance()
    server.lives = False
    deadline = time.monotonic() + 5
    while server.starts == 0 and time.monotonic() < deadline:
        supervisor.glance()

    assert server.starts == 1


class _Server:
    def __init__(self) -> None:
        self.lives = True
        self.starts = 0

    def start(self) -> str:
        self.lives = True
        self.starts += 1
        return ""

    def is_alive(self) -> bool:
        return self.lives


def _supervising() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISING, *SLEEPER], stdout=subprocess.PIPE, text=True
    )


def _first_number(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def _ends(pid: int, patience: float = 10.0) -> bool:
    deadline = time.monotonic() + patience
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
