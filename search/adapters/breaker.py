"""Leaving an engine that does not answer alone for a while, so that it costs nobody time."""

import time
from collections.abc import Callable
from typing import Final

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 4.0


class Breaker:
    """Opens at the first failure; after a pause one caller may try again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pause = 0.0
        self._closed_at = 0.0

    def may_try(self) -> bool:
        """Whether to ask the engine now; of many who wait for it, one asks at a time."""
        if not self._pause:
            return True
        now = self._clock()
        if now < self._closed_at:
            return False
        self._closed_at = now + self._pause
        return True

    def failed(self) -> None:
        """The engine did not answer; the pause doubles each time."""
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or FIRST_PAUSE)
        self._closed_at = self._clock() + self._pause

    def succeeded(self) -> None:
        """The engine answered."""
        self._pause = 0.0
