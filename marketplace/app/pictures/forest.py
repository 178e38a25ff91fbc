"""From the forest and its edge: bamboo shoots, mushrooms, greens, jelly leaves, starch."""

import math

from marketplace.app.pictures.arrange import One, in_basket, lay_out, mound, on_tray, small_things
from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.packs import PACK_COLOURS, Filler, pouch
from marketplace.app.pictures.palette import LEAF, RED, STRAW, lit, shaded
from marketplace.app.pictures.plants import fern, leaf, sprig
from marketplace.app.pictures.vessels import bowl, jar


def _shoot(sheet: Sheet, x: float, y: float, length: float, turn: float) -> None:
    """A dried, split bamboo shoot: a long ribbed tongue, fraying towards its tip."""
    dice = sheet.dice
    colour = dice.pick(("#D9A85A", "#C8924A", "#E3BC74", "#B98240"))
    wide = length * 0.17
    with sheet.at(x, y, 1, turn):
        body = smooth(
            [
                (0, -wide * 0.5),
                (length * 0.3, -wide * 0.62),
                (length * 0.7, -wide * 0.4),
                (length, -wide * 0.06),
                (length * 0.72, wide * 0.44),
                (length * 0.3, wide * 0.6),
                (0, wide * 0.5),
            ]
        )
        with sheet.at(8, 12):
            sheet.path(body, "#1B1330", 0.22)
        sheet.path(body, sheet.fall(lit(colour, 0.3), shaded(colour, 0.26)))
        ribs = "".join(
            f"M{length * 0.02:.0f} {wide * v:.0f}C{length * 0.4:.0f} {wide * v * 1.2:.0f} {length * 0.7:.0f} {wide * v * 0.8:.0f} {length * 0.96:.0f} {wide * v * 0.1:.0f}"
            for v in (-0.38, -0.2, 0, 0.2, 0.36)
        )
        sheet.line(ribs, shaded(colour, 0.26), 3.4, 0.6)
        knots = "".join(f"M{length * s:.0f} {-wide * 0.54:.0f}q{wide * 0.16:.0f} {wide * 0.54:.0f} 0 {wide * 1.08:.0f}" for s in (0.1, 0.22, 0.36, 0.52))
        sheet.line(knots, lit(colour, 0.45), 6, 0.8)


def draw_dried_shoots(sheet: Sheet) -> None:
    """Dried bamboo shoots: a tied sheaf, a tray of tongues, or a bag of them."""
    dice = sheet.dice
    way = dice.whole(0, 2)
    if way == 0:
        for index in range(11):
            _shoot(sheet, 512 + (index - 5) * 18, 870, dice.between(540, 640), -90 + (index - 5) * 5.4 + dice.around(0, 3))
        sheet.path(smooth([(400, 716), (512, 740), (624, 716), (632, 760), (512, 788), (392, 760)]), sheet.tube(dice.pick((RED, STRAW, "#6E8F4A"))))
    elif way == 1:
        tray(sheet, 512, 700, 470, 200)
        for index in range(17):
            _shoot(sheet, 190 + dice.between(0, 280), 530 + index * 18, dice.between(310, 400), dice.around(0, 26))
    else:
        pouch(sheet, 690, 800, 350, 570, dice.pick(PACK_COLOURS), _fill(("#D9A85A", "#C8924A", "#E3BC74"), 60, 14))
        for index in range(8):
            _shoot(sheet, 110 + index * 10, 650 + index * 28, dice.between(380, 450), dice.around(-4, 14))


def _fill(tones: tuple[str, ...], length: float, thick: float, curl: float = 0.2) -> Filler:
    def fill(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        small_things(sheet, x, y, width, height, tones, length=length, thick=thick, curl=curl)

    return fill


def draw_pickled_shoots(sheet: Sheet) -> None:
    """Bamboo shoots with chillies in jars."""
    dice = sheet.dice
    spots = dice.pick((((512, 850, 380, 560),), ((380, 830, 300, 470), (680, 860, 270, 390)), ((330, 800, 270, 430), (610, 850, 330, 500))))
    for x, y, wide, tall in spots:
        jar(sheet, x, y, wide, tall, "#E6D9A0", marked=False)
        _pickles(sheet, x, y, wide, tall)
    for index in range(dice.whole(2, 4)):
        _chilli(sheet, 200 + index * 44 + dice.around(0, 18), 880 + dice.around(0, 14), 120, dice.around(-10, 40))
    if dice.chance(0.5):
        _garlic(sheet, 850, 860)


def _pickles(sheet: Sheet, x: float, y: float, wide: float, tall: float) -> None:
    dice = sheet.dice
    for _ in range(26):
        px, py = x + dice.around(0, wide * 0.34), y - dice.between(0.07, 0.66) * tall
        tone = dice.pick(("#F2E8BE", "#E0CF8C", "#F7F0D2"))
        with sheet.at(px, py, 1, dice.between(-80, 80)):
            sheet.block(-wide * 0.12, -wide * 0.035, wide * 0.24, wide * 0.07, tone, 1, 6)
            sheet.line(f"M{-wide * 0.1} 0h{wide * 0.2}", shaded(tone, 0.2), 2.5, 0.7)
    for _ in range(8):
        _chilli(sheet, x + dice.around(0, wide * 0.3), y - dice.between(0.1, 0.62) * tall, wide * 0.24, dice.between(0, 180))
    sheet.line(f"M{x - wide * 0.4} {y - tall * 0.62}V{y - 50}", "#FFFFFF", wide * 0.05, 0.6)


def _chilli(sheet: Sheet, x: float, y: float, length: float, turn: float) -> None:
    colour = sheet.dice.pick(("#C5281F", "#D63B25", "#A81F22", "#4E8A3A"))
    with sheet.at(x, y, 1, turn):
        sheet.path(
            f"M0 {-length * 0.1}C{length * 0.4} {-length * 0.16} {length * 0.8} {-length * 0.1} {length} {length * 0.06}C{length * 0.7} {length * 0.1} {length * 0.3} {length * 0.12} 0 {length * 0.1}Z",
            sheet.fall(lit(colour, 0.3), shaded(colour, 0.2)),
        )
        sheet.line(f"M2 0q{-length * 0.12} {-length * 0.02} {-length * 0.2} {-length * 0.12}", "#5E7F3A", length * 0.06)


def _garlic(sheet: Sheet, x: float, y: float) -> None:
    sheet.shadow(x + 10, y + 30, 70, 24)
    sheet.path(
        smooth([(x, y - 84), (x + 16, y - 44), (x + 58, y - 8), (x + 40, y + 30), (x, y + 36), (x - 40, y + 30), (x - 58, y - 8), (x - 16, y - 44)]),
        sheet.ball("#EFE6DA", 0.25),
    )
    sheet.line(f"M{x} {y - 70}Q{x - 34} {y - 10} {x - 16} {y + 30}M{x} {y - 70}Q{x + 34} {y - 10} {x + 18} {y + 30}", "#B59AA6", 3, 0.7)


def wood_ear(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A dried wood ear: a crumpled dark ear, paler at its back."""
    dice = sheet.dice
    colour = dice.pick(("#4A3A3C", "#57433E", "#3C3136", "#66504A"))
    with sheet.at(x, y, 1, dice.between(0, 360)):
        sheet.path(ring(0, 0, r, r * 0.8, dice, count=8, wobble=0.17), sheet.ball(colour, 0.3))
        sheet.path(ring(r * 0.12, r * 0.06, r * 0.62, r * 0.46, dice, count=7, wobble=0.2), lit(colour, 0.3))
        sheet.path(ring(r * 0.16, r * 0.1, r * 0.42, r * 0.28, dice, count=7, wobble=0.2), shaded(colour, 0.3))
        sheet.line(f"M{-r * 0.8} {-r * 0.2}Q{-r * 0.2} {-r * 0.7} {r * 0.7} {-r * 0.36}", lit(colour, 0.5), r * 0.06, 0.7)


def shiitake(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A dried shiitake: a brown cap cracked to cream, or its gills and stem."""
    dice = sheet.dice
    colour = dice.pick(("#7A5236", "#8A6040", "#694530", "#96704C"))
    if dice.chance(0.22):
        sheet.oval(x, y, r, r * 0.84, sheet.ball(colour))
        sheet.oval(x, y, r * 0.86, r * 0.7, "#EAD9B4")
        sheet.line(
            "".join(
                f"M{x + r * 0.24 * math.cos(a):.0f} {y + r * 0.2 * math.sin(a):.0f}L{x + r * 0.8 * math.cos(a):.0f} {y + r * 0.65 * math.sin(a):.0f}"
                for a in (math.tau * i / 18 for i in range(18))
            ),
            "#B5945F",
            r * 0.035,
            0.8,
        )
        sheet.oval(x, y, r * 0.22, r * 0.19, sheet.ball("#D9BE8C"))
        return
    with sheet.at(x, y, 1, dice.around(0, 14)):
        sheet.path(f"M{-r * 0.2} {r * 0.3}L{-r * 0.14} {r * 0.86}H{r * 0.2}L{r * 0.22} {r * 0.3}Z", sheet.tube("#DCC398"))
        sheet.path(
            smooth([(-r, r * 0.3), (-r * 0.84, -r * 0.28), (0, -r * 0.76), (r * 0.84, -r * 0.28), (r, r * 0.3), (0, r * 0.46)]), sheet.ball(colour, 0.32)
        )
        cracks = "".join(
            f"M{r * cx:.0f} {r * cy:.0f}l{dice.around(0, r * 0.2):.0f} {dice.around(0, r * 0.1):.0f}l{dice.around(r * 0.1, r * 0.1):.0f} {r * 0.12:.0f}"
            for cx, cy in ((-0.5, -0.2), (-0.16, -0.46), (0.2, -0.44), (0, -0.1), (0.44, -0.14), (-0.3, 0.08), (0.26, 0.1))
        )
        sheet.line(cracks, "#E9D6AE", r * 0.075, 0.9)
        sheet.line(f"M{-r * 0.92} {r * 0.3}Q0 {r * 0.52} {r * 0.92} {r * 0.3}", "#D9BE8C", r * 0.07, 0.8)


def draw_wood_ears(sheet: Sheet) -> None:
    """Dried wood ears."""
    _dry_goods(sheet, wood_ear, 62, ("#4A3A3C", "#66504A", "#3C3136"))


def draw_shiitake(sheet: Sheet) -> None:
    """Dried shiitake."""
    _dry_goods(sheet, shiitake, 74, ("#7A5236", "#96704C", "#E0CBA0"))


def _dry_goods(sheet: Sheet, draw: One, radius: float, tones: tuple[str, ...]) -> None:
    dice = sheet.dice
    if dice.chance(0.4):
        pouch(sheet, 670, 800, 350, 560, dice.pick(PACK_COLOURS), _fill(tones, 30, 34))
        for x, y in ((300, 690), (210, 770), (390, 770), (300, 800), (170, 860), (330, 870), (460, 860)):
            sheet.shadow(x + 10, y + radius * 0.5, radius, radius * 0.4)
            draw(sheet, x, y, radius)
        return
    lay_out(sheet, draw, radius, (in_basket, on_tray))


def draw_wild_greens(sheet: Sheet) -> None:
    """Forest greens of the season, tied in bunches: bò khai tendrils or fern fronds."""
    dice = sheet.dice
    ferns = dice.chance(0.5)
    single = ((512, 870, 0),)
    spots = single if ferns else dice.pick((single, ((400, 850, -4), (690, 860, 9))))
    for x, y, turn in spots:
        for index in range(8):
            lean = -90 + (index - 3.5) * 10 + dice.around(0, 3) + turn
            long = dice.between(430, 560)
            tone = dice.pick(("#5E9A3F", "#7FB04E", "#4C8A44", "#94BE5C"))
            if ferns:
                fern(sheet, x + (index - 3.5) * 10, y, long, lean, tone)
            else:
                sprig(sheet, x + (index - 3.5) * 10, y, long, lean, tone, leaves=6, plump=0.62)
        sheet.path(
            smooth([(x - 74, y - 150), (x, y - 136), (x + 74, y - 150), (x + 78, y - 112), (x, y - 96), (x - 78, y - 112)]),
            sheet.tube(dice.pick((STRAW, "#B98A4E", RED))),
        )


def draw_starch(sheet: Sheet) -> None:
    """Kudzu or canna starch: white crystals in a bowl, lumps and a bag."""
    dice = sheet.dice
    white = ("#FAF8F2", "#E9E5DA", "#FFFFFF")
    if dice.chance(0.6):
        pouch(sheet, 680, 810, 340, 560, dice.pick(PACK_COLOURS), _fill(white, 26, 26))
        bowl(sheet, 320, 860, 420, dice.pick(("#31437E", "#2F6B4F", "#A8503A", "#5B7A94")), white[0])
    else:
        tray(sheet, 512, 780, 440, 180)
        mound(sheet, 512, 800, 560, 230, white, length=8, thick=14)
    for _ in range(9):
        x, y = dice.between(180, 560), dice.between(850, 905)
        size = dice.between(16, 34)
        sheet.shadow(x + 6, y + size * 0.7, size * 1.3, size * 0.5)
        sheet.path(
            poly([(x - size, y), (x - size * 0.3, y - size), (x + size * 0.7, y - size * 0.7), (x + size, y + size * 0.3), (x, y + size * 0.8)]), "#FFFFFF"
        )
        sheet.path(poly([(x + size * 0.7, y - size * 0.7), (x + size, y + size * 0.3), (x, y + size * 0.8), (x + size * 0.1, y - size * 0.1)]), "#D5D3D6")
    if dice.chance(0.5):
        leaf(sheet, 80, 900, 260, 130, -20, LEAF)


def draw_jelly_leaves(sheet: Sheet) -> None:
    """Black jelly: the dried herb and cubes of jelly in a bowl."""
    dice = sheet.dice
    tones = ("#4F4A36", "#6B6342", "#3A382C", "#7C7350")
    mound(sheet, 690, 830, 470, 290, tones, length=40, thick=8, curl=0.5)
    for turn in (-70, -110, -40, -140):
        sprig(sheet, 690, 720, 200, turn, "#5F5A3C", leaves=5, plump=0.4)
    bowl(sheet, 330, 870, 460, dice.pick(("#F2ECDD", "#8FB0BF", "#C9D6C2", "#E9C9A0")))
    for x, y, size in ((250, 680, 74), (370, 668, 70), (440, 690, 62), (190, 700, 60), (310, 640, 70)):
        sheet.path(poly([(x - size, y), (x, y - size * 0.45), (x + size, y), (x, y + size * 0.45)]), "#514A58")
        sheet.path(poly([(x - size, y), (x, y + size * 0.45), (x, y + size * 1.05), (x - size, y + size * 0.6)]), "#2E2935")
        sheet.path(poly([(x + size, y), (x, y + size * 0.45), (x, y + size * 1.05), (x + size, y + size * 0.6)]), "#1D1A24")
        sheet.line(f"M{x - size * 0.6} {y}L{x} {y - size * 0.28}", "#C9C4D6", 5, 0.7)
