"""Scenes on dry land: fields, hills, woods and roads."""

import math

from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.fruits import persimmon
from marketplace.app.pictures.palette import BAMBOO, lit, mix, shaded
from marketplace.app.pictures.plants import blossom, fern, leaf
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
from marketplace.app.pictures.vessels import basket_back, basket_front


def far_ranges(sheet: Sheet, light: Light, base: float, height: float) -> None:
    """Three ranges of karst, each bluer than the one before it, mist between them."""
    karst_row(sheet, base, height, mix(light.far, light.horizon, 0.66))
    mist_band(sheet, base - height * 0.1, height * 0.45, 0.5, light.horizon)
    karst_row(sheet, base + 10, height * 0.8, mix(light.far, light.horizon, 0.34))
    mist_band(sheet, base, height * 0.4, 0.5, light.horizon)
    karst_row(sheet, base + 30, height * 0.5, mix(light.far, light.near, 0.24))
    plain = mix(mix(light.far, light.growth, 0.55), light.horizon, 0.3)
    sheet.block(0, base + 26, sheet.width, sheet.height - base, sheet.fall(lit(plain, 0.3), plain))
    mist_band(sheet, base + 26, height * 0.2, 0.55, light.horizon)


def _wave(sheet: Sheet, y: float, swing: float, phase: float) -> list[tuple[float, float]]:
    return [(x, y + swing * math.sin(phase + x / 260) + swing * 0.4 * math.sin(phase * 2 + x / 120)) for x in range(-80, sheet.width + 160, 80)]


def draw_terraces(sheet: Sheet, light: Light) -> None:
    """Terraced rice fields stepping down to the viewer."""
    dice = sheet.dice
    paint_sky(sheet, light, 380)
    far_ranges(sheet, light, 400, 250)
    phase = dice.between(0, 6)
    is_wet = dice.chance(0.3)
    for index in range(13):
        share = index / 12
        y = 400 + 500 * share**1.35
        points = _wave(sheet, y, 26 + 40 * share, phase + index * 0.32)
        field = mix(light.growth, light.near, 0.34 - 0.3 * share)
        if is_wet and index % 3:
            field = mix(light.water, light.horizon, 0.5)
        elif index % 4 == 2:
            field = mix(field, "#E3BE4A", 0.4)
        outline = smooth(points, closed=False)
        sheet.path(outline + f"L{sheet.width + 200} 960L-200 960Z", sheet.fall(lit(field, 0.2), field))
        sheet.line(outline, shaded(light.near, 0.1), 6 + 12 * share, 0.55)
        with sheet.at(0, -4 - 5 * share):
            sheet.line(outline, lit(field, 0.5), 3 + 4 * share, 0.8)
        if share > 0.3 and not is_wet:
            tufts = "".join(
                f"M{x:.0f} {py + 34 + 30 * share:.0f}l-6 -{14 * share:.0f}m6 {14 * share:.0f}l7 -{16 * share:.0f}"
                for x, py in ((px + dice.around(0, 36), wy) for px, wy in points for _ in range(2))
            )
            sheet.line(tufts, lit(field, 0.34), 3.4, 0.7)
        if index == 3:
            stilt_house(sheet, dice.between(250, 1350), y + 30, 190)
    for _ in range(dice.whole(1, 3)):
        person(sheet, dice.between(200, 1400), dice.between(640, 800), 96)
    bamboo_clump(sheet, dice.pick((30, 1570)), 930, 560, mix(light.near, light.growth, 0.5))


def draw_tea_hills(sheet: Sheet, light: Light) -> None:
    """Round hills combed with rows of tea, pickers among them, mist in the hollows."""
    dice = sheet.dice
    paint_sky(sheet, light, 400)
    far_ranges(sheet, light, 430, 230)
    hills(sheet, 530, 50, mix(mix(light.far, light.growth, 0.5), light.horizon, 0.3))
    mist_band(sheet, 540, 120, 0.5, light.horizon)
    hillsides = ((380, 520, 460, 0.5), (1240, 540, 520, 0.62), (760, 640, 640, 0.8), (200, 780, 620, 0.95), (1420, 800, 660, 1))
    for x, top, wide, near in hillsides:
        tone = mix(mix(light.far, light.growth, 0.6), light.growth, near)
        _tea_hill(sheet, x + dice.around(0, 60), top, wide, tone, near)
        mist_band(sheet, top + 150, 90, 0.3, light.horizon)
    for _ in range(3):
        at, foot = dice.between(420, 1180), dice.between(760, 840)
        person(sheet, at, foot, 100)
        _back_basket(sheet, at, foot)
    for index in range(7):
        leaf(
            sheet,
            1600 - index * 20,
            930,
            dice.between(150, 260),
            70,
            -100 - index * 12,
            dice.pick((light.growth, lit(light.growth, 0.2), shaded(light.growth, 0.1))),
        )


def _back_basket(sheet: Sheet, x: float, y: float) -> None:
    sheet.path(poly([(x + 8, y - 64), (x + 34, y - 64), (x + 30, y - 26), (x + 12, y - 26)]), BAMBOO)
    sheet.oval(x + 21, y - 66, 15, 8, "#6E9A4A")


def _tea_hill(sheet: Sheet, x: float, top: float, wide: float, tone: str, near: float) -> None:
    tall = wide * 0.42
    dome = f"M{x - wide} {top + tall * 2}C{x - wide * 0.6} {top + tall * 0.4} {x - wide * 0.34} {top} {x} {top}S{x + wide * 0.6} {top + tall * 0.4} {x + wide} {top + tall * 2}L{x + wide} 960H{x - wide}Z"
    sheet.path(dome, sheet.linear([(0, lit(tone, 0.1), 1), (0.5, shaded(tone, 0.2), 1), (1, shaded(tone, 0.4), 1)], (1, 0.4)))
    with sheet.within(dome):
        rows = []
        for index in range(1, 13):
            share = index / 12
            y = top + tall * 2 * share**1.2
            rows.append(f"M{x - wide} {y + tall * 0.62}C{x - wide * 0.4} {y - tall * 0.16} {x + wide * 0.4} {y - tall * 0.16} {x + wide} {y + tall * 0.62}")
        thick = 15 + 10 * near
        sheet.line("".join(rows), shaded(tone, 0.05), thick)
        with sheet.at(0, -thick * 0.2):
            sheet.line("".join(rows), lit(tone, 0.18), thick * 0.62)
        with sheet.at(-4, -thick * 0.36):
            sheet.line("".join(rows), lit(tone, 0.45), thick * 0.2, 0.75)


def draw_valley(sheet: Sheet, light: Light) -> None:
    """A river winding through a valley of fields."""
    dice = sheet.dice
    paint_sky(sheet, light, 420)
    far_ranges(sheet, light, 440, 290)
    hills(sheet, 480, 60, mix(light.far, light.growth, 0.6))
    ground = mix(light.growth, light.horizon, 0.2)
    sheet.block(0, 470, 1600, 430, sheet.fall(lit(ground, 0.25), shaded(ground, 0.05)))
    for row in range(5):
        y, tall = 480 + row * row * 20, 24 + row * 26
        for column in range(9):
            x = -100 + column * 220 + (row % 2) * 90
            tone = dice.pick((light.growth, lit(light.growth, 0.25), mix(light.growth, "#E3BE4A", 0.5), shaded(light.growth, 0.1)))
            sheet.path(poly([(x, y), (x + 190, y), (x + 176 + row * 12, y + tall), (x - 30 - row * 6, y + tall)]), tone, 0.75)
    side = dice.pick((1, -1))
    with sheet.at(0 if side > 0 else 1600, 0, flip=side < 0):
        river = "M900 476C1000 490 1080 500 1010 530C900 572 620 580 640 650C660 730 1120 740 1060 900H420C480 790 440 700 500 630C560 566 860 560 930 526C960 508 900 492 860 478Z"
        sheet.path(river, sheet.fall(mix(light.water, light.horizon, 0.6), light.water))
        sheet.line("M960 524C880 566 600 580 600 650M700 700C800 760 940 780 920 880", lit(light.water, 0.6), 7, 0.6)
    for x, y, size in ((180, 560, 120), (420, 540, 90), (1320, 560, 130), (1480, 640, 190), (130, 720, 210), (1180, 530, 80)):
        tree(sheet, x + dice.around(0, 30), y, size, mix(light.near, light.growth, 0.5))
    stilt_house(sheet, dice.pick((300, 1300)), 640, 240)
    bamboo_clump(sheet, dice.pick((40, 1560)), 920, 560, mix(light.near, light.growth, 0.4))


def draw_pass(sheet: Sheet, light: Light) -> None:
    """A road winding up to a pass, valleys full of mist beneath."""
    dice = sheet.dice
    paint_sky(sheet, light, 480)
    far_ranges(sheet, light, 520, 330)
    mist_band(sheet, 540, 220, 0.8, light.horizon)
    hills(sheet, 640, 160, mix(light.far, light.near, 0.6))
    mist_band(sheet, 660, 140, 0.6, light.horizon)
    flip = dice.chance(0.5)
    with sheet.at(1600 if flip else 0, 0, flip=flip):
        slope = smooth([(-100, 940), (-60, 560), (140, 420), (330, 360), (560, 450), (800, 640), (1100, 760), (1700, 820), (1700, 960)], closed=False) + "Z"
        tone = mix(light.near, light.growth, 0.3)
        sheet.path(slope, sheet.linear([(0, lit(tone, 0.24), 1), (0.6, tone, 1), (1, shaded(tone, 0.2), 1)], (1, 0.7)))
        with sheet.within(slope):
            road = "M1500 930C1300 800 900 860 700 800C520 744 900 720 760 660C620 604 300 690 260 620C230 556 560 560 500 510C450 470 330 480 350 380"
            sheet.line(road, shaded(tone, 0.35), 66)
            sheet.line(road, "#C9BBA2", 46)
            sheet.line(road, "#F3EAD4", 4, 0.7)
        for x, y, size in (
            (120, 560, 120),
            (60, 700, 190),
            (440, 640, 110),
            (980, 800, 150),
            (620, 560, 80),
            (1250, 870, 190),
            (300, 800, 200),
            (560, 880, 220),
        ):
            tree(sheet, x, y, size, dice.pick((tone, light.growth, mix(tone, light.growth, 0.5))))


def draw_forest(sheet: Sheet, light: Light) -> None:
    """A path through the forest, light falling between the trunks."""
    dice = sheet.dice
    deep = mix(light.near, light.growth, 0.5)
    sheet.block(0, 0, 1600, 900, sheet.radial([(0, lit(light.sun, 0.4), 1), (0.5, mix(light.growth, light.sun, 0.5), 1), (1, deep, 1)], (0.5, 0.42), 0.62))
    for layer, count in ((0.0, 16), (0.4, 11), (0.8, 7)):
        tone = mix(mix(light.growth, light.sun, 0.5), shaded(deep, 0.3), 0.2 + layer)
        for index in range(count):
            x = (index + dice.unit()) * 1600 / count
            if abs(x - 800) < 130 + layer * 220:
                continue
            wide = 18 + 46 * layer * dice.between(0.7, 1.2)
            foot = 640 + 200 * layer
            sheet.path(
                poly([(x - wide * 0.5, 0), (x + wide * 0.5, 0), (x + wide * 0.7, foot), (x - wide * 0.7, foot)]),
                sheet.linear([(0, lit(tone, 0.24), 1), (0.5, tone, 1), (1, shaded(tone, 0.3), 1)], (1, 0)),
            )
        for _ in range(9):
            sheet.path(
                ring(dice.between(0, 1600), dice.between(-60, 120 - 60 * layer), dice.between(140, 260), dice.between(70, 120), dice, wobble=0.14), tone, 0.85
            )
        sheet.path(
            smooth([(x, 640 + 160 * layer + dice.around(0, 16)) for x in range(-100, 1800, 160)], closed=False) + "L1700 960L-100 960Z",
            mix(tone, light.growth, 0.4),
        )
    sheet.path("M740 620C800 690 620 740 560 900H1120C1080 760 840 700 830 620Z", sheet.fall(lit("#D9BE8C", 0.4), "#A8865C"))
    for x in (420, 760, 1080):
        sheet.path(poly([(x, -20), (x + 110, -20), (x - 120, 800), (x - 330, 800)]), light.sun, 0.16)
    for x in (60, 240, 420, 1180, 1390, 1540):
        for turn in (-130, -95, -60):
            fern(
                sheet,
                x + dice.around(0, 40),
                920,
                dice.between(170, 290),
                turn + dice.around(0, 12),
                dice.pick((light.growth, lit(light.growth, 0.2), "#6E9A4A")),
            )
    person(sheet, 770, 700, 110)


def draw_orchard(sheet: Sheet, light: Light) -> None:
    """Persimmon trees heavy with fruit, a full basket under them."""
    dice = sheet.dice
    paint_sky(sheet, light, 440)
    far_ranges(sheet, light, 470, 230)
    hills(sheet, 560, 60, mix(light.far, light.growth, 0.7))
    hills(sheet, 680, 50, light.growth)
    for x, y, size in ((240, 620, 300), (560, 600, 240), (1010, 600, 250), (1370, 630, 320)):
        _persimmon_tree(sheet, x + dice.around(0, 40), y, size, 13)
    sheet.path(
        smooth([(-100, 760), (300, 720), (800, 760), (1300, 720), (1700, 760)], closed=False) + "L1700 960L-100 960Z",
        sheet.fall(lit(light.growth, 0.2), shaded(light.growth, 0.1)),
    )
    _persimmon_tree(sheet, dice.pick((230, 1380)), 880, 720, 34)
    middle = 800 + dice.around(0, 160)
    basket_back(sheet, middle, 880, 330, 130)
    for row, y in enumerate((710, 742)):
        for index in range(5 + row):
            persimmon(sheet, middle + (index - 2 - row * 0.5) * 54, y + dice.around(0, 6), 34)
    basket_front(sheet, middle, 880, 330, 130)
    for _ in range(5):
        persimmon(sheet, middle + dice.around(0, 380), dice.between(850, 880), 28)


def _persimmon_tree(sheet: Sheet, x: float, y: float, size: float, fruits: int) -> None:
    dice = sheet.dice
    bark = "#5F4636"
    sheet.shadow(x + size * 0.1, y, size * 0.4, size * 0.06)
    sheet.path(
        f"M{x - size * 0.06} {y}C{x - size * 0.02} {y - size * 0.3} {x - size * 0.1} {y - size * 0.4} {x - size * 0.24} {y - size * 0.7}L{x - size * 0.2} {y - size * 0.72}L{x} {y - size * 0.48}L{x + size * 0.2} {y - size * 0.76}L{x + size * 0.24} {y - size * 0.73}C{x + size * 0.06} {y - size * 0.4} {x + size * 0.04} {y - size * 0.2} {x + size * 0.06} {y}Z",
        sheet.tube(bark),
    )
    for dx, dy, reach in ((0.2, 0.56, 0.26), (-0.26, 0.58, 0.26), (0, 0.74, 0.3), (0.26, 0.8, 0.22), (-0.24, 0.84, 0.22), (0.02, 0.94, 0.22)):
        tone = dice.pick(("#B5702F", "#C98A3A", "#8E8A3E", "#A8552B", "#7E8F45"))
        sheet.path(ring(x + dx * size, y - dy * size, reach * size, reach * size * 0.74, dice, count=9, wobble=0.1), sheet.ball(tone, 0.2))
    for _ in range(fruits):
        fx, fy = x + dice.around(0, 0.42) * size, y - dice.between(0.46, 1.02) * size
        radius = max(6.0, size * 0.03)
        sheet.dot(fx, fy, radius, "#F08A2C" if size < 500 else sheet.ball("#EE8A2C"))
        sheet.oval(fx, fy - radius * 0.8, radius * 0.5, radius * 0.26, "#6E7A3C")


def draw_spring_fields(sheet: Sheet, light: Light) -> None:
    """Peach blossom before fields and stilt houses, after the lunar new year."""
    dice = sheet.dice
    paint_sky(sheet, light, 430)
    far_ranges(sheet, light, 450, 270)
    hills(sheet, 520, 50, mix(light.far, light.growth, 0.6))
    for x, wide in ((520, 220), (860, 260), (1180, 200)):
        stilt_house(sheet, x + dice.around(0, 40), 600 + dice.around(0, 16), wide)
    sheet.path(
        smooth([(-100, 640), (400, 600), (900, 640), (1700, 600)], closed=False) + "L1700 960L-100 960Z", sheet.fall(lit(light.growth, 0.3), light.growth)
    )
    for row in range(7):
        y = 650 + row * 36
        flowers = "".join(f"M{dice.between(0, 1600):.0f} {y + dice.around(0, 14):.0f}h.1" for _ in range(44))
        sheet.line(flowers, dice.pick(("#F6D84A", "#FBE88A", "#FFFFFF", "#F3C53C")), 5 + row * 1.6, 0.9)
    for _ in range(3):
        person(sheet, dice.between(500, 1300), dice.between(680, 780), 96, dice.pick(("#232F5E", "#B3262E")), hat=dice.chance(0.5))
    flip = dice.chance(0.5)
    petal = dice.pick(("#F3A9B4", "#FBE9EA", "#EE8FA2"))
    with sheet.at(1600 if flip else 0, 0, flip=flip):
        for path, wide in (
            ("M-20 900C60 640 40 420 220 240", 46),
            ("M70 560C200 470 330 440 470 300", 24),
            ("M120 380C240 300 260 180 420 90", 22),
            ("M60 680C180 640 300 640 400 560", 20),
        ):
            sheet.line(path, "#5B3F36", wide)
        for _ in range(86):
            at = dice.between(20, 480)
            blossom(
                sheet,
                at,
                640 - at * 0.95 + dice.around(0, 230) if at > 130 else dice.between(180, 520),
                dice.between(14, 27),
                dice.pick((petal, lit(petal, 0.35))),
            )
