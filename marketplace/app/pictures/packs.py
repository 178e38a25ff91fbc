"""Bags, sacks, boxes and tins; x is the middle and y the foot of each."""

from collections.abc import Callable

from marketplace.app.pictures.canvas import Sheet, poly
from marketplace.app.pictures.palette import CREAM, INDIGO, KRAFT, PAPER, RED, TEA, TURMERIC, lit, shaded
from marketplace.app.pictures.textiles import brocade, weave_for
from marketplace.app.pictures.vessels import EMBLEMS, emblem, label

Filler = Callable[[Sheet, float, float, float, float], None]

PACK_COLOURS = (KRAFT, "#E9D9B6", TEA, INDIGO, "#F2E7CF", "#8E3B36", "#C98A3A", "#7C9A6B")


def pouch(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str, fill: Filler | None = None) -> None:
    """Draw a standing pouch with a sealed top, a band and a window onto its content."""
    dice = sheet.dice
    half, top = width / 2, y - height
    sheet.shadow(x + width * 0.14, y - 4, width * 0.66, width * 0.13)
    body = (
        f"M{x - half * 0.94} {top}H{x + half * 0.94}L{x + half * 0.92} {top + height * 0.12}"
        f"C{x + half * 1.04} {top + height * 0.4} {x + half * 1.06} {y - height * 0.2} {x + half} {y - 14}"
        f"Q{x} {y + 20} {x - half} {y - 14}C{x - half * 1.06} {y - height * 0.2} {x - half * 1.04} {top + height * 0.4} {x - half * 0.92} {top + height * 0.12}Z"
    )
    sheet.path(body, sheet.tube(colour, 0.2))
    if fill is not None:
        wide, tall = width * 0.62, height * 0.34
        frame = f"M{x - wide / 2} {y - tall - height * 0.1}q{wide / 2} {-tall * 0.34} {wide} 0v{tall * 0.86}q{-wide / 2} {tall * 0.3} {-wide} 0Z"
        sheet.path(frame, shaded(colour, 0.5))
        with sheet.within(frame):
            fill(sheet, x, y - height * 0.1 - tall * 0.5, wide, tall * 1.3)
        sheet.line(frame, lit(colour, 0.45), 5)
        sheet.line(f"M{x - wide * 0.4} {y - height * 0.36}l{wide * 0.26} {tall * 0.5}", "#FFFFFF", 12, 0.35)
    band = height * 0.12
    strip = top + height * 0.38
    with sheet.within(body):
        brocade(sheet, x - half * 1.08, strip, width * 1.16, band, weave_for(dice), dice.whole(0, 3))
    ink = PAPER if colour in (TEA, INDIGO, "#8E3B36") else dice.pick((INDIGO, RED, TEA))
    emblem(sheet, x, top + height * 0.26, width * 0.12, ink, dice.pick(EMBLEMS))
    sheet.block(x - half * 0.94, top, half * 1.88, height * 0.075, shaded(colour, 0.14))
    sheet.line(f"M{x - half * 0.9} {top + height * 0.088}H{x + half * 0.9}", lit(colour, 0.4), 3, 0.7)
    side = sheet.linear([(0, "#FFFFFF", 0.22), (0.14, "#FFFFFF", 0), (0.74, "#1B1330", 0), (0.8, "#1B1330", 0.16), (1, "#1B1330", 0.34)], (1, 0))
    sheet.path(body, side)
    sheet.line(
        f"M{x - half * 0.78} {top + height * 0.14}C{x - half * 0.86} {top + height * 0.4} {x - half * 0.86} {top + height * 0.6} {x - half * 0.8} {y - height * 0.1}",
        "#FFFFFF",
        width * 0.03,
        0.35,
    )


def sack(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str, mound: Filler | None = None) -> None:
    """Draw a cloth sack, open with its goods showing or tied at the neck."""
    dice = sheet.dice
    half, top = width / 2, y - height
    sheet.shadow(x + width * 0.12, y - 4, width * 0.64, width * 0.14)
    body = (
        f"M{x - half * 0.8} {top}C{x - half * 1.1} {top + height * 0.3} {x - half * 1.12} {y - height * 0.16} {x - half * 0.86} {y - 12}"
        f"Q{x} {y + 22} {x + half * 0.86} {y - 12}C{x + half * 1.12} {y - height * 0.16} {x + half * 1.1} {top + height * 0.3} {x + half * 0.8} {top}Z"
    )
    if mound is not None:
        sheet.oval(x, top, half * 0.86, width * 0.15, shaded(colour, 0.5))
        mound(sheet, x, top + width * 0.04, half * 1.6, width * 0.3)
    sheet.path(body, sheet.tube(colour, 0.22))
    weave = weave_for(dice)
    with sheet.within(body):
        brocade(sheet, x - half * 1.1, y - height * 0.36, width * 1.1, height * 0.17, weave, dice.whole(0, 3))
    emblem(sheet, x, y - height * 0.56, width * 0.13, dice.pick((INDIGO, RED, TEA)), dice.pick(EMBLEMS))
    folds = f"M{x - half * 0.5} {top + height * 0.1}q-16 {height * 0.2} -6 {height * 0.3}M{x + half * 0.46} {top + height * 0.08}q20 {height * 0.24} 6 {height * 0.4}M{x - half * 0.1} {top + height * 0.08}q10 {height * 0.1} 2 {height * 0.16}"
    sheet.line(folds, shaded(colour, 0.34), 7, 0.4)
    side = sheet.linear([(0, "#FFFFFF", 0.2), (0.2, "#FFFFFF", 0), (0.7, "#1B1330", 0), (1, "#1B1330", 0.36)], (1, 0))
    sheet.path(body, side)
    if mound is not None:
        roll = f"M{x - half * 0.84} {top}A{half * 0.84} {width * 0.13} 0 0 0 {x + half * 0.84} {top}"
        sheet.line(roll, shaded(colour, 0.2), 42)
        with sheet.at(0, -6):
            sheet.line(roll, lit(colour, 0.24), 28)
        return
    ears = f"M{x - half * 0.5} {top + 6}C{x - half * 0.8} {top - height * 0.16} {x - half * 0.5} {top - height * 0.2} {x - half * 0.2} {top - height * 0.1}C{x} {top - height * 0.2} {x + half * 0.5} {top - height * 0.2} {x + half * 0.5} {top + 6}Z"
    sheet.path(ears, sheet.tube(lit(colour, 0.1), 0.2))
    sheet.line(f"M{x - half * 0.72} {top + 8}Q{x} {top + 34} {x + half * 0.72} {top + 8}", dice.pick((RED, "#8A5B33", TEA)), 17)


def carton(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str, *, window: Filler | None = None) -> None:
    """Draw a box in three-quarter view, its front decorated."""
    dice = sheet.dice
    half, deep = width / 2, width * 0.2
    top, left = y - height, x - half - deep * 0.3
    right = left + width
    sheet.shadow(x + width * 0.2, y - 2, width * 0.74, width * 0.14)
    sheet.path(poly([(right, top), (right + deep, top - deep * 0.5), (right + deep, y - deep * 0.62), (right, y)]), shaded(colour, 0.36))
    sheet.path(poly([(left, top), (left + deep, top - deep * 0.5), (right + deep, top - deep * 0.5), (right, top)]), lit(colour, 0.3))
    sheet.block(left, top, width, height, sheet.linear([(0, lit(colour, 0.14), 1), (1, shaded(colour, 0.1), 1)], (1, 1)))
    middle = left + half
    weave = weave_for(dice)
    if window is not None:
        frame = f"M{left + width * 0.12} {top + height * 0.4}h{width * 0.76}v{height * 0.44}h{-width * 0.76}Z"
        sheet.path(frame, shaded(colour, 0.5))
        with sheet.within(frame):
            window(sheet, middle, top + height * 0.66, width * 0.78, height * 0.52)
        sheet.line(frame, lit(colour, 0.5), 5)
        brocade(sheet, left, top + height * 0.06, width, height * 0.2, weave, dice.whole(0, 3))
        return
    brocade(sheet, left, y - height * 0.34, width, height * 0.2, weave, dice.whole(0, 3))
    light = colour in (CREAM, PAPER, KRAFT, "#E9D9B6", "#F2E7CF")
    emblem(sheet, middle, top + height * 0.34, min(width, height) * 0.17, dice.pick((INDIGO, RED, TEA)) if light else lit(TURMERIC, 0.4), dice.pick(EMBLEMS))


def tin(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str) -> None:
    """Draw a round tea tin."""
    half, flat = width / 2, width * 0.1
    top = y - height
    sheet.shadow(x + width * 0.18, y - 2, width * 0.74, width * 0.18)
    body = f"M{x - half} {top}V{y - flat}A{half} {flat} 0 0 0 {x + half} {y - flat}V{top}Z"
    sheet.path(body, sheet.tube(colour, 0.3))
    label(sheet, x, top + height * 0.32, width * 0.84, height * 0.52)
    cap = f"M{x - half * 1.03} {top}V{top + height * 0.2}A{half * 1.03} {flat} 0 0 0 {x + half * 1.03} {top + height * 0.2}V{top}Z"
    sheet.path(cap, sheet.tube(lit(colour, 0.14), 0.3))
    sheet.oval(x, top, half * 1.03, flat, lit(colour, 0.4))
    sheet.oval(x, top + 2, half * 0.84, flat * 0.78, lit(colour, 0.24))
