"""What fills the larder: noodles, rice, roots, beans, maize, gourds."""

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
from marketplace.app.pictures.packs import PACK_COLOURS, Filler, carton, pouch, sack
from marketplace.app.pictures.palette import CREAM, INDIGO, RED, STRAW, TEA, lit, shaded
from marketplace.app.pictures.plants import leaf, sprig
from marketplace.app.pictures.vessels import bowl

NOODLE_TONES = (("#F3EEDF", "#DCD3BC", "#FFFFFF"), ("#E3C987", "#C9A65C", "#F7E8BE"), ("#D9D2C4", "#B9AE9B", "#F5F1E6"))


def skein(sheet: Sheet, x: float, y: float, width: float, tones: tuple[str, str, str], tie: str) -> None:
    """A bundle of glass noodles: long threads folded over, tied in the middle."""
    dice = sheet.dice
    half, tall = width / 2, width * 0.15
    sheet.shadow(x + 14, y + tall * 0.9, half * 1.06, tall * 0.6)
    body = smooth(
        [
            (-half, -tall * 0.4),
            (-half * 0.7, -tall * 1.0),
            (0, -tall * 0.66),
            (half * 0.7, -tall * 1.02),
            (half, -tall * 0.4),
            (half * 0.98, tall * 0.5),
            (half * 0.66, tall * 1.0),
            (0, tall * 0.74),
            (-half * 0.66, tall * 1.0),
            (-half * 0.98, tall * 0.5),
        ]
    )
    with sheet.at(x, y, 1, dice.around(0, 2)):
        sheet.path(body, sheet.fall(lit(tones[0], 0.2), shaded(tones[1], 0.26)))
        for tone, count, opacity in ((shaded(tones[1], 0.3), 14, 0.55), (tones[1], 12, 0.9), (tones[2], 17, 0.95)):
            threads = ""
            for _ in range(count):
                share = dice.between(-0.94, 0.9)
                bulge = tall * share
                left, right = -half * dice.between(0.93, 1.04), half * dice.between(0.93, 1.04)
                threads += f"M{left:.0f} {bulge * 0.6:.0f}C{-half * 0.7:.0f} {bulge * 1.15:.0f} {-half * 0.3:.0f} {bulge * 0.72:.0f} 0 {bulge * 0.68:.0f}S{half * 0.7:.0f} {bulge * 1.15:.0f} {right:.0f} {bulge * 0.6:.0f}"
            sheet.line(threads, tone, width * 0.0072, opacity)
        loops = "".join(
            f"M{s * half * 0.9:.0f} {-tall * v:.0f}q{s * half * 0.2:.0f} {tall * v:.0f} 0 {tall * 2 * v:.0f}" for s in (-1, 1) for v in (0.2, 0.36, 0.52, 0.66)
        )
        sheet.line(loops, tones[2], width * 0.0072)
        sheet.path(
            smooth(
                [
                    (-half * 0.085, -tall * 0.74),
                    (half * 0.085, -tall * 0.74),
                    (half * 0.1, 0),
                    (half * 0.085, tall * 0.8),
                    (-half * 0.085, tall * 0.8),
                    (-half * 0.1, 0),
                ]
            ),
            sheet.fall(lit(tie, 0.25), shaded(tie, 0.3)),
        )
        sheet.line(f"M{-half * 0.06} {-tall * 0.3}L{half * 0.06} {-tall * 0.36}M{-half * 0.06} {tall * 0.3}L{half * 0.06} {tall * 0.24}", lit(tie, 0.5), 3, 0.7)


def draw_glass_noodles(sheet: Sheet) -> None:
    """Glass noodles of canna: skeins stacked, or beside their bag."""
    dice = sheet.dice
    tones = dice.pick(NOODLE_TONES)
    tie = dice.pick((RED, STRAW, TEA, INDIGO, "#B98A4E"))
    way = dice.whole(0, 3)
    if way == 0:
        for x, y, wide in ((512, 560, 440), (400, 665, 460), (640, 672, 460), (512, 790, 560)):
            skein(sheet, x, y, wide, tones, tie)
    elif way == 1:
        pouch(sheet, 640, 810, 350, 560, dice.pick(PACK_COLOURS), _threads(tones))
        skein(sheet, 350, 740, 460, tones, tie)
        skein(sheet, 400, 840, 520, tones, tie)
    elif way == 2:
        tray(sheet, 512, 760, 450, 190)
        for x, y in ((400, 660), (620, 690), (400, 770), (610, 800)):
            skein(sheet, x, y, 400, tones, tie)
    else:
        for x, tone in ((330, tones), (520, dice.pick(NOODLE_TONES)), (710, tones)):
            _hank(sheet, x, tone)
        sheet.line("M110 196H914", "#7C5233", 24)
        sheet.line("M110 190H914", "#B98A4E", 9)


def _hank(sheet: Sheet, x: float, tones: tuple[str, str, str]) -> None:
    """Noodles hung over a pole to dry in the wind."""
    dice = sheet.dice
    body = f"M{x - 84} 190V{770 + dice.around(0, 30)}Q{x} {810} {x + 84} {770 + dice.around(0, 30)}V190Z"
    sheet.path(body, sheet.tube(tones[0], 0.24))
    for tone, count in ((shaded(tones[1], 0.25), 12), (tones[1], 14), (tones[2], 16)):
        threads = "".join(
            f"M{x + at:.0f} 192C{x + at * 1.1:.0f} 400 {x + at + dice.around(0, 12):.0f} 600 {x + at * 1.06:.0f} {dice.between(760, 830):.0f}"
            for at in (dice.around(0, 84) for _ in range(count))
        )
        sheet.line(threads, tone, 4)


def _threads(tones: tuple[str, str, str]) -> Filler:
    def fill(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        sheet.block(x - width / 2, y - height / 2, width, height, shaded(tones[1], 0.14))
        for tone in (shaded(tones[1], 0.3), tones[0], tones[2]):
            lines = "".join(
                f"M{x - width / 2 + width * sheet.dice.unit():.0f} {y - height / 2:.0f}q{sheet.dice.around(0, 14):.0f} {height / 2:.0f} {sheet.dice.around(0, 10):.0f} {height:.0f}"
                for _ in range(16)
            )
            sheet.line(lines, tone, 4)

    return fill


def draw_noodle_gift(sheet: Sheet) -> None:
    """Glass noodles in a present box."""
    dice = sheet.dice
    tones = dice.pick(NOODLE_TONES)
    colour = dice.pick((RED, INDIGO, TEA, CREAM, "#B5702F"))
    carton(sheet, 500, 800, 470, 520, colour, window=_threads(tones) if dice.chance(0.7) else None)
    if dice.chance(0.55):
        ribbon = dice.pick(("#E8C169", RED, CREAM))
        sheet.line("M236 430Q470 400 706 440", ribbon, 18)
        sheet.path("M470 418C400 330 330 380 462 424C540 330 620 370 470 418Z", ribbon)
        sheet.line("M466 424l-40 90M474 424l46 84", ribbon, 16)
    skein(sheet, 640 if dice.chance(0.5) else 380, 850, 400, tones, dice.pick((RED, STRAW)))


def draw_rice_noodles(sheet: Sheet) -> None:
    """Dried rice vermicelli: straight bundles in paper bands."""
    dice = sheet.dice
    tones = dice.pick((("#F7F1E0", "#E2D7BC", "#FFFFFF"), ("#E9D3B9", "#CDAE8C", "#FBEFDF")))
    band = dice.pick((RED, TEA, INDIGO, "#C98A3A"))
    for x, y in ((512, 590), (410, 690), (614, 700), (310, 800), (512, 810), (716, 800))[dice.pick((0, 1)) :]:
        _bundle(sheet, x, y, tones, band)


def _bundle(sheet: Sheet, x: float, y: float, tones: tuple[str, str, str], band: str) -> None:
    """A round bundle of straight noodles seen a little from the end."""
    dice = sheet.dice
    with sheet.at(x, y, 1, dice.around(-14, 4)):
        sheet.shadow(20, 60, 200, 40)
        sheet.path("M-190 -52H120V52H-190Q-226 0 -190 -52Z", sheet.fall(lit(tones[0], 0.2), shaded(tones[1], 0.3)))
        for tone in (tones[1], tones[2]):
            sheet.line("".join(f"M-200 {v:.0f}H122" for v in (dice.around(0, 48) for _ in range(9))), tone, 4)
        sheet.oval(122, 0, 22, 52, tones[1])
        sheet.line("".join(f"M{122 + dice.around(0, 13):.0f} {dice.around(0, 40):.0f}h.1" for _ in range(34)), tones[2], 8)
        sheet.path("M-70 -55H0Q14 0 0 55H-70Q-56 0 -70 -55Z", sheet.fall(lit(band, 0.24), shaded(band, 0.3)))
        sheet.path("M-42 -10l7 10l-7 10l-7 -10Z", "#FBF8F1")


def draw_flat_noodles(sheet: Sheet) -> None:
    """Dried phở: nests of flat ribbons."""
    dice = sheet.dice
    tones = ("#F5ECD8", "#DCCBA6", "#FFFDF4")

    def nest(sheet: Sheet, x: float, y: float, r: float) -> None:
        sheet.oval(x, y, r, r * 0.6, shaded(tones[1], 0.3))
        for tone, reach in ((shaded(tones[1], 0.12), 0.94), (tones[1], 0.8), (tones[0], 0.86), (tones[2], 0.6)):
            for _ in range(3):
                size = r * reach * dice.between(0.7, 1)
                with sheet.at(x + dice.around(0, r * 0.1), y + dice.around(-r * 0.06, r * 0.06), 1, dice.around(0, 24)):
                    sheet.line(f"M{-size} 0A{size} {size * 0.55} 0 1 1 {size * 0.7:.0f} {size * 0.36:.0f}", tone, r * 0.1)

    if dice.chance(0.45):
        pouch(sheet, 660, 800, 340, 540, dice.pick(PACK_COLOURS), _threads(tones))
        for x, y, r in ((330, 640, 118), (250, 760, 130), (470, 780, 130), (370, 850, 138)):
            contact(sheet, x, y - 40, r)
            nest(sheet, x, y, r)
        return
    lay_out(sheet, nest, 112, (on_tray, on_table))


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
            tray(sheet, 512, 770, 440, 180)
            bean_mound(sheet, 512, 810, 640, 220, colours, radius * 1.1)
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
