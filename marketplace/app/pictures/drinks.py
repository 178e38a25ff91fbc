"""What is drunk: teas, honey, vinegar, syrup, spirits."""

import math
from collections.abc import Callable, Sequence

from marketplace.app.pictures.arrange import mound, scatter, small_things
from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.fruits import apricot
from marketplace.app.pictures.packs import PACK_COLOURS, carton, pouch, tin
from marketplace.app.pictures.palette import CREAM, INDIGO, LEAF, RED, TEA, TURMERIC, lit, shaded
from marketplace.app.pictures.plants import blossom, leaf, sprig
from marketplace.app.pictures.vessels import bottle, bowl, jar

Painter = Callable[[Sheet], None]


def steam(sheet: Sheet, x: float, y: float) -> None:
    """Let steam rise from something hot."""
    for shift, wide in ((-22, 16), (18, 12)):
        sheet.line(f"M{x + shift} {y}c-40 -50 40 -90 0 -150s30 -70 6 -120", "#FFFFFF", wide, 0.36)


def cup(sheet: Sheet, x: float, y: float, width: float, drink: str, colour: str = "") -> None:
    """Draw a small cup of tea or spirit."""
    half = width / 2
    glaze = colour or sheet.dice.pick(("#F2ECDD", "#31437E", "#7FA08A", "#A8503A", "#C9D6DC"))
    sheet.shadow(x + 10, y - 2, half * 1.1, width * 0.14)
    sheet.path(
        f"M{x - half} {y - width * 0.62}C{x - half * 0.94} {y - width * 0.2} {x - half * 0.6} {y} {x - half * 0.4} {y}H{x + half * 0.4}C{x + half * 0.6} {y} {x + half * 0.94} {y - width * 0.2} {x + half} {y - width * 0.62}Z",
        sheet.tube(glaze, 0.3),
    )
    sheet.oval(x, y - width * 0.62, half, width * 0.15, lit(glaze, 0.45))
    sheet.oval(x, y - width * 0.61, half * 0.88, width * 0.115, sheet.linear([(0, shaded(drink, 0.25), 1), (1, lit(drink, 0.25), 1)], (1, 0)))


def teapot(sheet: Sheet, x: float, y: float, width: float) -> None:
    """Draw a clay teapot."""
    half = width / 2
    clay = sheet.dice.pick(("#8E4A33", "#5B4038", "#6E7F74", "#31437E", "#B5653F"))
    top = y - width * 0.62
    sheet.shadow(x + 20, y, half * 1.25, width * 0.13)
    sheet.line(
        f"M{x + half * 0.9} {y - width * 0.46}C{x + half * 1.7} {y - width * 0.56} {x + half * 1.6} {y - width * 0.05} {x + half * 0.8} {y - width * 0.14}",
        shaded(clay, 0.2),
        width * 0.07,
    )
    sheet.path(
        poly([(x - half * 0.76, y - width * 0.36), (x - half * 1.5, y - width * 0.62), (x - half * 1.62, y - width * 0.52), (x - half * 0.8, y - width * 0.1)]),
        sheet.fall(lit(clay, 0.2), shaded(clay, 0.1)),
    )
    sheet.path(
        smooth(
            [
                (x - half * 0.6, y),
                (x - half, y - width * 0.24),
                (x - half * 0.78, y - width * 0.5),
                (x, top),
                (x + half * 0.78, y - width * 0.5),
                (x + half, y - width * 0.24),
                (x + half * 0.6, y),
            ]
        ),
        sheet.ball(clay, 0.32),
    )
    sheet.oval(x, top + width * 0.045, half * 0.52, width * 0.06, shaded(clay, 0.25))
    sheet.oval(x, top + width * 0.02, half * 0.5, width * 0.055, lit(clay, 0.2))
    sheet.dot(x, top - width * 0.045, width * 0.05, sheet.ball(clay))


_BOXES = (TEA, CREAM, TURMERIC, "#7C9A6B", RED, INDIGO)


def tea_painter(tones: Sequence[str], drink: str, *, sign: str, boxed: bool = False, length: float = 30, thick: float = 7, curl: float = 0.6) -> Painter:
    """Make the painter of a tea: its pack, its leaf, a cup of it, and the plant.

    Args:
        tones: The colours of the dry leaf.
        drink: The colour in the cup.
        sign: What grows beside it: leaf, flower, vine, melon, gourd or bud.
        boxed: Whether it is sold as a box of bags.
        length: How long a dry leaf is.
        thick: How thick.
        curl: How much it is rolled.
    """

    def fill(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        small_things(sheet, x, y, width, height, tones, length=length, thick=thick, curl=curl)

    def draw(sheet: Sheet) -> None:
        dice = sheet.dice
        way = dice.whole(0, 2)
        if boxed:
            window = fill if dice.chance(0.3) else None
            carton(sheet, 430, 800, 450, dice.pick((360, 430)), dice.pick(_BOXES), window=window)
            _tea_bags(sheet, 640, 860)
            cup(sheet, 800, 840, 190, drink)
        elif way == 0:
            tin(sheet, 360, 810, 300, 470, dice.pick((TEA, INDIGO, "#8E3B36", TURMERIC, "#3F4A3C")))
            mound(sheet, 680, 830, 400, 170, tones, length=length, thick=thick, curl=curl)
            cup(sheet, 560, 890, 170, drink)
        elif way == 1:
            pouch(sheet, 680, 800, 340, 560, dice.pick(PACK_COLOURS), fill)
            _service(sheet, drink)
        else:
            bowl(sheet, 512, 840, 520, dice.pick(("#8E5A3A", "#31437E", "#F2ECDD", "#2F6B4F")))
            mound(sheet, 512, 640, 450, 170, tones, length=length, thick=thick, curl=curl)
            cup(sheet, 240, 880, 170, drink)
            cup(sheet, 800, 890, 170, drink)
        scatter(sheet, 540, 915, 520, tones, length=length, thick=thick, curl=curl, count=8)
        _sign(sheet, sign)

    return draw


def _service(sheet: Sheet, drink: str) -> None:
    teapot(sheet, 340, 810, 300)
    cup(sheet, 520, 890, 160, drink)
    steam(sheet, 520, 770)


def _tea_bags(sheet: Sheet, x: float, y: float) -> None:
    for shift, turn in ((-90, -14), (10, 9)):
        with sheet.at(x + shift, y, 1, turn):
            sheet.shadow(10, 34, 90, 24)
            sheet.path(poly([(-66, -60), (-44, -82), (44, -82), (66, -60), (66, 40), (-66, 40)]), "#F6F0E0")
            sheet.path(poly([(-52, -20), (52, -20), (56, 32), (-56, 32)]), "#A8A06A", 0.75)
            sheet.line("M0 -80C20 -130 -60 -130 -90 -90", "#EDE3CB", 4)
            sheet.block(-116, -92, 44, 44, RED, 1, 4)
            sheet.path("M-94 -84l12 14l-12 14l-12 -14Z", TURMERIC)


def _sign(sheet: Sheet, sign: str) -> None:
    dice = sheet.dice
    x, turn = dice.pick(((110, -20), (900, -160)))
    side = 1 if x < 500 else -1
    if sign == "leaf":
        for tilt, size in ((0, 190), (-34, 150), (30, 160), (-16, 110)):
            leaf(sheet, x, 920, size, size * 0.42, turn + tilt, dice.pick((LEAF, "#7FAE4C", "#5E9A4A")))
    elif sign == "flower":
        for index in range(3):
            fx, fy = x + side * index * 84, 900 - (index % 2) * 50
            leaf(sheet, fx, fy + 16, 120, 48, turn + 60 * index, "#3F7A45", veins=3)
            blossom(sheet, fx, fy, 52, "#F3C53C", heart="#E08A1E")
    elif sign == "vine":
        sprig(sheet, x, 920, 300, turn, "#5E8F45", leaves=7, plump=0.6)
    elif sign == "bud":
        for index in range(6):
            bx, by = x + side * index * 34, 900 + dice.around(0, 20)
            sheet.oval(bx, by, 15, 20, sheet.ball("#A8B05A"), 1, dice.around(0, 40))
        sprig(sheet, x, 930, 240, turn - side * 20, "#4F8A45", leaves=5, plump=0.6)
    elif sign == "melon":
        with sheet.at(x + side * 60, 890, 1, -18 * side):
            sheet.path(smooth([(-130, 0), (-60, -44), (40, -50), (140, 0), (40, 44), (-60, 40)]), sheet.ball("#6FA04A"))
            sheet.line("".join(f"M{-110 + i * 22} {-26 + (i % 3) * 22}q10 -12 20 0" for i in range(11)), "#47783A", 7)
    else:
        sheet.oval(x + side * 40, 880, 84, 80, sheet.ball("#5E8A4E"))
        sheet.oval(x + side * 40, 880, 72, 68, "#E9F1D3")
        sheet.dot(x + side * 40, 880, 40, "#F6F7E4")


def draw_honey(sheet: Sheet) -> None:
    """Forest honey in jars or bottles, with comb, dipper and flowers."""
    dice = sheet.dice
    honey = dice.pick(("#D9952A", "#C47A1E", "#E3AC3C", "#A85F1C"))
    way = dice.whole(0, 2)
    if way == 0:
        jar(sheet, 420, 840, 400, 520, honey)
        _comb(sheet, 750, 810, honey)
    elif way == 1:
        bottle(sheet, 380, 840, 220, 640, honey)
        jar(sheet, 660, 850, 300, 380, honey)
    else:
        jar(sheet, 330, 810, 280, 400, honey)
        jar(sheet, 640, 850, 330, 460, lit(honey, 0.14))
    if way:
        _comb(sheet, dice.pick((200, 840)), 870, honey, 0.7)
    _dipper(sheet, honey)
    for _ in range(3):
        blossom(sheet, dice.between(80, 950), dice.between(880, 930), dice.between(26, 40), dice.pick(("#FFFFFF", "#F7D9DE", "#F6E7A8")))
    if dice.chance(0.5):
        _bee(sheet, dice.between(200, 800), dice.between(190, 330))


def _comb(sheet: Sheet, x: float, y: float, honey: str, scale: float = 1) -> None:
    with sheet.at(x, y, scale, -8):
        sheet.shadow(20, 70, 190, 40)
        sheet.path(ring(0, 20, 176, 110, sheet.dice, count=9, wobble=0.08), shaded(honey, 0.4))
        sheet.path(ring(0, 0, 176, 112, sheet.dice, count=9, wobble=0.08), lit(honey, 0.2))
        for row in range(-2, 3):
            for column in range(-3, 4):
                cx, cy = column * 44 + (row % 2) * 22, row * 38
                if (cx / 150) ** 2 + (cy / 92) ** 2 < 1:
                    cell = poly([(cx + 21 * math.cos(math.pi * (i / 3 + 1 / 6)), cy + 21 * math.sin(math.pi * (i / 3 + 1 / 6))) for i in range(6)])
                    sheet.path(cell, sheet.dice.pick((honey, shaded(honey, 0.2), lit(honey, 0.1), "#F6D588")))
        sheet.path("M-60 100q10 60 0 76q-16 10 -20 -8q0 -30 2 -70Z", honey)


def _dipper(sheet: Sheet, honey: str) -> None:
    x = sheet.dice.pick((560, 480))
    with sheet.at(x, 905, 1, sheet.dice.around(-8, 8)):
        sheet.shadow(0, 26, 200, 22)
        sheet.line("M40 0L250 -24", "#B9824A", 18)
        for index in range(4):
            sheet.oval(-60 + index * 30, 10 - index * 3, 15, 38 - abs(index - 1.5) * 6, sheet.fall("#D9A86A", "#8E5A34"))
        sheet.oval(-30, 30, 80, 16, honey, 0.8)


def _bee(sheet: Sheet, x: float, y: float) -> None:
    with sheet.at(x, y, 1, -18):
        sheet.oval(-6, -26, 18, 32, "#FFFFFF", 0.75, -24)
        sheet.oval(20, -24, 16, 28, "#FFFFFF", 0.65, 20)
        sheet.oval(0, 0, 40, 24, sheet.ball("#E0A52E"))
        sheet.line("M-10 -22v44M12 -22v44", "#3A2A20", 11)
        sheet.dot(40, -2, 14, "#3A2A20")


def liquor_painter(liquid: str, companion: str) -> Painter:
    """Make the painter of a bottled drink: spirits, vinegar or syrup, with what it is made of."""

    def draw(sheet: Sheet) -> None:
        dice = sheet.dice
        count = dice.whole(1, 3)
        spots = {
            1: ((470, 850, 250, 660),),
            2: ((360, 830, 230, 660), (620, 850, 230, 620)),
            3: ((270, 810, 190, 580), (690, 815, 190, 560), (480, 850, 220, 660)),
        }[count]
        glass = dice.pick(("#DCEBE6", "#CFE0DA", "#E6ECE2", "#B9CFB5"))
        for x, y, wide, tall in spots:
            bottle(sheet, x, y, wide, tall, liquid, glass=glass)
        _companion(sheet, companion, dice.pick((1, -1)), liquid)

    return draw


def _companion(sheet: Sheet, companion: str, side: int, liquid: str) -> None:
    x = 512 + side * 300
    if companion == "yeast":
        for index in range(4):
            bx, by = x - 90 + index * 58, 880 - (index % 2) * 44
            sheet.shadow(bx + 8, by + 26, 46, 16)
            sheet.dot(bx, by, 40, sheet.ball("#D9CDAE", 0.24))
            leaf(sheet, bx - 20, by + 6, 50, 22, -30, "#8E9A6A", veins=0)
        cup(sheet, 512 - side * 250, 890, 120, "#EDF0E4")
        cup(sheet, 512 - side * 120, 910, 120, "#EDF0E4")
        leaf(sheet, x - side * 30, 910, 210, 90, -20 if side < 0 else 200, LEAF)
    elif companion == "banana":
        for index in range(5):
            with sheet.at(x, 760, 1, (34 - index * 17) * side, flip=side < 0):
                sheet.path(
                    "M-16 -60C10 0 30 70 8 150C0 164 -14 160 -16 146C-10 80 -40 10 -44 -50Z",
                    sheet.linear([(0, "#F6D35E", 1), (0.5, "#E3B43A", 1), (1, "#A97F2A", 1)], (1, 0)),
                )
        sheet.path(poly([(x - 50, 690), (x + 40, 690), (x + 20, 730), (x - 40, 730)]), "#7A6A2E")
        cup(sheet, 512 - side * 230, 900, 130, lit(liquid, 0.3))
    else:
        for ax, ay, size in ((-80, 880, 50), (20, 890, 54), (-30, 812, 48), (90, 850, 46)):
            sheet.shadow(x + ax + 10, ay + size * 0.8, size * 1.1, 16)
            apricot(sheet, x + ax, ay, size)
        sprig(sheet, x - side * 100, 920, 230, -30 if side < 0 else 210, "#7FA04C", leaves=5, plump=0.7)
        cup(sheet, 512 - side * 230, 900, 130, liquid)


def draw_salted_apricots(sheet: Sheet) -> None:
    """Salted or candied apricots: jars and a dish."""
    dice = sheet.dice
    tone = dice.pick(("#B5652E", "#C98A3A", "#8E4A28"))
    spots = dice.pick((((440, 840, 380, 540),), ((340, 810, 290, 430), (640, 840, 300, 480))))
    for x, y, wide, tall in spots:
        jar(sheet, x, y, wide, tall, lit(tone, 0.2), marked=False)
        for row in range(6):
            for index in range(4):
                px = x + (index - 1.5 + (row % 2) * 0.4) * wide * 0.21
                _wrinkled(sheet, px, y - 44 - row * tall * 0.1, wide * 0.12, tone)
        sheet.line(f"M{x - wide * 0.41} {y - tall * 0.62}V{y - 50}", "#FFFFFF", wide * 0.05, 0.6)
    bowl(sheet, 810, 890, 260, dice.pick(("#F2ECDD", "#31437E", "#2F6B4F")))
    for px, py in ((740, 790), (800, 800), (860, 790), (770, 750), (830, 752), (800, 714)):
        _wrinkled(sheet, px, py, 38, tone)


def _wrinkled(sheet: Sheet, x: float, y: float, r: float, tone: str) -> None:
    sheet.path(ring(x, y, r, r * 0.88, sheet.dice, count=8, wobble=0.08), sheet.ball(tone, 0.32))
    sheet.line(
        f"M{x - r * 0.5} {y - r * 0.3}q{r * 0.5} {r * 0.4} {r} {r * 0.1}M{x - r * 0.4} {y + r * 0.2}q{r * 0.4} {r * 0.3} {r * 0.8} 0",
        shaded(tone, 0.3),
        r * 0.08,
        0.7,
    )
