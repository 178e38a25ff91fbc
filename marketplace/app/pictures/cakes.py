"""Cakes of the Tày: bánh khảo in its papers, bánh gio in leaves, the puffed bánh trời."""

from marketplace.app.pictures.arrange import in_basket, in_bowl, lay_out, on_tray
from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.packs import PACK_COLOURS, pouch
from marketplace.app.pictures.palette import RED, TEA, TURMERIC, lit, shaded
from marketplace.app.pictures.plants import banana_leaf
from marketplace.app.pictures.textiles import diamond
from marketplace.app.pictures.vessels import bowl, jar, label, plate


def _brick(sheet: Sheet, x: float, y: float, wide: float, tall: float, colour: str, *, wrapped: bool) -> None:
    """A little block in coloured paper, or bare and floury."""
    half, deep = wide / 2, wide * 0.3
    sheet.shadow(x + 16, y, half * 1.2, tall * 0.24)
    sheet.path(
        poly([(x - half, y - tall), (x - half + deep, y - tall - deep * 0.6), (x + half + deep, y - tall - deep * 0.6), (x + half, y - tall)]),
        lit(colour, 0.36),
    )
    sheet.path(poly([(x + half, y - tall), (x + half + deep, y - tall - deep * 0.6), (x + half + deep, y - deep * 0.6), (x + half, y)]), shaded(colour, 0.3))
    sheet.block(x - half, y - tall, wide, tall, sheet.fall(lit(colour, 0.12), shaded(colour, 0.08)))
    if wrapped:
        sheet.path(poly([(x - half, y - tall), (x, y - tall * 0.45), (x + half, y - tall)]), shaded(colour, 0.16))
        sheet.path(diamond(x, y - tall * 0.48, tall * 0.16, tall * 0.2), lit(colour, 0.7))
        sheet.line(f"M{x + half} {y - tall * 0.5}l{deep} {-deep * 0.6}", lit(colour, 0.2), 4, 0.7)
    else:
        sheet.line(f"M{x - half + 4} {y - tall * 0.52}H{x + half}l{deep} {-deep * 0.6}", "#9A6B45", tall * 0.16)
        specks = "".join(f"M{x + sheet.dice.around(0, half * 0.9):.0f} {y - tall * sheet.dice.unit():.0f}h.1" for _ in range(16))
        sheet.line(specks, "#FFFFFF", 6, 0.8)


def draw_khao(sheet: Sheet) -> None:
    """Bánh khảo: bricks of roasted rice in bright papers, one cut open."""
    dice = sheet.dice
    papers = dice.shuffled((RED, TEA, TURMERIC, "#D9558A", "#31437E", "#E07A3A"))
    rows = (((250, 820), (430, 830), (610, 830)), ((340, 720), (520, 728)), ((430, 624),))
    plate(sheet, 470, 830, 760, dice.pick(("#F2ECDD", "#31437E", "#8FB0A0")))
    for number, row in enumerate(rows):
        for index, (x, y) in enumerate(row):
            _brick(sheet, x, y, 158, 94, papers[(number * 2 + index) % 6], wrapped=True)
    _brick(sheet, 770, 870, 170, 100, "#F3E6C8", wrapped=False)
    if dice.chance(0.6):
        _brick(sheet, 850, 760, 130, 84, "#EFE0BE", wrapped=False)


def draw_ash_cakes(sheet: Sheet) -> None:
    """Bánh gio: amber cakes of lye rice, wrapped in leaves, with molasses."""
    dice = sheet.dice
    banana_leaf(sheet, 512, 800, 920, dice.around(0, 8), flat=0.6)
    for x, y, turn in ((320, 600, 8), (560, 610, -6), (430, 690, 3), (680, 700, -10)):
        _wrapped(sheet, x, y, turn)
    for x, y in dice.pick((((330, 820), (520, 840)), ((470, 830),))):
        sheet.shadow(x + 14, y + 36, 140, 34)
        body = smooth([(x - 128, y), (x - 84, y - 50), (x, y - 60), (x + 84, y - 50), (x + 128, y), (x + 84, y + 42), (x, y + 50), (x - 84, y + 42)])
        sheet.path(body, sheet.linear([(0, "#F0B95A", 0.95), (0.5, "#C77F2A", 0.96), (1, "#8E4F1E", 1)]))
        sheet.path(smooth([(x - 100, y - 14), (x - 50, y - 42), (x + 40, y - 46), (x + 10, y - 30)]), "#FFEFC4", 0.6)
        sheet.line(f"M{x - 40} {y - 52}q12 50 0 98M{x + 40} {y - 52}q12 50 0 98", "#8E4F1E", 3, 0.5)
    bowl(sheet, 810, 890, 230, dice.pick(("#F2ECDD", "#31437E", "#A8503A")), "#6E2F16")


def _wrapped(sheet: Sheet, x: float, y: float, turn: float) -> None:
    colour = sheet.dice.pick(("#7E8F45", "#8E9A50", "#6B8540", "#A3A35A"))
    with sheet.at(x, y, 1, turn):
        sheet.shadow(14, 48, 150, 34)
        body = smooth([(-150, 0), (-110, -46), (0, -58), (110, -46), (150, 0), (110, 46), (0, 56), (-110, 46)])
        sheet.path(body, sheet.fall(lit(colour, 0.26), shaded(colour, 0.26)))
        sheet.line("M-140 -4C-60 -40 60 -40 140 -4M-140 8C-60 30 60 30 140 8", shaded(colour, 0.26), 4, 0.6)
        for at in (-76, 0, 76):
            sheet.line(f"M{at - 4} -52q14 52 0 104", "#EFDDA8", 9)
        sheet.path(poly([(-146, -10), (-190, -28), (-184, 22), (-146, 10)]), shaded(colour, 0.1))
        sheet.path(poly([(146, -10), (192, -24), (186, 24), (146, 10)]), shaded(colour, 0.2))


def _puff(sheet: Sheet, x: float, y: float, r: float) -> None:
    dice = sheet.dice
    colour = dice.pick(("#D99A45", "#C9853A", "#E3AC58", "#B9743A"))
    sheet.path(ring(x, y, r, r * 0.9, dice, count=8, wobble=0.06), sheet.ball(colour, 0.34))
    sheet.oval(x - r * 0.34, y - r * 0.36, r * 0.22, r * 0.12, "#FFF3D2", 0.6, -30)
    sugar = "".join(f"M{x + dice.around(0, r * 0.7):.0f} {y + dice.around(0, r * 0.6):.0f}h.1" for _ in range(12))
    sheet.line(sugar, "#FFF9EA", r * 0.1, 0.85)


def draw_sky_cakes(sheet: Sheet) -> None:
    """Bánh trời: little puffed balls glazed with sugar."""
    dice = sheet.dice
    if dice.chance(0.3):
        pouch(sheet, 690, 800, 330, 540, dice.pick(PACK_COLOURS), _window)
        tray(sheet, 350, 800, 300, 120)
        for row, y in enumerate((690, 740, 790, 840)):
            for index in range(4 + row % 2):
                _puff(sheet, 200 + index * 90 - (row % 2) * 44, y - 20, 52)
        return
    lay_out(sheet, _puff, 58, (in_basket, on_tray, in_bowl))


def _window(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    for row in range(4):
        for index in range(4):
            _puff(sheet, x - width / 2 + (index + (row % 2) * 0.5) * width / 3.2, y - height / 2 + row * height / 3, 38)


def draw_honey_pills(sheet: Sheet) -> None:
    """Turmeric and honey rolled into pills: a jar and a little heap."""
    from_jar = sheet.dice.pick(("#C98424", "#D99A1C", "#B8741E"))
    plate(sheet, 690, 850, 420, sheet.dice.pick(("#F2ECDD", "#31437E", "#2F6B4F")))
    _pill_jar(sheet, 340, 850, 330, 480, from_jar)
    for row in range(4):
        for index in range(4 - row):
            x, y = 690 + (index - (3 - row) / 2) * 66, 830 - row * 50
            sheet.dot(x, y, 35, sheet.ball(from_jar, 0.34))
    for x, y in ((510, 890), (880, 880), (570, 905)):
        sheet.shadow(x + 8, y + 22, 40, 16)
        sheet.dot(x, y, 33, sheet.ball(from_jar, 0.34))


def _pill_jar(sheet: Sheet, x: float, y: float, wide: float, tall: float, colour: str) -> None:
    jar(sheet, x, y, wide, tall, shaded(colour, 0.3), marked=False)
    for row in range(7):
        for index in range(6):
            px = x + (index - 2.5 + (row % 2) * 0.4) * wide * 0.145
            if abs(px - x) < wide * 0.41:
                sheet.dot(px, y - 34 - row * wide * 0.135, wide * 0.08, sheet.ball(colour, 0.34))
    label(sheet, x, y - tall * 0.52, wide * 0.72, tall * 0.36)
    sheet.line(f"M{x - wide * 0.42} {y - tall * 0.62}V{y - 50}", "#FFFFFF", wide * 0.045, 0.6)
