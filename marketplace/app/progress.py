"""Shows how far long work is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINE_SECONDS: Final = 5.0


class Advance(Protocol):
    """Tells that more has been done."""

    def __call__(self, count: int = 1, *, total: int | None = None) -> None:
        """Adds to what is done; `total` corrects how much there is in all."""


@contextmanager
def shown_progress(title: str, total: int | None = None) -> Iterator[Advance]:
    """Shows the progress of the work in the block; `total` may become known later."""
    if sys.stdout.isatty():
        with _bar(title, total) as advance:
            yield advance
    else:
        lines = _Lines(title, total)
        yield lines
        lines.say()


@contextmanager
def _bar(title: str, total: int | None) -> Iterator[Advance]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console()) as bar:
        task = bar.add_task(title, total=total)

        def advance(count: int = 1, *, total: int | None = None) -> None:
            if total is not None:
                bar.update(task, total=total)
            bar.advance(task, count)

        yield advance


class _Lines:
    """Progress for a log file: one line every few seconds, and one at the end."""

    def __init__(self, title: str, total: int | None) -> None:
        self._title = title
        self._total = total
        self._done = 0
        self._said_at = time.monotonic()

    def __call__(self, count: int = 1, *, total: int | None = None) -> None:
        self._total = self._total if total is None else total
        self._done += count
        if time.monotonic() - self._said_at >= LINE_SECONDS:
            self.say()

    def say(self) -> None:
        of_all = "" if self._total is None else f" of {self._total}"
        sys.stdout.write(f"{self._title}: {self._done}{of_all}\n")
        sys.stdout.flush()
        self._said_at = time.monotonic()
