"""Leaves, twigs and blossoms, which accompany most goods and are some of them."""

import math

from marketplace.app.pictures.canvas import Sheet, smooth
from marketplace.app.pictures.palette import LEAF, LEAF_DARK, LEAF_LIGHT, TURMERIC, lit, shaded


def leaf(
    sheet: Sheet,
    x: float,
    y: float,
    length: float,
    width: float,
    turn: float,
    colour: str = LEAF,
    *,
    veins: int = 4,
) -> None:
    """Draw a leaf from its stem: two halves in two tones, midrib and veins."""
    half = width / 2
    upper = f"M0 0C{length * 0.2} {-half * 1.2} {length * 0.65} {-half * 1.1} {length} 0"
    lower = f"C{length * 0.65} {half * 1.1} {length * 0.2} {half * 1.2} 0 0Z"
    with sheet.at(x, y, 1, turn):
        sheet.path(upper + lower, shaded(colour, 0.16))
        sheet.path(upper + f"C{length * 0.6} {half * 0.1} {length * 0.3} {half * 0.1} 0 0Z", lit(colour, 0.14))
        rib = f"M0 0C{length * 0.3} {half * 0.1} {length * 0.6} {half * 0.1} {length * 0.97} 0"
        if length > 40:  # finer than a pixel else
            sheet.line(rib, lit(colour, 0.42), max(1.6, width * 0.035), 0.8)
        if veins:
            strokes = ""
            for index in range(1, veins + 1):
                at = length * index / (veins + 1.4)
                swell = half * 0.72 * math.sin(math.pi * min(0.94, index / (veins + 1) + 0.1))
                strokes += f"M{at:.1f} 2l{length * 0.11:.1f} {-swell:.1f}M{at:.1f} 2l{length * 0.11:.1f} {swell:.1f}"
            sheet.line(strokes, lit(colour, 0.3), max(1.1, width * 0.018), 0.55)


def banana_leaf(sheet: Sheet, x: float, y: float, length: float, turn: float, *, flat: float = 0.5) -> None:
    """Lay a banana leaf on the table, ribbed and torn here and there."""
    dice = sheet.dice
    colour = dice.pick(("#5E9A4C", "#4C8A4E", "#77A852", "#3F7D52"))
    half = length * 0.23
    top = [(0.0, 0.0)]
    bottom = [(0.0, 0.0)]
    for index in range(1, 8):
        share = index / 8
        swell = half * math.sin(math.pi * min(1, share * 0.86 + 0.1)) ** 0.6
        tear = 0.8 if dice.chance(0.16) else 1
        top.append((length * share, -swell * tear * dice.around(1, 0.04)))
        bottom.append((length * share, swell * dice.around(1, 0.04)))
    tip = (length * 1.02, 0.0)
    with sheet.at(x, y, 1, turn, squash=flat), sheet.at(-length / 2, 0):
        with sheet.at(16, 34):
            sheet.path(smooth([*top, tip, *bottom[:0:-1]]), "#1B1330", 0.22)
        sheet.path(smooth([*top, tip, *bottom[:0:-1]]), shaded(colour, 0.12))
        sheet.path(smooth([*top, tip], closed=False) + "Z", lit(colour, 0.12))
        ribs = ""
        for index in range(1, 19):
            at = length * index / 20
            swell = half * 0.84 * math.sin(math.pi * min(0.97, index / 20 * 0.86 + 0.1)) ** 0.6
            ribs += f"M{at:.0f} 0q{length * 0.03:.0f} {-swell * 0.6:.0f} {length * 0.06:.0f} {-swell:.0f}"
            ribs += f"M{at:.0f} 0q{length * 0.03:.0f} {swell * 0.6:.0f} {length * 0.06:.0f} {swell:.0f}"
        sheet.line(ribs, lit(colour, 0.35), 2.2, 0.35)
        sheet.line(f"M{-length * 0.07:.0f} 0L{length:.0f} 0", lit(colour, 0.5), 9)


def sprig(
    sheet: Sheet,
    x: float,
    y: float,
    length: float,
    turn: float,
    colour: str = LEAF,
    *,
    leaves: int = 6,
    plump: float = 0.42,
) -> None:
    """Draw a twig with leaves on both sides."""
    with sheet.at(x, y, 1, turn):
        sheet.line(f"M0 0Q{length * 0.5} {-length * 0.08} {length} 0", shaded(colour, 0.35), length * 0.022)
        for index in range(leaves):
            share = 0.2 + 0.72 * index / max(1, leaves - 1)
            side = -1 if index % 2 else 1
            size = length * (0.36 - 0.12 * share) * sheet.dice.around(1, 0.12)
            tone = sheet.dice.pick((colour, lit(colour, 0.12), shaded(colour, 0.14)))
            leaf(
                sheet,
                length * share,
                -length * 0.08 * 2 * share * (1 - share),
                size,
                size * plump,
                side * sheet.dice.around(44, 9),
                tone,
                veins=3 if length > 170 else 0,
            )
        leaf(sheet, length * 0.97, 0, length * 0.24, length * 0.24 * plump, -4, lit(colour, 0.1), veins=0)


def blossom(sheet: Sheet, x: float, y: float, radius: float, petal: str, *, heart: str = TURMERIC) -> None:
    """Draw a five-petalled flower: peach, plum or wild tea."""
    turn = sheet.dice.between(0, 72)
    with sheet.at(x, y, 1, turn):
        for index in range(5):
            angle = math.tau * index / 5
            tone = petal if index % 2 else lit(petal, 0.25)
            sheet.oval(
                radius * 0.55 * math.cos(angle),
                radius * 0.55 * math.sin(angle),
                radius * 0.52,
                radius * 0.42,
                tone,
                1,
                math.degrees(angle),
            )
        sheet.dot(0, 0, radius * 0.3, shaded(petal, 0.18), 0.6)
        sheet.dot(0, 0, radius * 0.2, heart)


def blossom_twig(sheet: Sheet, x: float, y: float, length: float, turn: float, petal: str) -> None:
    """Draw a bare twig in flower, as in the valleys after the lunar new year."""
    dice = sheet.dice
    with sheet.at(x, y, 1, turn):
        bark = "#5B3F36"
        sheet.line(f"M0 0Q{length * 0.4} {-length * 0.12} {length} {-length * 0.04}", bark, length * 0.028)
        for index in range(6):
            at = length * (0.25 + 0.13 * index)
            side = -1 if index % 2 else 1
            tip = (at + length * 0.07, -length * 0.06 + side * length * dice.between(0.06, 0.14))
            sheet.line(f"M{at} {-length * 0.07}L{tip[0]} {tip[1]}", bark, length * 0.014)
            blossom(sheet, tip[0], tip[1], length * dice.between(0.05, 0.08), petal)


def fern(sheet: Sheet, x: float, y: float, length: float, turn: float, colour: str = LEAF_LIGHT) -> None:
    """Draw a young fern frond with its curl."""
    with sheet.at(x, y, 1, turn):
        curl = f"M0 0C{length * 0.4} {length * 0.04} {length * 0.8} 0 {length} {-length * 0.12}"
        curl += f"c{length * 0.08} {-length * 0.08} {-length * 0.04} {-length * 0.16} {-length * 0.09} {-length * 0.09}"
        sheet.line(curl, colour, length * 0.035)
        for index in range(7):
            at = length * (0.12 + 0.11 * index)
            size = length * 0.22 * (1 - index / 9.5)
            for side in (-1, 1):
                leaf(sheet, at, 0, size, size * 0.34, side * 58, colour if side > 0 else LEAF_DARK, veins=0)
