"""Bands of prices, by which hits are counted and narrowed."""

from itertools import pairwise
from typing import Final

EDGES: Final = (0, 50_000, 100_000, 200_000, 500_000, 1_000_000)


def band_of(amount: int) -> str:
    """The band a price in đồng belongs to: 75,000 → "50000-99999"; the last one is open."""
    for lower, upper in pairwise(EDGES):
        if amount < upper:
            return f"{lower}-{upper - 1}"
    return f"{EDGES[-1]}-"


def band_edges(band: str) -> tuple[int, int | None]:
    """The lowest and the highest price of a band; None where it is open."""
    lower, _dash, upper = band.partition("-")
    return int(lower), int(upper) if upper else None


BANDS: Final = tuple(band_of(edge) for edge in EDGES)
