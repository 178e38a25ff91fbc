"""Noodles: glass noodles of canna, rice vermicelli, phở."""

from marketplace.app.pictures.arrange import contact, in_basket, in_bowl, lay_out, on_tray
from marketplace.app.pictures.canvas import Sheet, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.packs import PACK_COLOURS, Filler, carton, pouch
from marketplace.app.pictures.palette import CREAM, INDIGO, RED, STRAW, TEA, lit, shaded

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
        _knot(sheet, half, tall, tie)


def _knot(sheet: Sheet, half: float, tall: float, tie: str) -> None:
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
        tray(sheet, 512, 700, 470, 200)
        for x, y in ((380, 600), (640, 620), (380, 710), (640, 740), (512, 520), (512, 660)):
            skein(sheet, x, y, 420, tones, tie)
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
    """Make what shows in a window: skeins lying on each other."""

    def fill(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        sheet.block(x - width / 2, y - height / 2, width, height, shaded(tones[1], 0.4))
        tie = sheet.dice.pick((RED, TEA, INDIGO, STRAW))
        for row in range(4):
            with sheet.at(x + sheet.dice.around(0, width * 0.1), y - height * 0.4 + row * height * 0.27, width * 1.5 / 440):
                skein(sheet, 0, 0, 440, tones, tie)

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
    lay_out(sheet, nest, 104, (on_tray, in_basket, in_bowl))
