"""Points on the drawn map: where a place in the world lies on it, and the other way round.

The map is drawn straight (`frontend.maps`), so that two of its dots tell all others.
"""

from dataclasses import dataclass
from typing import Final

from frontend.maps import Dot, DrawnMap

# How wide the map stands in a form, in pixels of the page: a click tells its place in them.
SHOWN_WIDTH: Final = 300
# About the height and the width of a letter on the map.
_LINE: Final = 22
_LETTER: Final = 11


@dataclass(frozen=True, slots=True)
class _Line:
    """One direction of the map as a straight line: `world = base + slope * drawn`."""

    base: float
    slope: float

    @classmethod
    def through(cls, first: tuple[float, float], second: tuple[float, float]) -> "_Line":
        """The line through two pairs of drawn and world."""
        slope = (second[1] - first[1]) / (second[0] - first[0])
        return cls(first[1] - slope * first[0], slope)


def _lines(atlas: DrawnMap) -> tuple[_Line, _Line] | None:
    """East and north; None where the map knows too little."""

    def spread(name: str) -> tuple[Dot, Dot]:
        ordered = sorted(atlas.dots, key=lambda dot: float(getattr(dot, name)))
        return ordered[0], ordered[-1]

    if len(atlas.dots) < 2:  # noqa: PLR2004 - two points make a line
        return None
    (west, east), (north, south) = spread("x"), spread("y")
    if west.x == east.x or north.y == south.y:
        return None
    return (
        _Line.through((west.x, west.longitude), (east.x, east.longitude)),
        _Line.through((north.y, north.latitude), (south.y, south.latitude)),
    )


def spot_of(atlas: DrawnMap, latitude: float, longitude: float) -> tuple[float, float] | None:
    """Where a point of the world lies on the map; None when it lies beside it."""
    lines = _lines(atlas)
    if lines is None:
        return None
    x = (longitude - lines[0].base) / lines[0].slope
    y = (latitude - lines[1].base) / lines[1].slope
    is_on_it = 0 <= x <= atlas.width and 0 <= y <= atlas.height
    return (round(x, 1), round(y, 1)) if is_on_it else None


def point_of_click(atlas: DrawnMap, x: str, y: str) -> str:
    """What a click on the shown map means, as it would be typed; empty when it means nothing.

    Who presses the map from the keyboard points at no place, which browsers tell as its corner.
    """
    lines = _lines(atlas)
    if lines is None or not (x.isdecimal() and y.isdecimal()) or (x, y) == ("0", "0"):
        return ""
    scale = atlas.width / SHOWN_WIDTH
    longitude = lines[0].base + lines[0].slope * int(x) * scale
    latitude = lines[1].base + lines[1].slope * int(y) * scale
    return f"{latitude:.4f}, {longitude:.4f}"


def labelled(atlas: DrawnMap) -> list[Dot]:
    """The communes whose names fit on the map beside one another, those with most goods first."""
    chosen: list[Dot] = []
    for dot in sorted(atlas.dots, key=lambda each: (-each.weight, each.code)):
        is_free = all(
            abs(dot.y - other.y) > _LINE
            or not (dot.x - _LETTER * len(other.name) < other.x < dot.x + _LETTER * len(dot.name))
            for other in chosen
        )
        if is_free and dot.x + _LETTER * len(dot.name) < atlas.width:
            chosen.append(dot)
    return chosen
