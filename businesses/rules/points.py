"""Where a store stands: a point that must lie in or near the province."""

import re
from typing import Final

from marketplace.kernel.text import nfc

# Viet Nam's mainland; a swapped pair of numbers falls outside.
NORTH: Final = (8.0, 23.6)
EAST: Final = (102.0, 110.0)
_PAIR: Final = re.compile(r"^(\d{1,3}(?:[.,]\d+)?)\s*[°]?\s*N?\s*[;,\s]\s*(\d{1,3}(?:[.,]\d+)?)")


def read_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude as maps show them ("22.4167, 105.6333"), or None."""
    found = _PAIR.match(nfc(text))
    if found is None:
        return None
    latitude, longitude = (float(each.replace(",", ".")) for each in found.groups())
    return (latitude, longitude) if is_here(latitude, longitude) else None


def is_here(latitude: float, longitude: float) -> bool:
    """Whether the point can be one of ours."""
    return NORTH[0] <= latitude <= NORTH[1] and EAST[0] <= longitude <= EAST[1]
