"""The drawn map: communes as dots on land that grows from their areas, like contour lines.

No outline of the province is needed: a circle of each commune's area, drawn three times in three
sizes, melts into the shape of the land.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

WIDTH: Final = 520
_MARGIN_KM: Final = 16.0
_KM_PER_DEGREE: Final = 111.32
DRAWN: Final = "lake"
_LAYERS: Final = (1.85, 1.5, 1.16)


@dataclass(frozen=True, slots=True)
class Dot:
    """One commune on the map."""

    code: str
    slug: str
    name: str
    x: float
    y: float
    radius: float
    weight: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Landmark:
    """A lake, for those who find their way by it."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Everything the template needs to draw the map."""

    width: int
    height: int
    layers: tuple[str, ...]
    dots: tuple[Dot, ...]
    landmarks: tuple[Landmark, ...] = ()

    def dot(self, code: str | None) -> Dot | None:
        """The dot of a commune."""
        return next((dot for dot in self.dots if dot.code == code), None)


def draw_map(
    places: Iterable[Mapping[str, Any]], landmarks: Iterable[Mapping[str, Any]] = ()
) -> DrawnMap:
    """The map of the communes that have a position, with its lakes."""
    known = [place for place in places if place.get("latitude") and place.get("longitude")]
    if not known:
        return DrawnMap(WIDTH, WIDTH, (), ())
    middle = math.radians(sum(place["latitude"] for place in known) / len(known))
    narrowing = math.cos(middle) * _KM_PER_DEGREE
    east = [place["longitude"] * narrowing for place in known]
    north = [place["latitude"] * _KM_PER_DEGREE for place in known]
    left, top = min(east) - _MARGIN_KM, max(north) + _MARGIN_KM
    scale = WIDTH / (max(east) + _MARGIN_KM - left)
    height = round((top - min(north) + _MARGIN_KM) * scale)
    dots = tuple(
        _dot(place, (x - left) * scale, (top - y) * scale, scale)
        for place, x, y in zip(known, east, north, strict=True)
    )
    marks = tuple(
        Landmark(
            name=mark["name"],
            x=round((mark["longitude"] * narrowing - left) * scale, 1),
            y=round((top - mark["latitude"] * _KM_PER_DEGREE) * scale, 1),
        )
        for mark in landmarks
        if mark["kind"] == DRAWN
    )
    return DrawnMap(WIDTH, height, tuple(_land(dots, f) for f in _LAYERS), dots, marks)


def _dot(place: Mapping[str, Any], x: float, y: float, scale: float) -> Dot:
    radius = math.sqrt((place.get("areaKm2") or 80.0) / math.pi) * scale
    return Dot(
        code=place["code"],
        slug=place["slug"],
        name=place["name"],
        x=round(x, 1),
        y=round(y, 1),
        radius=round(radius, 1),
        weight=int(place.get("productCount") or 0),
        latitude=place["latitude"],
        longitude=place["longitude"],
    )


def _land(dots: Iterable[Dot], factor: float) -> str:
    """One layer of land: the circles of all communes as one path."""
    parts = []
    for dot in dots:
        r = round(dot.radius * factor, 1)
        parts.append(
            f"M{dot.x - r:.1f} {dot.y}a{r} {r} 0 1 0 {2 * r:.1f} 0a{r} {r} 0 1 0 {-2 * r:.1f} 0z"
        )
    return "".join(parts)
