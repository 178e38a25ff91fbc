"""Fruits of the valleys, one by one; x, y is the middle and the radius half the width."""

import math

from marketplace.app.pictures.arrange import WAYS, contact, in_basket, in_bowl, in_crate, lay_out, on_table, on_tray
from marketplace.app.pictures.canvas import Sheet, ring, smooth
from marketplace.app.pictures.palette import LEAF, lit, mix, shaded
from marketplace.app.pictures.plants import leaf, sprig


def persimmon(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A seedless persimmon: squarish, golden orange, a four-lobed calyx on top."""
    dice = sheet.dice
    colour = dice.pick(("#E8892B", "#E27A25", "#EE9B34", "#DD6E22"))
    with sheet.at(x, y, 1, dice.around(0, 16)):
        body = smooth(
            [
                (-r * 0.98, -r * 0.12),
                (-r * 0.66, -r * 0.74),
                (0, -r * 0.82),
                (r * 0.66, -r * 0.74),
                (r * 0.98, -r * 0.12),
                (r * 0.78, r * 0.66),
                (0, r * 0.9),
                (-r * 0.78, r * 0.66),
            ]
        )
        sheet.path(body, sheet.ball(colour, 0.34))
        sheet.oval(-r * 0.42, -r * 0.3, r * 0.16, r * 0.09, "#FFF6DC", 0.75, -35)
        calyx = "#7C8B4A"
        for turn in (12, 100, 172, 268):
            with sheet.at(0, -r * 0.66, 1, 0, squash=0.55):
                leaf(sheet, 0, 0, r * 0.56, r * 0.42, turn, dice.pick((calyx, lit(calyx, 0.16), "#8E8048")), veins=0)
        sheet.line(f"M0 {-r * 0.68}l{r * 0.06} {-r * 0.2}", "#6B4A30", r * 0.11)


def mandarin(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A mandarin of Bạch Thông: flat, yellow-orange, thin skin with pores."""
    dice = sheet.dice
    colour = dice.pick(("#F0A02A", "#EB9322", "#E8842A", "#F2AE3C", "#D9A136"))
    sheet.oval(x, y, r, r * 0.86, sheet.ball(colour, 0.34))
    pores = "".join(f"M{x + dice.around(0, r * 0.6):.0f} {y + dice.around(0.1 * r, r * 0.5):.0f}h.1" for _ in range(9))
    sheet.line(pores, shaded(colour, 0.2), r * 0.05, 0.6)
    sheet.oval(x - r * 0.4, y - r * 0.34, r * 0.18, r * 0.1, "#FFF8E0", 0.72, -30)
    sx, sy = x + dice.around(0, r * 0.2), y - r * 0.58
    sheet.path(ring(sx, sy, r * 0.18, r * 0.08, dice, wobble=0.2), shaded(colour, 0.3))
    if dice.chance(0.42):
        for turn in dice.shuffled((-150, -30, -70))[: dice.whole(1, 2)]:
            leaf(sheet, sx, sy, r * 0.98, r * 0.42, turn + dice.around(0, 14), dice.pick((LEAF, "#3F7A45", "#6E9A4A")), veins=3)
    sheet.dot(sx, sy, r * 0.07, "#5C6B3A")


def orange(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A rough-skinned orange, green turning to orange; now and then a cut half."""
    dice = sheet.dice
    if dice.chance(0.16):
        orange_half(sheet, x, y, r)
        return
    colour = dice.pick(("#D9922E", "#B7A23C", "#E09A2C", "#93A046", "#E58A26"))
    sheet.dot(x, y, r, sheet.ball(colour, 0.32))
    sheet.oval(x + r * 0.3, y + r * 0.2, r * 0.5, r * 0.4, mix(colour, "#7F9A3E", 0.5), 0.28)
    pores = "".join(f"M{x + dice.around(0, r * 0.66):.0f} {y + dice.around(0, r * 0.66):.0f}h.1" for _ in range(16))
    sheet.line(pores, shaded(colour, 0.26), r * 0.05, 0.55)
    sheet.oval(x - r * 0.4, y - r * 0.42, r * 0.17, r * 0.1, "#FFF8E0", 0.7, -35)
    sheet.path(ring(x + r * 0.05, y - r * 0.72, r * 0.12, r * 0.06, dice), "#6E7A3C")


def orange_half(sheet: Sheet, x: float, y: float, r: float) -> None:
    """Half an orange, its segments showing."""
    sheet.dot(x, y, r, sheet.ball("#DF9A2E"))
    sheet.oval(x - r * 0.04, y - r * 0.03, r * 0.93, r * 0.9, "#FBEBC4")
    for index in range(10):
        angle = math.tau * index / 10
        with sheet.at(x - r * 0.04, y - r * 0.03, 1, math.degrees(angle)):
            tone = "#F0992B" if index % 2 else "#F4A93F"
            sheet.path(f"M{r * 0.08} 0L{r * 0.78} {-r * 0.22}Q{r * 0.9} 0 {r * 0.78} {r * 0.22}Z", tone)


def apricot(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A golden apricot with its blush and seam."""
    dice = sheet.dice
    colour = dice.pick(("#F2B83C", "#EFA93A", "#F4C552", "#D8BC4A"))
    with sheet.at(x, y, 1, dice.between(-50, 50)):
        sheet.oval(0, 0, r * 0.94, r, sheet.ball(colour, 0.34))
        sheet.oval(r * 0.3, r * 0.26, r * 0.5, r * 0.46, "#DE5F33", 0.22)
        sheet.line(f"M0 {-r * 0.94}Q{r * 0.36} 0 0 {r * 0.9}", shaded(colour, 0.26), r * 0.06, 0.6)
        sheet.oval(-r * 0.4, -r * 0.4, r * 0.17, r * 0.1, "#FFFBE6", 0.75, -35)
        sheet.oval(0, -r * 0.9, r * 0.13, r * 0.07, "#7A6636")


def plum(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A blood plum with its bloom; sometimes broken open."""
    dice = sheet.dice
    colour = dice.pick(("#8E1F38", "#A32A3A", "#74203F", "#B93A3C"))
    with sheet.at(x, y, 1, dice.between(-40, 40)):
        sheet.oval(0, 0, r * 0.96, r, sheet.ball(colour, 0.36))
        sheet.oval(-r * 0.2, -r * 0.24, r * 0.62, r * 0.58, "#D9C4DA", 0.2)
        sheet.line(f"M0 {-r * 0.9}Q{r * 0.34} 0 0 {r * 0.92}", shaded(colour, 0.4), r * 0.05, 0.6)
        sheet.oval(-r * 0.4, -r * 0.42, r * 0.16, r * 0.09, "#FFF2F2", 0.7, -35)
        sheet.line(f"M0 {-r * 0.9}l{r * 0.06} {-r * 0.26}", "#5C4630", r * 0.08)
        if dice.chance(0.2):
            leaf(sheet, 0, -r * 1.1, r * 0.9, r * 0.36, -28, LEAF, veins=0)


def pear(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A pear of Ngân Sơn: golden or russet, speckled."""
    dice = sheet.dice
    colour = dice.pick(("#D9B24A", "#C99A45", "#B98447", "#E0C15C"))
    with sheet.at(x, y, 1, dice.around(0, 22)):
        body = smooth(
            [
                (0, -r * 1.02),
                (r * 0.4, -r * 0.78),
                (r * 0.72, -r * 0.24),
                (r * 0.98, r * 0.36),
                (r * 0.66, r * 0.92),
                (0, r * 1.0),
                (-r * 0.66, r * 0.92),
                (-r * 0.98, r * 0.36),
                (-r * 0.72, -r * 0.24),
                (-r * 0.4, -r * 0.78),
            ]
        )
        sheet.path(body, sheet.ball(colour, 0.32))
        specks = "".join(f"M{dice.around(0, r * 0.66):.0f} {dice.around(r * 0.25, r * 0.6):.0f}h.1" for _ in range(18))
        sheet.line(specks, shaded(colour, 0.36), r * 0.055, 0.6)
        sheet.oval(-r * 0.36, -r * 0.06, r * 0.12, r * 0.24, "#FFF8DC", 0.55, 18)
        sheet.line(f"M0 {-r * 0.98}q{r * 0.03} {-r * 0.26} {r * 0.18} {-r * 0.4}", "#5F4329", r * 0.1)


def chestnut(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A chestnut, glossy, its pale seat below; now and then still in its burr."""
    dice = sheet.dice
    if dice.chance(0.1) and r > 44:
        _burr(sheet, x, y, r * 1.2)
        return
    colour = dice.pick(("#6E3A22", "#7E4526", "#5C2F20", "#8A5230"))
    with sheet.at(x, y, 1, dice.between(-50, 50)):
        sheet.path(
            smooth(
                [
                    (0, -r * 1.05),
                    (r * 0.5, -r * 0.66),
                    (r * 0.98, r * 0.1),
                    (r * 0.66, r * 0.74),
                    (0, r * 0.86),
                    (-r * 0.66, r * 0.74),
                    (-r * 0.98, r * 0.1),
                    (-r * 0.5, -r * 0.66),
                ]
            ),
            sheet.ball(colour, 0.34),
        )
        sheet.path(smooth([(-r * 0.72, r * 0.52), (0, r * 0.42), (r * 0.72, r * 0.52), (r * 0.5, r * 0.78), (0, r * 0.86), (-r * 0.5, r * 0.78)]), "#C9A270")
        sheet.line(f"M{-r * 0.3} {-r * 0.5}Q{-r * 0.56} {-r * 0.1} {-r * 0.54} {r * 0.24}", "#F2D3A8", r * 0.1, 0.6)
        sheet.line(f"M0 {-r}v{-r * 0.14}", "#D9B98A", r * 0.1)


def _burr(sheet: Sheet, x: float, y: float, r: float) -> None:
    dice = sheet.dice
    spines = ""
    for index in range(44):
        angle = math.tau * index / 44 + dice.around(0, 0.06)
        spines += f"M{x + r * 0.5 * math.cos(angle):.0f} {y + r * 0.5 * math.sin(angle):.0f}L{x + r * 1.16 * math.cos(angle):.0f} {y + r * 1.16 * math.sin(angle):.0f}"
    sheet.line(spines, "#8E8A42", r * 0.05)
    sheet.dot(x, y, r * 0.9, sheet.ball("#8F8F45", 0.3))
    sheet.line(
        "".join(f"M{x + dice.around(0, r * 0.6):.0f} {y + dice.around(0, r * 0.6):.0f}l{dice.around(0, r * 0.2):.0f} {-r * 0.2:.0f}" for _ in range(30)),
        "#C3BC6A",
        r * 0.045,
        0.8,
    )
    sheet.oval(x + r * 0.06, y + r * 0.06, r * 0.5, r * 0.4, "#4A3A22")
    sheet.oval(x + r * 0.04, y + r * 0.03, r * 0.4, r * 0.32, sheet.ball("#6E3A22"))


def canarium(sheet: Sheet, x: float, y: float, r: float) -> None:
    """A black canarium: a spindle, purple-black with a bluish bloom."""
    dice = sheet.dice
    colour = dice.pick(("#3A2B45", "#2F2740", "#46304A", "#39344F"))
    with sheet.at(x, y, 1, dice.between(-70, 70)):
        sheet.path(
            smooth(
                [
                    (-r * 1.1, 0),
                    (-r * 0.62, -r * 0.48),
                    (0, -r * 0.62),
                    (r * 0.62, -r * 0.48),
                    (r * 1.1, 0),
                    (r * 0.62, r * 0.48),
                    (0, r * 0.62),
                    (-r * 0.62, r * 0.48),
                ]
            ),
            sheet.ball(colour, 0.34),
        )
        sheet.oval(-r * 0.2, -r * 0.2, r * 0.6, r * 0.2, "#B9BBDA", 0.28)
        sheet.oval(-r * 1.02, 0, r * 0.09, r * 0.1, "#B99A5C")


def draw_persimmons(sheet: Sheet) -> None:
    """Fresh persimmons, leaves beside them."""
    lay_out(sheet, persimmon, 78)
    _leaves_beside(sheet, "#7C8A3E", 0.6)


def draw_dried_persimmons(sheet: Sheet) -> None:
    """Persimmons drying on strings, or soft ones on a plate."""
    dice = sheet.dice
    if dice.chance(0.55):
        sheet.line("M60 150Q512 120 964 150", "#8A6136", 26)
        sheet.line("M60 144Q512 114 964 144", "#C08E55", 9)
        for column, x in enumerate((170, 330, 512, 690, 850)):
            length = (3, 4, 3, 4, 3)[column] - 1
            sheet.line(f"M{x} 140V{250 + length * 128}", "#E9D6A8", 6)
            for row in range(length):
                _dried(sheet, x + dice.around(0, 9), 270 + row * 128, 66)
        for x in (330, 470, 610, 400, 540):
            contact(sheet, x, 850 - 80 * (x in {400, 540}), 66)
            _dried(sheet, x, 850 - 90 * (x in {400, 540}), 70)
        return
    lay_out(sheet, _dried, 72, (on_tray, in_bowl, on_table))


def _dried(sheet: Sheet, x: float, y: float, r: float) -> None:
    dice = sheet.dice
    colour = dice.pick(("#B4562A", "#A4481F", "#C2662E", "#8E3B22"))
    body = ring(x, y, r * 0.84, r * 0.92, dice, count=10, wobble=0.07)
    sheet.path(body, sheet.ball(colour, 0.34))
    wrinkles = "".join(
        f"M{x + s * r * 0.1:.0f} {y - r * 0.6:.0f}q{s * r * 0.4:.0f} {r * 0.5:.0f} {s * r * 0.16:.0f} {r * 1.1:.0f}" for s in (-1.8, -0.9, 0.2, 1.1, 2)
    )
    sheet.line(wrinkles, shaded(colour, 0.34), r * 0.05, 0.6)
    sheet.oval(x - r * 0.3, y - r * 0.2, r * 0.22, r * 0.34, "#FFE9D2", 0.26, 16)
    sheet.path(ring(x, y - r * 0.8, r * 0.34, r * 0.16, dice, count=8, wobble=0.3), "#6E5A36")


def draw_mandarins(sheet: Sheet) -> None:
    """Mandarins with their leaves."""
    lay_out(sheet, mandarin, 76)
    _leaves_beside(sheet, LEAF, 0.75)


def draw_oranges(sheet: Sheet) -> None:
    """Oranges, one of them cut."""
    lay_out(sheet, orange, 84)
    if sheet.dice.chance(0.7):
        x = sheet.dice.pick((200, 830))
        contact(sheet, x, 868, 80)
        orange_half(sheet, x, 862, 82)


def draw_apricots(sheet: Sheet) -> None:
    """Golden apricots with a twig."""
    lay_out(sheet, apricot, 60)
    _leaves_beside(sheet, "#86A24C", 0.8)


def draw_plums(sheet: Sheet) -> None:
    """Blood plums with a twig."""
    lay_out(sheet, plum, 66)
    _leaves_beside(sheet, LEAF, 0.7)


def draw_pears(sheet: Sheet) -> None:
    """Pears, stalks up."""
    lay_out(sheet, pear, 92, (in_basket, in_crate, on_table, in_bowl))


def draw_chestnuts(sheet: Sheet) -> None:
    """Chestnuts and a burr beside them."""
    lay_out(sheet, chestnut, 56, WAYS)
    x = sheet.dice.pick((170, 850))
    contact(sheet, x, 856, 88)
    _burr(sheet, x, 846, 92)


def draw_canarium(sheet: Sheet) -> None:
    """Black canarium fruits."""
    lay_out(sheet, canarium, 62, (in_basket, on_tray, in_bowl, in_crate))
    _leaves_beside(sheet, "#55803F", 0.6)


def _leaves_beside(sheet: Sheet, colour: str, share: float) -> None:
    dice = sheet.dice
    if dice.chance(share):
        left = dice.chance(0.5)
        sprig(sheet, 90 if left else 940, 930, 300, -14 if left else 194, colour, leaves=6, plump=0.46)
