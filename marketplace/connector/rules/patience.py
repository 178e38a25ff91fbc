"""When a shop is read again, and when it is given up."""

from datetime import timedelta
from typing import Final

# Messages tell what changes; once a day everything is compared, in case one was lost.
EVERY: Final = timedelta(hours=24)
# A pull that was begun and never ended belonged to a worker that is gone.
LEASE: Final = timedelta(minutes=30)
GIVEN_UP_AFTER: Final = timedelta(hours=72)
_FIRST: Final = timedelta(minutes=5)
_LONGEST: Final = timedelta(hours=6)
_MOST_DOUBLINGS: Final = 8


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    doublings = min(max(failures - 1, 0), _MOST_DOUBLINGS)
    return min(_FIRST * (1 << doublings), _LONGEST)
