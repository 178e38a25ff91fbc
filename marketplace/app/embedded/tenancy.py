"""Counts the processes that use an embedded server, by file locks that die with their holder.

A list of process ids on disk would name the dead after a `kill -9`; the kernel forgets a lock
by itself. Each tenant holds a shared lock; who gets the exclusive one is alone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Tenancy:
    """One process's share in an embedded server."""

    def __init__(self, stem: Path) -> None:
        """Keeps two lock files beside the server's folder, named after `stem`."""
        self._gate_path = stem.with_name(stem.name + ".gate")
        self._tenants_path = stem.with_name(stem.name + ".tenants")
        self._share: int | None = None

    @contextmanager
    def gate(self) -> Iterator[None]:
        """Lets one process at a time start or stop the server."""
        handle = _open(self._gate_path)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @property
    def is_held(self) -> bool:
        """Whether this process has moved in."""
        return self._share is not None

    def move_in(self) -> None:
        """Makes this process a tenant; called inside the gate."""
        if self._share is None:
            self._share = _open(self._tenants_path)
            fcntl.flock(self._share, fcntl.LOCK_SH)

    def move_out(self) -> bool:
        """Ends the tenancy and says whether the house is empty now; called inside the gate."""
        if self._share is not None:
            os.close(self._share)
            self._share = None
        return self.is_empty()

    def is_empty(self) -> bool:
        """Whether no process at all uses the server; called inside the gate."""
        handle = _open(self._tenants_path)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            os.close(handle)


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
