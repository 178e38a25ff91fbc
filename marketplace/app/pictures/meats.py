"""From hearth and lake: sausages, smoked meat, pork, chicken, fish, fermented shrimp."""

import math

from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.grounds import board
from marketplace.app.pictures.palette import LEAF, LEAF_LIGHT, TURMERIC, lit, shaded
from marketplace.app.pictures.plants import banana_leaf, leaf, sprig
from marketplace.app.pictures.vessels import bowl, jar, plate


def _pole(sheet: Sheet, y: float) -> None:
    """The bamboo pole over the hearth, with smoke rising behind it."""
    dice = sheet.dice
    for _ in range(3):
        x = dice.between(150, 850)
        trail = f"M{x} 1000C{x - 120} 800 {x + 130} 640 {x} 480S{x - 60} 240 {x + 60} 60"
        sheet.line(trail, "#FFFFFF", dice.between(50, 110), 0.07)
    sheet.line(f"M30 {y}H994", "#6B4A2C", 34)
    sheet.line(f"M30 {y - 8}H994", "#B98A4E", 12)
    sheet.line("".join(f"M{x} {y - 16}v32" for x in (180, 420, 650, 880)), "#5A3C24", 7)


def draw_sausages(sheet: Sheet) -> None:
    """Sausages hung in pairs over the hearth, or sliced on a board."""
    if sheet.dice.chance(0.5):
        _pole(sheet, 190)
        for x in (180, 340, 500, 660, 820):
            for side in (-1, 1):
                _sausage(sheet, x + side * 34, 250, sheet.dice.between(330, 400), 90 - side * 4)
            sheet.line(f"M{x - 34} 262Q{x} 120 {x + 34} 262", "#E9D6A8", 7)
        return
    board(sheet, 512, 770, 820)
    for y, turn in ((610, 3), (680, -2), (752, 2)):
        _sausage(sheet, 190, y, 470, turn)
    for index in range(8):
        _slice(sheet, 600 + (index % 4) * 70, 740 + (index // 4) * 66, 46)
    sprig(sheet, 800, 620, 200, -150, LEAF, leaves=5)


def _sausage(sheet: Sheet, x: float, y: float, length: float, turn: float) -> None:
    dice = sheet.dice
    colour = dice.pick(("#9E3A2C", "#8A2F2A", "#B04A34", "#7A2B2A"))
    wide = 64
    with sheet.at(x, y, 1, turn):
        body = smooth(
            [
                (0, 0),
                (length * 0.08, -wide * 0.5),
                (length * 0.5, -wide * 0.58),
                (length * 0.92, -wide * 0.5),
                (length, 0),
                (length * 0.92, wide * 0.5),
                (length * 0.5, wide * 0.54),
                (length * 0.08, wide * 0.5),
            ]
        )
        with sheet.at(10, 14):
            sheet.path(body, "#1B1330", 0.25)
        sheet.path(
            body,
            sheet.linear(
                [(0, lit(colour, 0.2), 1), (0.3, lit(colour, 0.06), 1), (0.62, colour, 1), (0.7, shaded(colour, 0.3), 1), (1, shaded(colour, 0.4), 1)]
            ),
        )
        fat = "".join(
            f"M{dice.between(length * 0.08, length * 0.92):.0f} {dice.around(0, wide * 0.38):.0f}q{dice.around(0, 6):.0f} {dice.around(0, 6):.0f} {dice.between(4, 16):.0f} {dice.around(0, 6):.0f}"
            for _ in range(22)
        )
        sheet.line(fat, "#E9B7A0", 9, 0.55)
        sheet.line(
            f"M{length * 0.1} {-wide * 0.28}C{length * 0.3} {-wide * 0.4} {length * 0.6} {-wide * 0.4} {length * 0.84} {-wide * 0.28}", "#FFE3CF", 8, 0.5
        )
        sheet.line("M0 0l-16 -8M0 0l-16 8", shaded(colour, 0.3), 8)


def _slice(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.oval(x + 6, y + 9, r, r * 0.62, "#1B1330", 0.25)
    sheet.oval(x, y + 7, r, r * 0.62, "#6E2622")
    sheet.oval(x, y, r, r * 0.62, "#B24B3A")
    for _ in range(7):
        sheet.oval(x + sheet.dice.around(0, r * 0.6), y + sheet.dice.around(0, r * 0.34), r * 0.15, r * 0.1, "#F2CDB8")


def draw_smoked_pork(sheet: Sheet) -> None:
    """Pork belly smoked over the hearth: strips of lean and fat."""
    _smoked(sheet, ("#7A3B26", "#5E2C20", "#8E4A2C"), fat=True)


def draw_smoked_buffalo(sheet: Sheet) -> None:
    """Buffalo smoked over the hearth: dark ropes, some torn to threads."""
    _smoked(sheet, ("#4E2620", "#3E211E", "#5F2F24"), fat=False)


def _smoked(sheet: Sheet, tones: tuple[str, ...], *, fat: bool) -> None:
    dice = sheet.dice
    if dice.chance(0.55):
        _pole(sheet, 180)
        for index, x in enumerate((150, 292, 440, 590, 735, 876)):
            sheet.line(f"M{x} 170V280", "#E9D6A8", 8)
            _strip(sheet, x, 270, dice.between(380, 500), 92 + index % 2 * 14, dice.pick(tones), fat=fat)
        return
    board(sheet, 512, 780, 820)
    for index, y in enumerate((590, 670, 750)):
        with sheet.at(270 + index * 24, y, 1, -88 + index * 2):
            _strip(sheet, 0, 0, 470, 104, tones[index], fat=fat)
    for index in range(9):
        x, y = 250 + index * 58, 830 + (index % 2) * 26
        if fat:
            sheet.path(poly([(x - 34, y), (x + 30, y - 26), (x + 38, y + 10), (x - 26, y + 34)]), tones[0])
            sheet.line(f"M{x - 28} {y + 14}L{x + 30} {y - 12}", "#E9C79A", 12)
        else:
            sheet.line(f"M{x - 40} {y}q30 {-20 + index * 3} 80 {index * 2}M{x - 30} {y + 12}q40 -6 70 10", "#7A3B2C", 8)
    for x in (770, 806, 838):
        leaf(sheet, x, 720, 120, 50, -100 + (x - 800), LEAF, veins=3)


def _strip(sheet: Sheet, x: float, y: float, length: float, wide: float, colour: str, *, fat: bool) -> None:
    dice = sheet.dice
    half = wide / 2
    left = [(x - half * dice.between(0.8, 1.1), y + length * s) for s in (0.03, 0.25, 0.5, 0.75, 0.97)]
    right = [(x + half * dice.between(0.8, 1.1), y + length * s) for s in (0.97, 0.75, 0.5, 0.25, 0.03)]
    body = smooth(left + right)
    with sheet.at(14, 10):
        sheet.path(body, "#1B1330", 0.28)
    sheet.path(body, sheet.tube(colour, 0.24))
    with sheet.within(body):
        if fat:
            for at, tone, thick in ((-0.42, "#D9A566", 0.22), (0.16, "#E3B984", 0.16), (0.62, "#C98F55", 0.12)):
                sheet.line(
                    f"M{x + half * at:.0f} {y}C{x + half * (at + 0.3):.0f} {y + length * 0.3:.0f} {x + half * (at - 0.3):.0f} {y + length * 0.6:.0f} {x + half * at:.0f} {y + length}",
                    tone,
                    wide * thick,
                    0.9,
                )
        fibres = "".join(
            f"M{x + dice.around(0, half):.0f} {y + length * dice.unit() * 0.7:.0f}q{dice.around(0, 10):.0f} {length * 0.12:.0f} {dice.around(0, 8):.0f} {length * 0.26:.0f}"
            for _ in range(18)
        )
        sheet.line(fibres, shaded(colour, 0.4), 4, 0.6)
        sheet.line(fibres, lit(colour, 0.3), 1.8, 0.8)
    sheet.dot(x, y + 14, 9, "#E9D6A8")


def draw_pork(sheet: Sheet) -> None:
    """Native black pork: belly with rind, a chop, herbs on a board."""
    dice = sheet.dice
    board(sheet, 512, 780, 840)
    for x, y, wide, tall in dice.pick((((512, 800, 560, 300),), ((350, 780, 380, 260), (690, 800, 330, 230)))):
        _belly(sheet, x, y, wide, tall)
    for index in range(4):
        with sheet.at(260 + index * 84, 850, 1, dice.around(0, 10)):
            sheet.path(smooth([(-44, -16), (40, -24), (52, 8), (-36, 22)]), "#D97A76")
            sheet.line("M-38 6Q0 -8 46 -6", "#F7E2D6", 11)
    sprig(sheet, 860, 820, 230, -140, LEAF, leaves=6)
    if dice.chance(0.6):
        sheet.dot(190, 700, 46, sheet.ball("#A34A6B"))
        sheet.line("M190 656q-8 -30 8 -46", "#8E7A5A", 8)


def _belly(sheet: Sheet, x: float, y: float, wide: float, tall: float) -> None:
    half, deep = wide / 2, tall * 0.3
    sheet.shadow(x + 20, y, half * 1.1, 44)
    sheet.path(
        poly([(x - half, y - tall), (x - half + deep, y - tall - deep * 0.6), (x + half + deep, y - tall - deep * 0.6), (x + half, y - tall)]), "#3D3236"
    )
    sheet.path(poly([(x + half, y - tall), (x + half + deep, y - tall - deep * 0.6), (x + half + deep, y - deep * 0.6), (x + half, y)]), "#B5605C")
    layers = ((0, 0.1, "#4A3B3E"), (0.1, 0.3, "#F7E6DA"), (0.3, 0.5, "#D0696A"), (0.5, 0.64, "#F5DED2"), (0.64, 0.86, "#C55A5E"), (0.86, 1, "#F2D5C8"))
    with sheet.within(f"M{x - half} {y - tall}H{x + half}V{y - 16}Q{x + half} {y} {x + half - 16} {y}H{x - half + 16}Q{x - half} {y} {x - half} {y - 16}Z"):
        for top, bottom, tone in layers:
            wave = sheet.dice.around(0, tall * 0.05)
            y1, y2 = y - tall + tall * top, y - tall + tall * bottom
            sheet.path(f"M{x - half} {y1}C{x - half * 0.3} {y1 + wave} {x + half * 0.3} {y1 - wave} {x + half} {y1}V{y2 + 20}H{x - half}Z", tone)
        sheet.block(x - half, y - tall, wide, tall, sheet.linear([(0, "#FFFFFF", 0.2), (0.5, "#FFFFFF", 0), (1, "#3B1330", 0.25)], (1, 0.4)))
    sheet.path(
        poly(
            [
                (x + half, y - tall * 0.7),
                (x + half + deep, y - tall * 0.7 - deep * 0.6),
                (x + half + deep, y - tall * 0.5 - deep * 0.6),
                (x + half, y - tall * 0.5),
            ]
        ),
        "#E3BFB2",
    )


def draw_chicken(sheet: Sheet) -> None:
    """A hill chicken, plucked and golden, on a plate with lime leaves."""
    dice = sheet.dice
    plate(sheet, 512, 810, 840, dice.pick(("#F2ECDD", "#31437E", "#B5C7BE", "#A8503A")))
    for turn in (-160, -20, 200, 10):
        leaf(sheet, 512, 770, 380, 130, turn, dice.pick((LEAF, LEAF_LIGHT)))
    skin = dice.pick(("#EBB95C", "#E3A84C", "#F0C878"))
    sheet.shadow(540, 800, 330, 60)
    body = smooth([(250, 640), (300, 500), (470, 430), (660, 470), (780, 590), (790, 700), (680, 780), (470, 800), (300, 760)])
    sheet.path(body, sheet.ball(skin, 0.3))
    sheet.path(smooth([(250, 640), (170, 560), (160, 480), (200, 420), (250, 430), (262, 500), (320, 560)]), sheet.ball(skin, 0.3))
    sheet.path(smooth([(200, 425), (176, 404), (196, 372), (240, 372), (268, 404), (252, 436)]), sheet.ball(skin, 0.26))
    sheet.path(poly([(180, 398), (132, 414), (182, 420)]), "#C98A3A")
    sheet.path("M196 378q4 -34 20 -10q10 -30 22 0q18 -18 14 16Z", "#C5342B")
    sheet.line("M206 398h12", "#4A3020", 6)
    for x, y, turn, long in ((640, 660, 18, 230), (560, 700, 30, 210)):
        with sheet.at(x, y, 1, turn):
            sheet.path(smooth([(-90, -20), (0, -84), (90, -56), (long, -14), (long, 14), (80, 50), (-20, 66)]), sheet.ball(lit(skin, 0.08), 0.3))
            sheet.line(f"M{long} 0l44 -16M{long} 0l50 6M{long} 0l36 26", "#D9A24A", 13)
    wing = smooth([(370, 560), (450, 520), (540, 560), (640, 560), (560, 620), (500, 640), (560, 690), (450, 680), (390, 630)])
    with sheet.at(8, 12):
        sheet.path(wing, shaded(skin, 0.4), 0.5)
    sheet.path(wing, sheet.ball(lit(skin, 0.12), 0.24))
    pores = "".join(f"M{dice.between(320, 720):.0f} {dice.between(500, 760):.0f}h.1" for _ in range(40))
    sheet.line(pores, shaded(skin, 0.3), 5, 0.4)
    for _ in range(3):
        at = dice.between(330, 700)
        sheet.line(f"M{at:.0f} 480q30 -12 60 4", "#FFF3D2", 9, 0.5)


def draw_grilled_fish(sheet: Sheet) -> None:
    """Fish of the lake grilled on bamboo skewers."""
    dice = sheet.dice
    if dice.chance(0.5):
        banana_leaf(sheet, 512, 790, 940, -4, flat=0.62)
        for index, y in enumerate((600, 700, 806)):
            _skewer(sheet, 512 + dice.around(0, 20), y, dice.around(-7, 5), 2 if index == 1 else 1)
    else:
        for x in (250, 430, 610, 790):
            with sheet.at(x, 560, 0.8):
                _skewer(sheet, 0, 0, -90 + dice.around(0, 6), 1)
        sheet.shadow(512, 890, 420, 50)
        for index in range(11):
            ember = dice.pick(("#3A3033", "#4A3C3C", "#2E272B"))
            x = 140 + index * 74
            sheet.path(ring(x, 880 + dice.around(0, 14), 62, 36, dice, wobble=0.14), sheet.ball(ember))
            sheet.line(f"M{x - 24} 884q20 -14 44 -4", "#F08A3C", 8, 0.8)
    sheet.oval(880, 850, 44, 40, sheet.ball("#8FB04A"))
    sheet.oval(800, 880, 40, 24, "#DDE8A8")
    sheet.line("M800 860v40M764 880h72M776 866l48 28M824 866l-48 28", "#F7F9E4", 4)


def _skewer(sheet: Sheet, x: float, y: float, turn: float, count: int) -> None:
    with sheet.at(x, y, 1, turn):
        sheet.line("M-440 0H440", "#C9A25C", 15)
        sheet.line("M-440 -4H440", "#F0D9A0", 5)
        span = 560 if count == 1 else 330
        for index in range(count):
            _fish(sheet, (index - (count - 1) / 2) * 340, span)


def _fish(sheet: Sheet, x: float, length: float) -> None:
    dice = sheet.dice
    colour = dice.pick(("#A8703A", "#B5803F", "#8E5A34"))
    half, tall = length / 2, length * 0.17
    body = smooth(
        [
            (x - half, 6),
            (x - half * 0.7, -tall * 0.7),
            (x - half * 0.1, -tall),
            (x + half * 0.5, -tall * 0.5),
            (x + half * 0.74, 0),
            (x + half * 0.5, tall * 0.5),
            (x - half * 0.1, tall),
            (x - half * 0.7, tall * 0.74),
        ]
    )
    with sheet.at(10, 16):
        sheet.path(body, "#1B1330", 0.25)
    sheet.path(
        poly([(x + half * 0.66, 0), (x + half, -tall * 0.9), (x + half * 0.9, 0), (x + half, tall * 0.9)]), sheet.fall(lit(colour, 0.1), shaded(colour, 0.3))
    )
    sheet.path(poly([(x - half * 0.2, -tall * 0.9), (x + half * 0.06, -tall * 1.4), (x + half * 0.36, -tall * 0.6)]), shaded(colour, 0.2))
    sheet.path(body, sheet.linear([(0, shaded(colour, 0.3), 1), (0.3, colour, 1), (0.6, lit(colour, 0.3), 1), (1, lit(colour, 0.45), 1)]))
    marks = "".join(f"M{x + half * s:.0f} {-tall * 0.7:.0f}l{half * 0.14:.0f} {tall * 1.3:.0f}" for s in (-0.3, -0.08, 0.14, 0.34))
    sheet.line(marks, "#4A2C20", length * 0.018, 0.75)
    sheet.line(f"M{x - half * 0.56} {-tall * 0.66}q{half * 0.1} {tall * 0.66} 0 {tall * 1.3}", shaded(colour, 0.4), 6, 0.8)
    sheet.dot(x - half * 0.74, -tall * 0.2, length * 0.024, "#F5EBD2")
    sheet.dot(x - half * 0.74, -tall * 0.2, length * 0.012, "#2A1E20")
    scales = "".join(f"M{x + half * dice.between(-0.4, 0.5):.0f} {tall * dice.around(0, 0.6):.0f}q8 6 0 14" for _ in range(16))
    sheet.line(scales, lit(colour, 0.5), 3, 0.6)


def draw_fermented_shrimp(sheet: Sheet) -> None:
    """Sour shrimp of the lake in jars, red with rice and chilli."""
    dice = sheet.dice
    for x, y, wide, tall in dice.pick((((512, 850, 370, 520),), ((370, 830, 300, 440), (680, 860, 270, 370)))):
        jar(sheet, x, y, wide, tall, "#D9623A", marked=False)
        for _ in range(30):
            _shrimp(sheet, x + dice.around(0, wide * 0.37), y - dice.between(0.07, 0.64) * tall, wide * 0.1, dice.between(0, 360))
        sheet.line(f"M{x - wide * 0.41} {y - tall * 0.62}V{y - 50}", "#FFFFFF", wide * 0.05, 0.6)
    bowl(sheet, 210, 890, 250, "#31437E", "#D9623A")
    for x in (150, 200, 250, 220):
        _shrimp(sheet, x, 775 + dice.around(0, 14), 38, dice.between(0, 360))
    leaf(sheet, 760, 900, 200, 80, -12, LEAF)


def _shrimp(sheet: Sheet, x: float, y: float, r: float, turn: float) -> None:
    tone = sheet.dice.pick(("#F08A5A", "#F5A57A", "#E0703F", TURMERIC))
    with sheet.at(x, y, 1, turn):
        sheet.line(f"M{-r} 0A{r} {r} 0 1 1 {r * 0.5:.0f} {r * 0.9:.0f}", tone, r * 0.5)
        segments = "".join(
            f"M{r * 0.76 * math.cos(a):.0f} {r * 0.76 * math.sin(a):.0f}L{r * 1.24 * math.cos(a):.0f} {r * 1.24 * math.sin(a):.0f}"
            for a in (3.6, 4.2, 4.8, 5.4, 6.0)
        )
        sheet.line(segments, shaded(tone, 0.24), r * 0.08)
