"""Bands of prices, by which hits are counted and narrowed."""

from itertools import pairwise
from typing import Final

EDGES: Final = (0, 50_000, 100_000, 200_000, 500_000, 1_000_000)
_OPEN: Final = "plus"


def band_of(amount: int) -> str:
    """The band a price in đồng belongs to: 75,000 → "50000-100000"."""
    for lower, upper in pairwise(EDGES):
        if amount < upper:
            return f"{lower}-{upper}"
    return f"{EDGES[-1]}-{_OPEN}"


def band_edges(band: str) -> tuple[int, int | None]:
    """The lowest price of a band and the first one above it; None where it is open."""
    lower, _dash, upper = band.partition("-")
    return int(lower), None if upper == _OPEN else int(upper)


BANDS: Final = tuple(band_of(edge) for edge in EDGES)
