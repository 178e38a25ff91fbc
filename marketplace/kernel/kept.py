"""Reference data kept for a few seconds: channels, categories, attributes and the like.

They are read by nearly every request and change a few times a day. A copy is never the truth: it
is forgotten after `seconds`, and at once in a process that changes anything, so a second process
is late by that much at most and never wrong for good (docs/decisions/0016).
"""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Kept:
    """Copies of what was read, each with the moment it was read at."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Takes how long a copy may be used; 0 keeps nothing."""
        self._seconds = seconds
        self._clock = clock
        self._copies: dict[Hashable, tuple[float, Any]] = {}

    async def get(self, key: Hashable, fetch: Callable[[], Awaitable[T]]) -> T:
        """The copy under the key while it is young enough, else what `fetch` reads now."""
        found = self.young(key)
        if found is not None:
            return cast("T", found)
        now = self._clock()
        read = await fetch()
        if self._seconds > 0:
            self._copies[key] = (now, read)
        return read

    def young(self, key: Hashable) -> Any:  # noqa: ANN401 - `get` knows what lies under the key
        """The copy under the key if it is young enough, without waiting; none otherwise."""
        found = self._copies.get(key)
        return found[1] if found and self._clock() - found[0] < self._seconds else None

    def forget(self) -> None:
        """Forget every copy."""
        self._copies.clear()
