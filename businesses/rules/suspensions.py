"""Suspending a business: with notice, or at once where an authority orders it.

Law 122/2025/QH15 article 17.1: whoever runs a platform tells a seller at least five days ahead
and says why, unless a competent authority orders it.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

NOTICE: Final = timedelta(days=5)


class SuspensionKind(StrEnum):
    """By which right a business is suspended."""

    OWN = "own"
    ORDER = "order"


def earliest_effect(announced_at: datetime) -> datetime:
    """The first moment at which a restriction of our own may begin."""
    return announced_at + NOTICE
