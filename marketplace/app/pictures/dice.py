"""Dice which fall the same way for ever.

The standard generator may change between versions of Python; a picture must not. SplitMix64 is
small, well known and independent of the platform.
"""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Dice:
    """A row of numbers grown from one seed."""

    def __init__(self, seed: int, salt: str = "") -> None:
        self._state = seed & _MASK
        for byte in salt.encode():
            self._state = (self._state * 1099511628211 ^ byte) & _MASK
        self._state = int(self.unit() * (1 << 53)) * 0x9E3779B97F4A7C15 & _MASK

    def unit(self) -> float:
        """Throw a number from 0 to 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)

    def between(self, low: float, high: float) -> float:
        """Throw a number between two bounds."""
        return low + (high - low) * self.unit()

    def around(self, middle: float, spread: float) -> float:
        """Throw a number near the middle."""
        return middle + spread * (self.unit() * 2 - 1)

    def whole(self, low: int, high: int) -> int:
        """Throw a whole number, both bounds included."""
        return low + int(self.unit() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """Say yes in the given share of throws."""
        return self.unit() < share

    def pick(self, choices: Sequence[T]) -> T:
        """Choose one."""
        return choices[int(self.unit() * len(choices))]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """Lay the choices out in a new order."""
        rest = list(choices)
        return [rest.pop(int(self.unit() * len(rest))) for _ in range(len(rest))]
