"""Jars, bottles, bowls, baskets and plates; x is the middle and y the foot of each."""

from marketplace.app.pictures.canvas import Sheet, poly
from marketplace.app.pictures.palette import (
    BAMBOO,
    CREAM,
    GLASS,
    INDIGO,
    KRAFT,
    PAPER,
    RED,
    TEA,
    TURMERIC,
    WOOD,
    lit,
    shaded,
)
from marketplace.app.pictures.plants import leaf
from marketplace.app.pictures.textiles import brocade, diamond, star, weave_for

EMBLEMS = ("mountain", "leaf", "star", "diamond", "sun", "blossom")


def emblem(sheet: Sheet, x: float, y: float, size: float, colour: str, kind: str) -> None:
    """Draw the mark of a maker."""
    if kind == "mountain":
        sheet.path(poly([(x - size, y + size * 0.6), (x - size * 0.3, y - size * 0.7), (x + size * 0.3, y + size * 0.6)]), colour)
        sheet.path(poly([(x - size * 0.1, y + size * 0.6), (x + size * 0.45, y - size * 0.3), (x + size, y + size * 0.6)]), lit(colour, 0.3))
    elif kind == "leaf":
        leaf(sheet, x - size * 0.8, y + size * 0.5, size * 1.9, size * 0.9, -34, colour, veins=0)
    elif kind == "star":
        sheet.path(star(x, y, size), colour)
    elif kind == "diamond":
        sheet.path(diamond(x, y, size * 0.8, size), colour)
        sheet.path(diamond(x, y, size * 0.4, size * 0.5), PAPER)
    elif kind == "sun":
        sheet.path(star(x, y, size, 12, 0.66), colour)
        sheet.dot(x, y, size * 0.42, PAPER)
    else:
        for dx, dy in ((0, -0.55), (0.52, -0.17), (0.32, 0.45), (-0.32, 0.45), (-0.52, -0.17)):
            sheet.dot(x + dx * size, y + dy * size, size * 0.42, colour)
        sheet.dot(x, y, size * 0.26, PAPER)


def label(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Stick a paper label on: an emblem over a brocade band, no letters."""
    dice = sheet.dice
    paper = dice.pick((PAPER, CREAM, "#F4E3C2", "#FFFFFF"))
    ink = dice.pick((INDIGO, RED, TEA, "#855A00"))
    sheet.block(x - width / 2, y, width, height, paper, 1, 6)
    band = height * 0.26
    brocade(sheet, x - width / 2, y + height - band * 1.25, width, band, weave_for(dice), dice.whole(0, 3))
    emblem(sheet, x, y + height * 0.35, min(width, height) * 0.2, ink, dice.pick(EMBLEMS))
    sheet.line(f"M{x - width * 0.24} {y + height * 0.64}H{x + width * 0.24}", ink, max(3, height * 0.025), 0.5)
    soft = sheet.linear([(0, "#FFFFFF", 0.2), (0.6, "#FFFFFF", 0), (1, "#1B1330", 0.26)], (1, 0))
    sheet.block(x - width / 2, y, width, height, soft, 1, 6)


def jar(sheet: Sheet, x: float, y: float, width: float, height: float, content: str, *, lid: str = "", marked: bool = True) -> None:
    """Draw a glass jar: content with its surface, lid or cloth cover, label, glints."""
    dice = sheet.dice
    half, neck = width / 2, height * 0.16
    top = y - height + neck
    sheet.shadow(x + width * 0.16, y - 2, width * 0.72, width * 0.17)
    body = (
        f"M{x - half * 0.8} {top}C{x - half} {top + 6} {x - half} {top + neck * 0.6} {x - half} {top + neck}"
        f"V{y - 26}Q{x - half} {y} {x - half + 30} {y}H{x + half - 30}Q{x + half} {y} {x + half} {y - 26}"
        f"V{top + neck}C{x + half} {top + neck * 0.6} {x + half} {top + 6} {x + half * 0.8} {top}Z"
    )
    sheet.path(body, GLASS, 0.8)
    level, inner = top + neck * 0.9, half * 0.93
    sheet.path(
        f"M{x - inner} {level}H{x + inner}V{y - 30}Q{x + inner} {y - 9} {x + inner - 24} {y - 9}H{x - inner + 24}Q{x - inner} {y - 9} {x - inner} {y - 30}Z",
        sheet.tube(content, 0.3),
    )
    sheet.oval(x, level, inner, width * 0.06, lit(content, 0.36))
    if marked:
        label(sheet, x, y - height * 0.6, width * 0.8, height * 0.44)
    sheet.line(f"M{x - half * 0.82} {top + neck * 1.2}V{y - 44}", "#FFFFFF", width * 0.05, 0.62)
    sheet.line(f"M{x + half * 0.86} {top + neck * 1.5}V{y - 60}", "#FFFFFF", width * 0.025, 0.4)
    _lid(sheet, x, top, half * 0.84, neck, lid or dice.pick((TURMERIC, "#3B3A3A", RED, WOOD, "cloth", "cloth", INDIGO)))


def _lid(sheet: Sheet, x: float, top: float, half: float, neck: float, kind: str) -> None:
    if kind != "cloth":
        sheet.block(x - half, top - neck * 0.86, half * 2, neck * 0.94, sheet.tube(kind), 1, 9)
        sheet.oval(x, top - neck * 0.84, half * 0.97, neck * 0.17, lit(kind, 0.34))
        return
    dice = sheet.dice
    colour = dice.pick((RED, INDIGO, TEA, "#E4C9A0", TURMERIC))
    wide = half * 1.34
    hem = "".join(
        f"Q{x + wide - wide * (i + 0.5) / 3:.0f} {top + neck * (0.62 if i % 2 else 0.34):.0f} {x + wide - wide * (i + 1) / 3:.0f} {top + neck * 0.4:.0f}"
        for i in range(6)
    )
    sheet.path(
        f"M{x - wide} {top + neck * 0.4}C{x - half} {top - neck * 0.2} {x - half} {top - neck} {x} {top - neck}S{x + half} {top - neck * 0.2} {x + wide} {top + neck * 0.4}{hem}Z",
        sheet.tube(colour, 0.3),
    )
    dots = "".join(diamond(x + half * s, top - neck * d, 7, 9) for s, d in ((-0.5, 0.42), (0, 0.6), (0.5, 0.42), (-0.24, 0.16), (0.26, 0.16)))
    sheet.path(dots, lit(colour, 0.6), 0.8)
    sheet.line(f"M{x - half * 0.98} {top - neck * 0.02}Q{x} {top + neck * 0.16} {x + half * 0.98} {top - neck * 0.02}", "#E9D6A8", neck * 0.1)


def bottle(sheet: Sheet, x: float, y: float, width: float, height: float, liquid: str, *, glass: str = GLASS, cork: str = "") -> None:
    """Draw a bottle with its liquid, label and stopper."""
    dice = sheet.dice
    half, neck = width / 2, width * dice.pick((0.17, 0.2))
    shoulder, lip = y - height * 0.62, y - height
    round_shoulder = dice.pick((0.06, 0.12, 0.17)) * height
    sheet.shadow(x + width * 0.2, y - 2, width * 0.78, width * 0.2)

    def outline(inset: float, upper: float) -> str:
        side, mouth = half - inset, max(4.0, neck - inset * 0.7)
        return (
            f"M{x - mouth} {upper}V{shoulder - round_shoulder}C{x - mouth} {shoulder - 10} {x - side} {shoulder - 14} {x - side} {shoulder + round_shoulder * 0.6}"
            f"V{y - 26}Q{x - side} {y - inset} {x - side + 26} {y - inset}H{x + side - 26}Q{x + side} {y - inset} {x + side} {y - 26}"
            f"V{shoulder + round_shoulder * 0.6}C{x + side} {shoulder - 14} {x + mouth} {shoulder - 10} {x + mouth} {shoulder - round_shoulder}V{upper}Z"
        )

    sheet.path(outline(0, lip), glass, 0.86)
    sheet.path(outline(width * 0.05, shoulder - round_shoulder - height * 0.03), sheet.tube(liquid, 0.3))
    label(sheet, x, y - height * 0.48, width * 0.9, height * 0.36)
    sheet.line(f"M{x - half * 0.78} {shoulder + 30}V{y - 50}", "#FFFFFF", width * 0.055, 0.6)
    sheet.line(f"M{x - neck * 0.5} {lip + 24}V{shoulder - round_shoulder - 8}", "#FFFFFF", width * 0.04, 0.6)
    sheet.block(x - neck * 1.16, lip + height * 0.02, neck * 2.32, height * 0.028, lit(glass, 0.2), 1, 5)
    _stopper(sheet, x, lip, neck, height, cork or dice.pick(("cork", "leaf", RED, TURMERIC, "#2F2B2B")))


def _stopper(sheet: Sheet, x: float, lip: float, neck: float, height: float, kind: str) -> None:
    if kind == "cork":
        sheet.block(x - neck * 0.8, lip - height * 0.05, neck * 1.6, height * 0.08, sheet.tube("#C9975F"), 1, 5)
    elif kind == "leaf":
        sheet.path(
            f"M{x - neck} {lip + 12}L{x - neck * 1.3} {lip - height * 0.06}L{x - neck * 0.3} {lip - height * 0.035}L{x + neck * 0.2} {lip - height * 0.085}L{x + neck * 0.7} {lip - height * 0.035}L{x + neck * 1.4} {lip - height * 0.055}L{x + neck} {lip + 12}Z",
            sheet.tube("#6F8F4A"),
        )
        sheet.line(f"M{x - neck} {lip + 6}H{x + neck}", "#E9D6A8", 8)
    else:
        sheet.block(x - neck * 1.04, lip - height * 0.035, neck * 2.08, height * 0.11, sheet.tube(kind), 1, 7)


def bowl(sheet: Sheet, x: float, y: float, width: float, colour: str, content: str = "") -> None:
    """Draw a bowl, with a mound in it when a content is named."""
    half, rim = width / 2, y - width * 0.4
    sheet.shadow(x + width * 0.1, y - 2, half * 0.92, width * 0.1)
    sheet.block(x - half * 0.42, y - width * 0.06, half * 0.84, width * 0.06, shaded(colour, 0.4), 1, 6)
    sheet.path(
        f"M{x - half} {rim}C{x - half * 0.96} {y - width * 0.08} {x - half * 0.5} {y - width * 0.03} {x} {y - width * 0.03}S{x + half * 0.96} {y - width * 0.08} {x + half} {rim}Z",
        sheet.tube(colour, 0.3),
    )
    sheet.oval(x, rim, half, width * 0.12, lit(colour, 0.4))
    sheet.oval(x, rim + 2, half * 0.93, width * 0.1, shaded(colour, 0.4))
    if content:
        sheet.path(
            f"M{x - half * 0.9} {rim + 4}C{x - half * 0.5} {rim - width * 0.24} {x + half * 0.4} {rim - width * 0.26} {x + half * 0.9} {rim + 4}C{x + half * 0.6} {rim + width * 0.12} {x - half * 0.6} {rim + width * 0.12} {x - half * 0.9} {rim + 4}Z",
            sheet.ball(content),
        )
    band = sheet.dice.whole(0, 2)
    if band:
        stripe = lit(colour, 0.5) if band == 1 else shaded(colour, 0.45)
        sheet.line(f"M{x - half * 0.93} {rim + width * 0.1}Q{x} {rim + width * 0.27} {x + half * 0.93} {rim + width * 0.1}", stripe, width * 0.024, 0.8)


def plate(sheet: Sheet, x: float, y: float, width: float, colour: str) -> None:
    """Draw a plate seen from a little above."""
    half = width / 2
    sheet.shadow(x + 18, y + width * 0.06, half * 1.06, width * 0.2)
    sheet.oval(x, y + width * 0.022, half, width * 0.18, shaded(colour, 0.36))
    sheet.oval(x, y, half, width * 0.18, lit(colour, 0.25))
    sheet.oval(x, y + 4, half * 0.8, width * 0.128, sheet.linear([(0, shaded(colour, 0.2), 1), (1, lit(colour, 0.1), 1)], (1, 1)))
    sheet.line(f"M{x - half * 0.9} {y}a{half * 0.9} {width * 0.155} 0 0 1 {half * 1.8} 0", shaded(colour, 0.5), 4, 0.35)


def basket_back(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str = BAMBOO) -> None:
    """Draw the inside of a basket; the goods go between this and its front."""
    sheet.shadow(x + width * 0.1, y - 4, width * 0.56, height * 0.2)
    sheet.oval(x, y - height, width / 2, width * 0.11, shaded(colour, 0.58))
    sheet.oval(x, y - height + 12, width * 0.46, width * 0.09, shaded(colour, 0.74))


def basket_front(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str = BAMBOO) -> None:
    """Draw the plaited front of a basket, its rim and foot."""
    half, foot, sag = width / 2, width * 0.36, width * 0.11
    top = y - height
    body = f"M{x - half} {top}C{x - half} {y - height * 0.5} {x - foot * 1.12} {y - 30} {x - foot} {y - 8}Q{x} {y + sag * 0.55} {x + foot} {y - 8}C{x + foot * 1.12} {y - 30} {x + half} {y - height * 0.5} {x + half} {top}A{half} {sag} 0 0 1 {x - half} {top}Z"
    sheet.path(body, sheet.weave(colour, 38))
    soft = sheet.linear([(0, "#1B1330", 0.16), (0.16, "#FFF4D8", 0.3), (0.4, "#FFF4D8", 0), (0.66, "#1B1330", 0.06), (1, "#1B1330", 0.5)], (1, 0))
    sheet.path(body, soft)
    if sheet.dice.chance(0.4):
        weave = weave_for(sheet.dice)
        with sheet.within(body), sheet.at(0, height * 0.36):
            brocade(sheet, x - half, top, width, height * 0.26, weave, sheet.dice.whole(0, 3))
        sheet.path(body, soft)
    rim = f"M{x - half} {top}A{half} {sag} 0 0 0 {x + half} {top}"
    sheet.line(rim, shaded(colour, 0.42), 27)
    with sheet.at(0, -4):
        sheet.line(rim, lit(colour, 0.1), 19)
        sheet.line(rim, lit(colour, 0.46), 5, 0.8)


def crate(sheet: Sheet, x: float, y: float, width: float, height: float, colour: str = KRAFT) -> None:
    """Draw the front of a wooden crate; the goods lie behind it."""
    half = width / 2
    sheet.shadow(x + 20, y - 2, half * 1.12, height * 0.2)
    slats = 3
    sheet.block(x - half, y - height + 4, width, height - 8, shaded(colour, 0.72))
    step = height / slats
    for index in range(slats):
        tone = sheet.dice.pick((colour, lit(colour, 0.14), shaded(colour, 0.1)))
        sheet.block(
            x - half,
            y - height + step * index + 4,
            width,
            step - 8,
            sheet.linear([(0, lit(tone, 0.24), 1), (0.7, tone, 1), (1, shaded(tone, 0.24), 1)], (1, 0.2)),
            1,
            4,
        )
    for side in (-1, 1):
        sheet.block(x + side * half * 0.92 - 22, y - height - 8, 44, height + 10, shaded(colour, 0.2 if side < 0 else 0.36), 1, 4)
