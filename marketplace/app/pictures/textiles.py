"""Brocade of the Tày and the Dao: diamonds, combs, stars, fir trees and plain crosses."""

import math

from marketplace.app.pictures.canvas import Sheet, poly
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.palette import INDIGO, PAPER, PLUM, RED, TEA, TURMERIC, lit, shaded

Weave = tuple[str, str, str, str]

WEAVES: tuple[Weave, ...] = (
    (INDIGO, RED, TURMERIC, PAPER),
    (RED, INDIGO, TURMERIC, PAPER),
    ("#1B1F3A", "#D2574A", "#E8C169", "#8FB89A"),
    (TEA, TURMERIC, RED, PAPER),
    (PAPER, INDIGO, RED, TURMERIC),
    (PLUM, "#E9B44C", "#E7A0A8", PAPER),
)


def diamond(x: float, y: float, across: float, tall: float) -> str:
    """Outline a diamond around a point."""
    return poly([(x, y - tall), (x + across, y), (x, y + tall), (x - across, y)])


def star(x: float, y: float, reach: float, points: int = 8, waist: float = 0.42) -> str:
    """Outline the eight-pointed star of the Dao."""
    corners = []
    for index in range(points * 2):
        angle = math.pi * index / points - math.pi / 2
        far = reach if index % 2 == 0 else reach * waist
        corners.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    return poly(corners)


def _cross(x: float, y: float, reach: float) -> str:
    arm = reach * 0.3
    return (
        f"M{x - arm:.1f} {y - reach:.1f}h{2 * arm:.1f}v{2 * reach:.1f}h{-2 * arm:.1f}Z"
        f"M{x - reach:.1f} {y - arm:.1f}h{2 * reach:.1f}v{2 * arm:.1f}h{-2 * reach:.1f}Z"
    )


def _fir(x: float, y: float, reach: float) -> str:
    return "".join(
        poly(
            [
                (x, y - reach + step * reach * 0.6),
                (x + reach * 0.7, y - reach * 0.2 + step * reach * 0.6),
                (x - reach * 0.7, y - reach * 0.2 + step * reach * 0.6),
            ]
        )
        for step in range(3)
    )


def _teeth(x: float, y: float, width: float, tall: float, count: int, *, down: bool) -> str:
    step = width / count
    tip = y + tall if down else y - tall
    return "".join(poly([(x + i * step, y), (x + (i + 0.5) * step, tip), (x + (i + 1) * step, y)]) for i in range(count))


def brocade(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    height: float,
    weave: Weave,
    pattern: int = 0,
) -> None:
    """Weave a band: edge lines, rows of teeth and one motif repeated along the middle."""
    base, first, second, third = weave
    sheet.block(x, y, width, height, base)
    edge = height * 0.07
    lines = f"M{x} {y + edge}h{width}v{edge}h{-width}ZM{x} {y + height - 2 * edge}h{width}v{edge}h{-width}Z"
    sheet.path(lines, second)
    count = max(2, round(width / (height * 0.72)))
    step = width / count
    middle, tall = y + height / 2, height * 0.27
    teeth = max(2, count * 2)
    sheet.path(
        _teeth(x, y + edge * 2, width, tall * 0.4, teeth, down=True) + _teeth(x, y + height - edge * 2, width, tall * 0.4, teeth, down=False),
        first,
    )
    centres = [x + step * (index + 0.5) for index in range(count)]
    reach = min(step * 0.46, tall * 1.25)
    if pattern % 4 == 0:
        sheet.path("".join(diamond(c, middle, step * 0.44, tall) for c in centres), first)
        sheet.path("".join(diamond(c, middle, step * 0.28, tall * 0.62) for c in centres), third)
        sheet.path("".join(diamond(c, middle, step * 0.14, tall * 0.3) for c in centres), second)
    elif pattern % 4 == 1:
        sheet.path("".join(star(c, middle, reach) for c in centres), third)
        sheet.path("".join(diamond(c, middle, reach * 0.3, reach * 0.3) for c in centres), first)
    elif pattern % 4 == 2:
        sheet.path("".join(_cross(c, middle, reach * 0.72) for c in centres[::2]), second)
        sheet.path("".join(diamond(c, middle, reach * 0.7, reach) for c in centres[1::2]), first)
        sheet.path("".join(diamond(c, middle, reach * 0.3, reach * 0.4) for c in centres[1::2]), third)
    else:
        sheet.path("".join(_fir(c, middle, reach * 0.8) for c in centres), third)


def cloth(sheet: Sheet, x: float, y: float, width: float, depth: float, weave: Weave) -> None:
    """Lay a cloth on the table in perspective, its brocade hem towards the viewer."""
    base = weave[0]
    near, hem = y + depth, depth * 0.24
    half = width / 2
    sheet.path(
        poly([(x - half, near + 18), (x + half + 26, near + 18), (x + half * 0.86, y), (x - half * 0.82, y)]),
        "#1B1330",
        0.18,
    )
    top = [(x - half * 0.84, y), (x + half * 0.84, y), (x + half, near), (x - half, near)]
    sheet.path(poly(top), sheet.fall(shaded(base, 0.12), lit(base, 0.1)))
    fold = sheet.linear([(0, "#FFFFFF", 0.1), (0.5, "#FFFFFF", 0), (1, "#1B1330", 0.16)], (1, 0))
    sheet.path(poly(top), fold)
    pattern = sheet.dice.whole(0, 3)
    brocade(sheet, x - half, near - hem, width, hem, weave, pattern)
    fringe = "".join(f"M{x - half + 5 + i * 13:.1f} {near}v{13 + (i * 7) % 6}" for i in range(int(width / 13)))
    sheet.line(fringe, weave[1] if weave[0] == PAPER else weave[0], 5)


def weave_for(dice: Dice, *, light: bool = False) -> Weave:
    """Choose the colours of a cloth."""
    return dice.pick(WEAVES[3:5]) if light else dice.pick(WEAVES)
