"""The sheet on which everything is drawn, and the few strokes a painter needs.

Depth comes from fills of two or three nearly flat tones (gradients with hard steps), never from
filters: they cost a rasteriser more than all the shapes together.
"""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.palette import lit, shaded

Point = tuple[float, float]
Stop = tuple[float, str, float]

_LONG_FRACTION = re.compile(r"(\d\.\d\d)\d+")


def smooth(points: Sequence[Point], *, closed: bool = True, start: bool = True) -> str:
    """Lead a soft line through points (Catmull-Rom as Bézier curves)."""
    count = len(points)
    first = points[0]
    parts = [f"{'M' if start else 'L'}{first[0]:.1f} {first[1]:.1f}"]
    for index in range(count if closed else count - 1):
        if closed:
            a, b = points[index - 1], points[index]
            c, d = points[(index + 1) % count], points[(index + 2) % count]
        else:
            a, b = points[max(index - 1, 0)], points[index]
            c, d = points[index + 1], points[min(index + 2, count - 1)]
        parts.append(
            f"C{b[0] + (c[0] - a[0]) / 6:.1f} {b[1] + (c[1] - a[1]) / 6:.1f} "
            f"{c[0] - (d[0] - b[0]) / 6:.1f} {c[1] - (d[1] - b[1]) / 6:.1f} {c[0]:.1f} {c[1]:.1f}"
        )
    return "".join(parts) + ("Z" if closed else "")


def poly(points: Sequence[Point]) -> str:
    """Close a straight-edged shape."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def ring(x: float, y: float, rx: float, ry: float, dice: Dice, *, count: int = 9, wobble: float = 0.06) -> str:
    """Draw a hand-drawn roundish outline."""
    turn = dice.between(0, math.tau)
    points = []
    for index in range(count):
        angle = turn + math.tau * index / count
        reach = 1 + dice.around(0, wobble)
        points.append((x + rx * reach * math.cos(angle), y + ry * reach * math.sin(angle)))
    return smooth(points)


class Sheet:
    """One picture in the making: shapes from back to front and the fills they share."""

    def __init__(self, width: int, height: int, dice: Dice) -> None:
        self.width = width
        self.height = height
        self.dice = dice
        self._parts: list[str] = []
        self._fills: dict[str, str] = {}

    def path(self, outline: str, fill: str, opacity: float = 1) -> None:
        """Fill an outline."""
        self._parts.append(f'<path d="{outline}" fill="{fill}"{_faint(opacity)}/>')

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: str,
        opacity: float = 1,
        turn: float = 0,
    ) -> None:
        """Fill an ellipse."""
        turned = f' transform="rotate({turn:.1f} {x:.1f} {y:.1f})"' if turn else ""
        self._parts.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"{_faint(opacity)}{turned}/>')

    def dot(self, x: float, y: float, radius: float, fill: str, opacity: float = 1) -> None:
        """Fill a circle."""
        self.oval(x, y, radius, radius, fill, opacity)

    def block(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        opacity: float = 1,
        radius: float = 0,
    ) -> None:
        """Fill a rectangle."""
        rounded = f' rx="{radius:.1f}"' if radius else ""
        self._parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"{rounded} fill="{fill}"{_faint(opacity)}/>')

    def line(self, outline: str, colour: str, width: float, opacity: float = 1) -> None:
        """Draw along an outline with a round brush."""
        self._parts.append(
            f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="{width:.1f}" stroke-linecap="round" stroke-linejoin="round"{_faint(opacity, "stroke")}/>'
        )

    @contextmanager
    def at(
        self,
        x: float = 0,
        y: float = 0,
        scale: float = 1,
        turn: float = 0,
        *,
        flip: bool = False,
        squash: float = 1,
    ) -> Iterator[None]:
        """Move, scale, turn or mirror what is drawn inside."""
        across = -scale if flip else scale
        moves = f"translate({x:.1f} {y:.1f})"
        moves += f" rotate({turn:.1f})" if turn else ""
        if across != 1 or scale * squash != 1:
            moves += f" scale({across:.3f} {scale * squash:.3f})"
        self._parts.append(f'<g transform="{moves}">')
        yield
        self._parts.append("</g>")

    @contextmanager
    def within(self, outline: str) -> Iterator[None]:
        """Cut off what reaches over the outline."""
        key = self._keep(f'<clipPath id="@"><path d="{outline}"/></clipPath>')
        self._parts.append(f'<g clip-path="url(#{key})">')
        yield
        self._parts.append("</g>")

    def linear(self, stops: Sequence[Stop], end: Point = (0, 1), start: Point = (0, 0)) -> str:
        """Mix a fill which changes along a line of the shape's box."""
        (x1, y1), (x2, y2) = start, end
        key = self._keep(f'<linearGradient id="@" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{_stops(stops)}</linearGradient>')
        return f"url(#{key})"

    def radial(self, stops: Sequence[Stop], centre: Point = (0.5, 0.5), reach: float = 0.5) -> str:
        """Mix a fill which changes outwards from a point of the shape's box."""
        key = self._keep(f'<radialGradient id="@" cx="{centre[0]}" cy="{centre[1]}" r="{reach}">{_stops(stops)}</radialGradient>')
        return f"url(#{key})"

    def tiles(self, width: float, height: float, markup: str, turn: float = 0) -> str:
        """Mix a fill which repeats a small drawing, like weaving."""
        key = self._keep(
            f'<pattern id="@" width="{width}" height="{height}" patternUnits="userSpaceOnUse" patternTransform="rotate({turn:.0f})">{markup}</pattern>'
        )
        return f"url(#{key})"

    def weave(self, colour: str, size: float = 36, turn: float = 0) -> str:
        """Mix the fill of plaited bamboo."""
        half, gap = size / 2, size * 0.06
        light, dark, deep = lit(colour, 0.22), shaded(colour, 0.14), shaded(colour, 0.42)
        across, down = half - gap, half - gap * 1.6
        strips = "".join(
            f'<rect x="{x + gap / 2:.1f}" y="{y + gap:.1f}" width="{across:.1f}" height="{down:.1f}" rx="{gap * 2:.1f}" fill="{fill}"/>'
            for x, y, fill in (
                (0, 0, light),
                (half, 0, dark),
                (0, half, dark),
                (half, half, colour),
            )
        )
        ground = f'<rect width="{size}" height="{size}" fill="{deep}"/>'
        return self.tiles(size, size, ground + strips, turn)

    def ball(self, colour: str, depth: float = 0.3) -> str:
        """Mix the fill of something round: light from the upper left, three tones."""
        light, dark = lit(colour, depth), shaded(colour, depth * 0.85)
        return self.radial(
            [
                (0, light, 1),
                (0.26, light, 1),
                (0.36, colour, 1),
                (0.66, colour, 1),
                (0.78, dark, 1),
                (1, shaded(colour, depth * 1.1), 1),
            ],
            (0.34, 0.28),
            0.86,
        )

    def tube(self, colour: str, depth: float = 0.26) -> str:
        """Mix the fill of something standing and round, like a jar or a sack."""
        light, dark = lit(colour, depth), shaded(colour, depth)
        return self.linear(
            [
                (0, shaded(colour, depth * 0.35), 1),
                (0.08, colour, 1),
                (0.16, light, 1),
                (0.3, light, 1),
                (0.38, colour, 1),
                (0.7, colour, 1),
                (0.78, dark, 1),
                (1, shaded(colour, depth * 1.2), 1),
            ],
            (1, 0),
        )

    def fall(self, top: str, bottom: str) -> str:
        """Mix a soft fill from above to below."""
        return self.linear([(0, top, 1), (1, bottom, 1)])

    def shadow(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        opacity: float = 0.42,
        colour: str = "#1B1330",
    ) -> None:
        """Lay a soft shadow on the table."""
        self.oval(x, y, rx, ry, colour, opacity * 0.36)
        self.oval(x - rx * 0.06, y, rx * 0.76, ry * 0.7, colour, opacity * 0.5)

    def finish(self) -> str:
        """Write the picture out as SVG."""
        fills = "".join(markup.replace("@", key) for markup, key in self._fills.items())
        drawn = "".join(self._parts)
        return _LONG_FRACTION.sub(
            r"\1",
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}"><defs>{fills}</defs>{drawn}</svg>',
        )

    def _keep(self, markup: str) -> str:
        if markup not in self._fills:
            self._fills[markup] = f"f{len(self._fills)}"
        return self._fills[markup]


def _faint(opacity: float, what: str = "fill") -> str:
    # Not the plain `opacity`: that would make the rasteriser paint each shape on a layer of its own.
    return f' {what}-opacity="{opacity:.3g}"' if opacity < 1 else ""


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        f'<stop offset="{offset}" stop-color="{colour}"' + (f' stop-opacity="{opacity}"/>' if opacity < 1 else "/>") for offset, colour, opacity in stops
    )
