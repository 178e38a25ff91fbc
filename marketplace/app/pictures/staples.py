"""What fills the larder: rice, roots, beans, maize, gourds."""

import math
from collections.abc import Callable, Sequence

from marketplace.app.pictures.arrange import (
    bean_mound,
    contact,
    in_basket,
    in_crate,
    lay_out,
    mound,
    on_table,
    on_tray,
    scatter,
    small_things,
)
from marketplace.app.pictures.canvas import Sheet, ring, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.packs import PACK_COLOURS, pouch, sack
from marketplace.app.pictures.palette import lit, shaded
from marketplace.app.pictures.plants import leaf, sprig
from marketplace.app.pictures.vessels import bowl

RICES: dict[str, tuple[str, ...]] = {
    "bao-thai": ("#F6F1E2", "#EAE2CC", "#FFFFFF"),
    "japonica": ("#FAF6EA", "#EFE7D2", "#FFFFFF"),
    "sticky": ("#F9F3DF", "#E9DDBE", "#FFFDF2"),
    "upland": ("#E9D7C0", "#B98F86", "#F5E9D8", "#8E5A5E"),
}


def rice_painter(name: str) -> Callable[[Sheet], None]:
    """Make the painter of one sort of rice."""
    tones = RICES[name]
    size = {"length": 13.0 if name == "japonica" else 17.0, "thick": 8.0 if name != "bao-thai" else 6.5}

    def heap(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        mound(sheet, x, y + height * 0.3, width, height * 0.9, tones, length=size["length"], thick=size["thick"])

    def grains(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        small_things(sheet, x, y, width, height, tones, length=size["length"], thick=size["thick"])

    def draw(sheet: Sheet) -> None:
        dice = sheet.dice
        colour = dice.pick(("#E9D9B6", "#D9BC8C", "#F2E7CF", "#C9A878", "#DDE0D0"))
        way = dice.whole(0, 3)
        if way == 0:
            sack(sheet, 512, 850, 520, 470, colour, heap)
        elif way == 1:
            sack(sheet, 640, 810, 400, 500, colour)
            bowl(sheet, 330, 860, 400, dice.pick(("#31437E", "#8E5A3A", "#F2ECDD", "#2F6B4F")), tones[0])
            mound(sheet, 330, 710, 340, 120, tones, length=size["length"], thick=size["thick"])
        elif way == 2:
            pouch(sheet, 380, 820, 360, 560, dice.pick(PACK_COLOURS), grains)
            mound(sheet, 690, 850, 400, 190, tones, length=size["length"], thick=size["thick"])
        else:
            sack(sheet, 350, 800, 360, 430, colour, heap)
            sack(sheet, 680, 830, 330, 420, lit(colour, 0.2))
        scatter(sheet, 520, 905, 620, tones, length=size["length"], thick=size["thick"], count=22)
        if dice.chance(0.6):
            _rice_ear(sheet, dice.pick((120, 860)), 900)

    return draw


def _rice_ear(sheet: Sheet, x: float, y: float) -> None:
    dice = sheet.dice
    side = 1 if x < 500 else -1
    for turn in (-62, -48, -36):
        with sheet.at(x, y, 0.9, 0, flip=side < 0), sheet.at(0, 0, 1, turn + dice.around(0, 4)):
            sheet.line("M0 0Q200 -40 330 40", "#B8923E", 6)
            for index in range(13):
                share = index / 13
                sheet.oval(
                    150 + share * 190,
                    -22 + 66 * share**2 + (9 if index % 2 else -9),
                    17,
                    7,
                    dice.pick(("#E0B34C", "#C9962F", "#F0CE75")),
                    1,
                    34 + (16 if index % 2 else -10),
                )


def taro(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A taro corm, ringed and hairy; now and then cut to its speckled white."""
    dice = sheet.dice
    with sheet.at(x, y, 1, dice.around(0, 34)):
        body = smooth(
            [
                (0, -r * 1.08),
                (r * 0.5, -r * 0.8),
                (r * 0.86, 0),
                (r * 0.66, r * 0.72),
                (0, r * 0.98),
                (-r * 0.66, r * 0.72),
                (-r * 0.86, 0),
                (-r * 0.5, -r * 0.8),
            ]
        )
        sheet.path(body, sheet.ball("#7A5A44", 0.34))
        rings = "".join(
            f"M{-r * w:.0f} {r * v:.0f}Q0 {r * (v + 0.2):.0f} {r * w:.0f} {r * v:.0f}"
            for v, w in ((-0.66, 0.52), (-0.36, 0.7), (-0.04, 0.82), (0.28, 0.8), (0.54, 0.66))
        )
        sheet.line(rings, "#4F382C", r * 0.06, 0.75)
        sheet.line(
            "".join(f"M{dice.around(0, r * 0.6):.0f} {dice.around(0, r * 0.7):.0f}q{dice.around(0, 6):.0f} 8 {dice.around(0, 9):.0f} 16" for _ in range(14)),
            "#B08F70",
            r * 0.035,
            0.7,
        )
        if dice.chance(0.24):
            sheet.oval(r * 0.06, r * 0.1, r * 0.66, r * 0.72, "#F4ECE8")
            sheet.line(
                "".join(f"M{dice.around(r * 0.06, r * 0.4):.0f} {dice.around(r * 0.1, r * 0.46):.0f}l{dice.around(0, 5):.0f} 6" for _ in range(26)),
                "#8E5F86",
                r * 0.045,
                0.8,
            )


def sweet_potato(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A sweet potato: a spindle, rose-skinned; sometimes cut to its gold."""
    dice = sheet.dice
    colour = dice.pick(("#A8505C", "#B5605E", "#94455A", "#B8744E"))
    with sheet.at(x, y, 1, dice.around(0, 28)):
        body = smooth(
            [
                (-r * 1.5, r * 0.1),
                (-r * 0.9, -r * 0.5),
                (0, -r * 0.68),
                (r * 0.9, -r * 0.44),
                (r * 1.5, -r * 0.06),
                (r * 0.96, r * 0.5),
                (0, r * 0.66),
                (-r * 0.9, r * 0.52),
            ]
        )
        sheet.path(body, sheet.ball(colour, 0.32))
        sheet.line(
            "".join(f"M{dice.around(0, r):.0f} {dice.around(0, r * 0.4):.0f}q12 -5 {dice.between(14, 34):.0f} 0" for _ in range(8)),
            shaded(colour, 0.34),
            r * 0.045,
            0.7,
        )
        sheet.line(f"M{r * 1.46} {-r * 0.06}q{r * 0.2} {-r * 0.04} {r * 0.34} {-r * 0.2}", shaded(colour, 0.3), r * 0.06)
        if dice.chance(0.22):
            sheet.oval(-r * 1.02, 0, r * 0.34, r * 0.52, "#F2C35C")
            sheet.oval(-r * 1.02, 0, r * 0.24, r * 0.4, "#F7D988")


def ginger(sheet: Sheet, x: float, y: float, r: float, colour: str = "#D3AE72") -> None:
    """A hand of ginger: knobs grown together, rings across."""
    dice = sheet.dice
    with sheet.at(x, y, 1, dice.around(0, 24), flip=dice.chance(0.5)):
        knobs = (
            (-0.86, 0.1, 0.46, 0.36, -20),
            (0.74, -0.5, 0.26, 0.46, 26),
            (-0.5, -0.56, 0.26, 0.42, -24),
            (0.02, 0.04, 0.74, 0.46, 8),
            (0.86, 0.14, 0.5, 0.34, 16),
            (0.26, 0.5, 0.34, 0.3, 0),
        )
        for kx, ky, rx, ry, turn in knobs:
            with sheet.at(kx * r, ky * r, 1, turn):
                sheet.oval(0, 0, rx * r, ry * r, sheet.ball(colour, 0.28))
                sheet.line(
                    f"M{-rx * r * 0.3} {-ry * r * 0.8}q{rx * r * 0.2} {ry * r * 0.8} 0 {ry * r * 1.6}M{rx * r * 0.34} {-ry * r * 0.76}q{rx * r * 0.2} {ry * r * 0.76} 0 {ry * r * 1.5}",
                    shaded(colour, 0.3),
                    r * 0.032,
                    0.6,
                )
        sheet.oval(1.24 * r, 0.2 * r, r * 0.12, r * 0.22, lit(colour, 0.5), 1, 16)


def draw_taro(sheet: Sheet) -> None:
    """Taro corms."""
    lay_out(sheet, taro, 96, (in_basket, in_crate, on_table))


def draw_sweet_potatoes(sheet: Sheet) -> None:
    """Sweet potatoes."""
    lay_out(sheet, sweet_potato, 92, (in_basket, in_crate, on_table))


def draw_ginger(sheet: Sheet) -> None:
    """Hands of ginger and a few slices."""
    lay_out(sheet, ginger, 96, (in_basket, on_tray, in_crate))
    for x in (180, 250):
        sheet.oval(x, 880, 46, 24, "#C79C56")
        sheet.oval(x - 2, 876, 42, 21, "#F3DFA2")


def bean_painter(colours: Sequence[str], *, length: float, thick: float) -> Callable[[Sheet], None]:
    """Make the painter of beans or nuts sold dry."""

    def fill(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        small_things(sheet, x, y, width, height, colours, length=length, thick=thick)

    radius = thick * 0.8

    def heap(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        bean_mound(sheet, x, y + height * 0.3, width, height * 0.85, colours, radius)

    def draw(sheet: Sheet) -> None:
        dice = sheet.dice
        way = dice.whole(0, 2)
        if way == 0:
            sack(sheet, 512, 850, 500, 420, dice.pick(("#E9D9B6", "#D9BC8C", "#C9A878")), heap)
        elif way == 1:
            pouch(sheet, 370, 820, 350, 540, dice.pick(PACK_COLOURS), fill)
            bean_mound(sheet, 680, 850, 420, 180, colours, radius)
        else:
            tray(sheet, 512, 710, 450, 190)
            bean_mound(sheet, 512, 760, 660, 270, colours, radius * 1.1)
        scatter(sheet, 512, 905, 600, colours, length=length, thick=thick, count=12)

    return draw


def draw_maize(sheet: Sheet) -> None:
    """Sticky maize: cobs in their husks and a mound of meal."""
    dice = sheet.dice
    tones = dice.pick(
        (("#F7EFD6", "#E9D9AE", "#FFFDF2"), ("#F2C84B", "#E0AC2E", "#FBE08A"), ("#F6EDD0", "#E3D2A0", "#FBF4E0"), ("#EFE6E4", "#8E5A86", "#F7F0EA"))
    )
    for x, y, turn in ((330, 640, -62), (512, 600, -88), (690, 640, -118)):
        _cob(sheet, x, y, turn + dice.around(0, 6), tones)
    if dice.chance(0.5):
        mound(sheet, 512, 870, 560, 170, tones, length=6, thick=9)
    else:
        bowl(sheet, 512, 880, 420, dice.pick(("#8E5A3A", "#31437E", "#2F6B4F")), tones[0])


def _cob(sheet: Sheet, x: float, y: float, turn: float, tones: tuple[str, ...]) -> None:
    dice = sheet.dice
    with sheet.at(x, y, 1, turn):
        for tilt in (-20, 18):
            leaf(sheet, -230, 0, 330, 120, tilt, "#B5C16E", veins=5)
        sheet.path(smooth([(-180, -56), (40, -70), (200, -46), (262, 0), (200, 46), (40, 70), (-180, 56)]), sheet.ball(tones[1], 0.25))
        for tone in tones:
            kernels = ""
            for row in range(-3, 4):
                for column in range(19):
                    if dice.chance(0.4):
                        kx = -160 + column * 21
                        kernels += f"M{kx} {row * 17 * (1 - max(0, column - 12) * 0.08):.0f}h3"
            sheet.line(kernels, tone, 15)
        leaf(sheet, -240, 30, 300, 110, 10, "#9DB05A", veins=5)
        leaf(sheet, -240, -20, 280, 100, -12, "#C6CE86", veins=5)


def draw_gourds(sheet: Sheet) -> None:
    """The fragrant green gourd of Ba Bể: long, bloomed, one cut open."""
    dice = sheet.dice
    count = dice.pick((2, 3))
    for index in range(count):
        y = 560 + index * (130 if count == 3 else 190)
        _gourd(sheet, 480 + dice.around(0, 50), y + 40, dice.between(330, 380), dice.around(-6, 8))
    x = dice.pick((770, 250))
    contact(sheet, x, 800, 110)
    sheet.oval(x, 810, 112, 112, sheet.ball("#5E8A4E"))
    sheet.oval(x, 810, 100, 100, "#E6F0CF")
    sheet.path(ring(x, 810, 62, 62, dice, wobble=0.1), "#F6F7E4")
    for index in range(9):
        angle = math.tau * index / 9
        sheet.oval(x + 44 * math.cos(angle), 810 + 44 * math.sin(angle), 13, 7, "#E3CF9C", 1, math.degrees(angle))
    if dice.chance(0.6):
        sprig(sheet, 120, 900, 260, -20, "#6E9A4A", leaves=5, plump=0.8)


def _gourd(sheet: Sheet, x: float, y: float, half: float, turn: float) -> None:
    dice = sheet.dice
    colour = dice.pick(("#5C8F54", "#6F9E5E", "#4C8257"))
    with sheet.at(x, y, 1, turn):
        sheet.shadow(20, 78, half * 1.05, 46)
        sheet.path(
            smooth([(-half, 0), (-half * 0.8, -74), (0, -88), (half * 0.8, -78), (half, 0), (half * 0.8, 76), (0, 84), (-half * 0.8, 74)]),
            sheet.fall(lit(colour, 0.36), shaded(colour, 0.3)),
        )
        sheet.path(smooth([(-half * 0.86, -20), (-half * 0.7, -60), (0, -72), (half * 0.7, -62), (half * 0.84, -24), (0, -38)]), lit(colour, 0.4), 0.55)
        specks = "".join(f"M{dice.around(0, half * 0.86):.0f} {dice.around(0, 60):.0f}h.1" for _ in range(40))
        sheet.line(specks, "#EAF2DA", 7, 0.6)
        sheet.line(f"M{-half} 0q-26 -6 -44 -30", "#8A7B45", 20)
