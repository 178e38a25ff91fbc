"""Scenes where people live and trade: market, village, street, hearth, loom."""

from marketplace.app.pictures.arrange import bean_mound
from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.palette import BAMBOO, RED, lit, mix, shaded
from marketplace.app.pictures.scenery import (
    Light,
    bamboo_clump,
    hills,
    karst_row,
    mist_band,
    paint_sky,
    person,
    stilt_house,
    tree,
)
from marketplace.app.pictures.scenes_land import far_ranges
from marketplace.app.pictures.textiles import brocade, weave_for
from marketplace.app.pictures.vessels import basket_back, basket_front, jar

_AWNINGS = (("#B3262E", "#F3E3C4"), ("#31437E", "#F3E3C4"), ("#2F6B4F", "#EBD9A6"), ("#D99A1C", "#FBF0D4"), ("#C96A3A", "#F6E6C8"))
_GOODS = (
    ("#F0A02A", "#E8842A", "#EDB13C"),
    ("#7FAE4C", "#5E9A3F", "#9DC05A"),
    ("#A32A3A", "#C5342B", "#8E1F38"),
    ("#7A5236", "#96704C", "#694530"),
    ("#F2D24B", "#E3B43A", "#F7E08A"),
    ("#F4EEDF", "#E6DCC4", "#FFFFFF"),
)
_COATS = ("#232F5E", "#1B2447", "#B3262E", "#2F6B4F", "#7B2D4A", "#31437E")


def draw_market(sheet: Sheet, light: Light) -> None:
    """Market morning: awnings, heaps of goods, people in indigo, mountains behind."""
    dice = sheet.dice
    paint_sky(sheet, light, 420)
    far_ranges(sheet, light, 440, 290)
    hills(sheet, 480, 40, mix(light.far, light.growth, 0.6))
    earth = mix("#C9A67C", light.horizon, 0.35)
    sheet.block(0, 480, 1600, 420, sheet.fall(lit(earth, 0.2), shaded(earth, 0.2)))
    for x in (150, 480, 820, 1150, 1470):
        _stall(sheet, x + dice.around(0, 20), 600, 280, small=True)
    for _ in range(9):
        person(sheet, dice.between(60, 1540), dice.between(620, 680), dice.between(120, 140), dice.pick(_COATS), hat=dice.chance(0.6))
    for x in dice.pick(((240, 840, 1420), (120, 700, 1300))):
        _stall(sheet, x, 830, 470, small=False)
    for _ in range(4):
        person(sheet, dice.between(100, 1500), dice.between(850, 880), 220, dice.pick(_COATS), hat=dice.chance(0.6))
    mist_band(sheet, 470, 90, 0.35, light.sun)


def _stall(sheet: Sheet, x: float, foot: float, wide: float, *, small: bool) -> None:
    dice = sheet.dice
    half, tall = wide / 2, wide * 0.86
    for side in (-1, 1):
        sheet.line(f"M{x + side * half * 0.94} {foot}V{foot - tall}", "#8A6136", wide * 0.022)
    sheet.shadow(x + 16, foot, half * 1.2, wide * 0.06)
    if not small:
        person(sheet, x + dice.around(0, half * 0.3), foot - wide * 0.14, wide * 0.5, dice.pick(_COATS), hat=dice.chance(0.4))
    table = foot - wide * 0.26
    sheet.block(x - half, table, wide, wide * 0.05, "#B98A5C")
    weave = weave_for(dice)
    brocade(sheet, x - half, table + wide * 0.05, wide, wide * 0.15, weave, dice.whole(0, 3))
    for index in range(3):
        tones = dice.pick(_GOODS)
        gx = x + (index - 1) * wide * 0.31
        if small:
            sheet.path(f"M{gx - wide * 0.13} {table}Q{gx} {table - wide * 0.24} {gx + wide * 0.13} {table}Z", sheet.ball(tones[0]))
        else:
            bean_mound(sheet, gx, table - 6, wide * 0.28, wide * 0.15, tones, wide * dice.between(0.022, 0.032), 1.05)
    first, second = dice.pick(_AWNINGS)
    top, eave, strips = foot - tall * 1.16, foot - tall * 0.86, 8
    for index in range(strips):
        a, b = index / strips * 2 - 1, (index + 1) / strips * 2 - 1
        tone = first if index % 2 else second
        sheet.path(
            poly([(x + half * 0.84 * a, top), (x + half * 0.84 * b, top), (x + half * 1.14 * b, eave), (x + half * 1.14 * a, eave)]),
            sheet.fall(lit(tone, 0.16), shaded(tone, 0.08)),
        )
        middle = x + half * 1.14 * (a + b) / 2
        sheet.path(
            f"M{x + half * 1.14 * a} {eave}H{x + half * 1.14 * b}V{eave + wide * 0.03}Q{middle} {eave + wide * 0.1} {x + half * 1.14 * a} {eave + wide * 0.03}Z",
            shaded(tone, 0.16),
        )


def draw_village(sheet: Sheet, light: Light) -> None:
    """A village of stilt houses at the foot of the mountains, smoke over the roofs."""
    dice = sheet.dice
    paint_sky(sheet, light, 430)
    far_ranges(sheet, light, 450, 300)
    karst_row(sheet, 520, 240, mix(light.far, light.near, 0.5), detail=True, gap=1.9)
    hills(sheet, 540, 60, mix(light.near, light.growth, 0.6))
    for x, y, wide in ((260, 590, 250), (620, 570, 220), (1010, 575, 240), (1360, 600, 270)):
        tree(sheet, x - wide * 0.7, y, 130, mix(light.near, light.growth, 0.5))
        stilt_house(sheet, x + dice.around(0, 40), y, wide)
        smoke = x + dice.around(0, 30)
        sheet.line(f"M{smoke} {y - wide * 0.6}c-30 -50 40 -80 6 -140s30 -60 10 -100", "#FFFFFF", 15, 0.34)
    hills(sheet, 650, 40, mix(light.growth, light.near, 0.15))
    for x, y, wide in dice.pick((((420, 730, 400), (1130, 740, 440)), ((800, 740, 480), (1440, 720, 330)))):
        tree(sheet, x + wide * 0.74, y, 230, mix(light.near, light.growth, 0.6))
        stilt_house(sheet, x, y, wide, dice.pick(("#6E5A48", "#7A6248", "#8E5A40")))
    sheet.path(
        smooth([(-100, 780), (400, 750), (900, 790), (1700, 750)], closed=False) + "L1700 960L-100 960Z", sheet.fall(lit(light.growth, 0.3), light.growth)
    )
    for row in range(4):
        stalks = "".join(f"M{x + dice.around(0, 6):.0f} {806 + row * 30:.0f}l{dice.around(0, 6):.0f} {-22 - row * 4:.0f}" for x in range(0, 1600, 16))
        sheet.line(stalks, mix(light.growth, "#F2D98A", 0.24 + 0.14 * row), 4, 0.8)
    for _ in range(3):
        person(sheet, dice.between(200, 1400), dice.between(780, 820), 104, dice.pick(_COATS))
    bamboo_clump(sheet, dice.pick((30, 1570)), 900, 520, mix(light.near, light.growth, 0.5))


def draw_town(sheet: Sheet, light: Light) -> None:
    """A street of the town: narrow houses, tiled roofs, lanterns, mountains at its end."""
    dice = sheet.dice
    paint_sky(sheet, light, 480)
    karst_row(sheet, 560, 330, mix(light.far, light.horizon, 0.5))
    mist_band(sheet, 540, 140, 0.6, light.horizon)
    karst_row(sheet, 580, 210, mix(light.far, light.near, 0.3))
    road = mix("#B5A58C", light.horizon, 0.4)
    sheet.block(0, 560, 1600, 340, shaded(road, 0.1))
    sheet.path(poly([(720, 560), (880, 560), (1500, 900), (100, 900)]), sheet.fall(lit(road, 0.3), road))
    for side in (-1, 1):
        for index in range(5, -1, -1):
            _house(sheet, side, index)
    for side in (-1, 1):
        for x, foot, size in ((160, 640, 130), (330, 740, 240)):
            tree(sheet, 800 + side * x, foot, size, light.growth)
    for _ in range(7):
        share = dice.unit()
        person(sheet, 800 + dice.around(0, 90 + 330 * share), 610 + 230 * share, 62 + 90 * share, dice.pick(_COATS), hat=dice.chance(0.5))
    for row, (y, sag) in enumerate(((250, 90), (380, 50))):
        sheet.line(f"M{80 + row * 250} {y}Q800 {y + sag * 2} {1520 - row * 250} {y}", "#5B4038", 3)
        for index in range(1, 8):
            share = index / 8
            at = 80 + row * 250 + (1440 - row * 500) * share
            ly = y + sag * 4 * share * (1 - share)
            size = 24 - row * 9
            sheet.oval(at, ly + size, size * 0.9, size, sheet.ball(dice.pick((RED, "#D99A1C", "#C5342B"))))
            sheet.line(f"M{at} {ly + size * 2}v{size * 0.7}", "#D99A1C", 3)


def _house(sheet: Sheet, side: int, index: int) -> None:
    """One narrow house front in perspective; the near ones are tall."""
    dice = sheet.dice
    near, far = 0.72**index, 0.72 ** (index + 1)
    x1, x2 = 800 + side * (110 + 760 * near), 800 + side * (110 + 760 * far)
    wall = dice.pick(("#E9C98A", "#D9A876", "#E6DCC4", "#B5C9BE", "#D98A6A", "#9DB5C4", "#F0DCA8"))
    rise = dice.between(0.8, 1.05)
    t1, t2 = 560 - 520 * near * rise, 560 - 520 * far * rise
    b1, b2 = 560 + 330 * near, 560 + 330 * far
    sheet.path(poly([(x1, t1), (x2, t2), (x2, b2), (x1, b1)]), lit(wall, 0.16) if side > 0 else shaded(wall, 0.16))
    sheet.path(
        poly(
            [
                (x1 + side * 20 * near, t1 - 60 * near),
                (x2 - side * 12 * near, t2 - 50 * far),
                (x2 - side * 24 * near, t2 + 14 * far),
                (x1 + side * 20 * near, t1 + 16 * near),
            ]
        ),
        "#A8553A",
    )

    def at(across: float, down: float) -> tuple[float, float]:
        top, bottom = t1 + (t2 - t1) * across, b1 + (b2 - b1) * across
        return x1 + (x2 - x1) * across, top + (bottom - top) * down

    for a in (0.14, 0.56):
        for down, tall in ((0.12, 0.18), (0.38, 0.16)):
            sheet.path(poly([at(a, down), at(a + 0.28, down), at(a + 0.28, down + tall), at(a, down + tall)]), shaded("#5B6E6A", 0.2))
            sheet.path(poly([at(a, down), at(a + 0.13, down), at(a + 0.13, down + tall), at(a, down + tall)]), "#6E8F7A")
    sheet.path(poly([at(0.1, 0.68), at(0.9, 0.68), at(0.9, 1), at(0.1, 1)]), "#4A3A34")
    sheet.path(poly([at(0.18, 0.76), at(0.82, 0.76), at(0.82, 0.98), at(0.18, 0.98)]), "#E8B765", 0.65)
    cover = dice.pick(_AWNINGS)[0]
    low, out = at(0.94, 0.72), at(0.06, 0.72)
    sheet.path(
        poly([at(0.06, 0.6), at(0.94, 0.6), (low[0] - side * 26 * near, low[1]), (out[0] - side * 34 * near, out[1])]),
        sheet.fall(lit(cover, 0.2), shaded(cover, 0.1)),
    )


def draw_kitchen(sheet: Sheet, light: Light) -> None:
    """The hearth of a stilt house: fire, pot, meat in the smoke, a window on the hills."""
    dice = sheet.dice
    wood = "#6B4630"
    sheet.block(0, 0, 1600, 900, sheet.radial([(0, "#B5703A", 1), (0.5, "#7A4A30", 1), (1, "#3E2A2A", 1)], (0.5, 0.78), 0.75))
    sheet.line("".join(f"M{x} 0V680" for x in range(40, 1600, 92)), shaded(wood, 0.4), 5, 0.5)
    wx = dice.pick((180, 1060))
    _window(sheet, light, wx)
    sheet.path(poly([(0, 680), (1600, 680), (1600, 900), (0, 900)]), sheet.fall("#8E5F3C", "#5B3C2E"))
    sheet.line("M0 740H1600M0 820H1600", "#4A3026", 5, 0.6)
    sheet.line("M0 96H1600", shaded(wood, 0.3), 40)
    sheet.line("M0 86H1600", lit(wood, 0.2), 12)
    for x in range(90, 1600, 118):
        if wx - 60 < x < wx + 420:
            continue
        tall, tone = dice.between(170, 280), dice.pick(("#7A3B26", "#5E2C20", "#8E4A2C", "#E3BC74"))
        sheet.line(f"M{x} 100v50", "#D9C39A", 6)
        sheet.path(ring(x, 150 + tall / 2, 34, tall / 2, dice, wobble=0.05), sheet.tube(tone))
    _fire(sheet)
    jar(sheet, 300, 860, 170, 230, "#D9952A")
    basket_back(sheet, 1340, 870, 270, 130, BAMBOO)
    for index in range(5):
        sheet.dot(1250 + index * 46, 736 + (index % 2) * 8, 32, sheet.ball(dice.pick(("#F0A02A", "#7FAE4C", "#C5342B"))))
    basket_front(sheet, 1340, 870, 270, 130, BAMBOO)


def _window(sheet: Sheet, light: Light, wx: float) -> None:
    """A window onto the hills."""
    sheet.block(wx, 130, 360, 290, light.horizon)
    with sheet.within(f"M{wx} 130h360v290h-360Z"):
        sheet.block(wx, 130, 360, 290, sheet.fall(light.zenith, light.horizon))
        sheet.dot(wx + 240, 240, 40, light.sun)
        for shift, tone in ((0, light.far), (40, mix(light.far, light.near, 0.5)), (90, light.growth)):
            sheet.path(
                smooth(
                    [
                        (wx - 40, 470),
                        (wx + 20, 310 + shift),
                        (wx + 120, 250 + shift),
                        (wx + 200, 330 + shift),
                        (wx + 300, 280 + shift),
                        (wx + 420, 360 + shift),
                        (wx + 420, 470),
                    ]
                ),
                tone,
            )
    sheet.line(f"M{wx} 130h360v290h-360ZM{wx + 180} 130v290", "#7F5C43", 20)


def _fire(sheet: Sheet) -> None:
    """Fire, tripod and pot."""
    sheet.path(poly([(480, 760), (1120, 760), (1200, 880), (400, 880)]), "#4A3A36")
    sheet.dot(800, 760, 330, sheet.radial([(0, "#FFC868", 0.7), (1, "#FF9A3C", 0)]))
    for wide, tall, tone in ((120, 170, "#D9481E"), (86, 130, "#F08A2C"), (52, 90, "#F9D45A")):
        sheet.path(
            f"M{800 - wide} 830C{800 - wide * 1.2} {830 - tall * 0.6} {800 - wide * 0.3} {830 - tall * 0.7} {800 - wide * 0.2} {830 - tall}C{800 + wide * 0.1} {830 - tall * 0.6} {800 + wide * 0.6} {830 - tall * 0.9} {800 + wide * 0.5} {830 - tall * 0.5}C{800 + wide * 1.3} {830 - tall * 0.4} {800 + wide} 830 {800 + wide} 830Z",
            tone,
        )
    for turn in (-9, 8, 3):
        with sheet.at(800, 840, 1, turn):
            sheet.line("M-250 0H250", "#4E3428", 34)
            sheet.line("M-240 -9H240", "#8E6242", 9)
    sheet.line("M620 850L700 610M980 850L900 610M800 850V620", "#2E2A2E", 17)
    sheet.path(smooth([(640, 480), (620, 560), (680, 630), (800, 650), (920, 630), (980, 560), (960, 480)]), sheet.ball("#4A464E", 0.3))
    sheet.oval(800, 480, 162, 34, "#5E5A62")
    sheet.line("M650 480C640 380 960 380 950 480", "#2E2A2E", 11)
    for shift in (-50, 40):
        sheet.line(f"M{800 + shift} 440c-70 -80 70 -130 0 -230s50 -110 0 -210", "#FFFFFF", 34, 0.14)


def draw_weaving(sheet: Sheet, light: Light) -> None:
    """Brocades drying on poles before the hills, a weaver beside them."""
    dice = sheet.dice
    paint_sky(sheet, light, 430)
    far_ranges(sheet, light, 470, 310)
    hills(sheet, 560, 60, mix(light.far, light.growth, 0.6))
    stilt_house(sheet, dice.pick((240, 1360)), 650, 360)
    sheet.path(
        smooth([(-100, 690), (500, 640), (1100, 690), (1700, 650)], closed=False) + "L1700 960L-100 960Z",
        sheet.fall(lit(light.growth, 0.3), shaded(light.growth, 0.06)),
    )
    sheet.line("M120 860V270M800 880V280M1480 860V270", "#7C5233", 26)
    sheet.line("M60 300H1540", "#8A6136", 24)
    sheet.line("M60 294H1540", "#C9975F", 8)
    for index, x in enumerate((170, 380, 590, 840, 1050, 1260)):
        weave = weave_for(dice)
        wide, long = 180, dice.between(330, 460)
        sheet.block(x + 16, 300, wide, long, "#1B1330", 0.2)
        sheet.block(x, 292, wide, long, weave[0])
        for row in range(int(long / 96)):
            brocade(sheet, x, 322 + row * 96, wide, 70 if (row + index) % 2 else 44, weave, (row + index + dice.whole(0, 3)) % 4)
        sheet.block(
            x,
            292,
            wide,
            long,
            sheet.linear([(0, "#1B1330", 0.26), (0.2, "#FFFFFF", 0.2), (0.5, "#1B1330", 0.12), (0.74, "#FFFFFF", 0.14), (1, "#1B1330", 0.3)], (1, 0)),
        )
        sheet.line("".join(f"M{x + 6 + k * 12} {292 + long}v34" for k in range(15)), weave[1], 5)
    person(sheet, 1390, 860, 270, hat=False)
    person(sheet, 90, 850, 220, "#1B2447", hat=False)
