"""Runs the processes of one installation: starts, watches, restarts and stops them.

Each program gets a session of its own, so that Ctrl-C reaches only the supervisor, which then
stops everything in order, and so that what a dead program leaves behind can be removed with its
process group. On Linux the kernel ends the programs when the supervisor itself is killed.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Final, Protocol

import structlog

FIRST_DELAY: Final = 1.0
LONGEST_DELAY: Final = 30.0
STEADY_SECONDS: Final = 60.0
GRACE_SECONDS: Final = 12.0
GLANCE_SECONDS: Final = 0.2
PR_SET_PDEATHSIG: Final = 1
STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = structlog.get_logger(__name__)
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Server(Protocol):
    """An embedded server, which may have other users beside us."""

    def start(self) -> str:
        """Starts or joins it."""

    def is_alive(self) -> bool:
        """Whether its process is there."""


@dataclass(frozen=True)
class Program:
    """What to run, under the name its lines carry."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class Backoff:
    """How long to wait before the next try: 1, 2, 4 … 30 s, anew after a steady minute."""

    def __init__(self) -> None:
        self._failures = 0

    def after(self, lifetime: float) -> float:
        """The pause after something that lived so many seconds."""
        self._failures = 1 if lifetime >= STEADY_SECONDS else self._failures + 1
        return min(FIRST_DELAY * 2.0 ** (self._failures - 1), LONGEST_DELAY)


class Child:
    """A program's process, and when to start it again."""

    def __init__(
        self, program: Program, *, is_lasting: bool = True, grace: float = GRACE_SECONDS
    ) -> None:
        self.program = program
        self._grace = grace
        self._is_lasting = is_lasting
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._due_at = 0.0
        self._backoff = Backoff()

    @property
    def pid(self) -> int | None:
        """The number of its process, while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Starts the process."""
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own programs
            self.program.command,
            env=os.environ | dict(self.program.environment),
            start_new_session=True,
            preexec_fn=_die_with_parent if _libc is not None else None,  # noqa: PLW1509 - no threads start children
        )

    def put_off(self, seconds: float) -> None:
        """Leaves the start to a later look."""
        self._due_at = time.monotonic() + seconds

    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        return None if self._process is None else self._process.poll()

    def look_after(self) -> None:
        """Notices its end, and starts it again when its pause is over."""
        if not self._is_lasting:
            return
        now = time.monotonic()
        if self._process is None:
            if now >= self._due_at:
                self.start()
            return
        code = self._process.poll()
        if code is not None:
            pause = self._backoff.after(now - self._started_at)
            log.warning(
                "A program ended and is started again.",
                program=self.program.name,
                ended=_told(code),
                in_seconds=pause,
            )
            self.stop()
            self._due_at = now + pause

    def stop(self) -> None:
        """Asks it to end, waits, and removes whatever is left of its group."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(self._grace)
            except subprocess.TimeoutExpired:
                log.warning("A program does not stop; force ends it.", program=self.program.name)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


class ServerWatch:
    """Looks after an embedded server: starts it again when it has died."""

    def __init__(self, name: str, server: Server) -> None:
        self._name = name
        self._server = server
        self._backoff = Backoff()
        self._alive_since = time.monotonic()
        self._due_at: float | None = None

    def look_after(self) -> None:
        """Notices the server's end, and starts it again when its pause is over."""
        now = time.monotonic()
        if self._due_at is None:
            if not self._server.is_alive():
                pause = self._backoff.after(now - self._alive_since)
                log.warning(
                    "A server ended and is started again.", server=self._name, in_seconds=pause
                )
                self._due_at = now + pause
        elif now >= self._due_at:
            self._restart(now)

    def _restart(self, now: float) -> None:
        try:
            self._server.start()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the rest must go on
            pause = self._backoff.after(0)
            log.warning(
                "A server does not start.",
                server=self._name,
                problem=str(problem),
                next_try_in_seconds=pause,
            )
            self._due_at = now + pause
        else:
            log.info("A server runs again.", server=self._name)
            self._alive_since, self._due_at = now, None


class Supervisor:
    """All programs and servers of this installation."""

    def __init__(self, servers: Mapping[str, Server], grace: float = GRACE_SECONDS) -> None:
        """Looks after the given servers; programs are added by `start`.

        Args:
            servers: the embedded servers by name.
            grace: the seconds a program has to end before force ends it.
        """
        self._grace = grace
        self._watches = [ServerWatch(name, server) for name, server in servers.items()]
        self._children: list[Child] = []

    def start(self, program: Program, after: float = 0.0) -> Child:
        """Starts a program that is to run until the end, at once or some seconds later."""
        child = Child(program, grace=self._grace)
        if after > 0:
            child.put_off(after)
        else:
            child.start()
        self._children.append(child)
        return child

    def run_once(self, program: Program, give_up_waiting: Callable[[], bool]) -> int | None:
        """Runs a program that ends by itself; None: it was left running in the background."""
        child = Child(program, is_lasting=False, grace=self._grace)
        child.start()
        try:
            while child.exit_code() is None:
                self.glance()
                if give_up_waiting():
                    self._children.append(child)
                    return None
        except BaseException:
            child.stop()
            raise
        return child.exit_code()

    def glance(self) -> None:
        """Looks after everything once."""
        for watch in self._watches:
            watch.look_after()
        for child in self._children:
            child.look_after()
        time.sleep(GLANCE_SECONDS)

    def stop(self) -> None:
        """Stops the programs, the one started last first."""
        for child in reversed(self._children):
            child.stop()
        self._children.clear()


@contextmanager
def interruptible() -> Iterator[None]:
    """Turns the first signal to stop into KeyboardInterrupt and ignores impatience after it."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _die_with_parent() -> None:
    """Runs in the child: signals ignored by us must reach it, and our death must end it."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _told(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
