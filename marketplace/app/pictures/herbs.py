"""Herbs and what is made of them: turmeric starch, capsules, roots, oils, bath leaves."""

import math

from marketplace.app.pictures.arrange import mound, small_things
from marketplace.app.pictures.canvas import Sheet, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.packs import PACK_COLOURS, Filler, carton, pouch
from marketplace.app.pictures.palette import CREAM, INDIGO, RED, TEA, TURMERIC, lit, shaded
from marketplace.app.pictures.plants import leaf, sprig
from marketplace.app.pictures.staples import ginger
from marketplace.app.pictures.textiles import brocade, star, weave_for
from marketplace.app.pictures.vessels import bottle, bowl, jar


def draw_turmeric(sheet: Sheet) -> None:
    """Starch of red turmeric: jar, powder, roots and slices."""
    _starch(sheet, ("#E09A1E", "#C97A14", "#F0B53C"), "#C77A2C", "#E88A1C")


def draw_black_turmeric(sheet: Sheet) -> None:
    """Starch of black turmeric: greyish-violet powder, roots blue inside."""
    _starch(sheet, ("#A79AAE", "#85768F", "#C4BACB"), "#8A7560", "#5D6C9E")


def _starch(sheet: Sheet, powder: tuple[str, str, str], root: str, flesh: str) -> None:
    dice = sheet.dice
    way = dice.whole(0, 2)
    if way == 0:
        jar(sheet, 360, 830, 330, 480, powder[0])
        mound(sheet, 710, 830, 360, 160, powder, length=5, thick=9)
    elif way == 1:
        jar(sheet, 620, 810, 300, 430, powder[0])
        bowl(sheet, 310, 850, 380, dice.pick(("#F2ECDD", "#31437E", "#2F6B4F", "#7A4A38")), powder[0])
    else:
        jar(sheet, 330, 800, 260, 380, powder[0])
        jar(sheet, 610, 820, 320, 470, lit(powder[0], 0.1))
    for x, y, r in ((760, 890, 84), (240, 900, 76)):
        sheet.shadow(x + 12, y + 40, r * 1.4, 24)
        ginger(sheet, x, y, r, root)
    for x in (470, 540, 600):
        sheet.oval(x, 906, 36, 21, root)
        sheet.oval(x - 2, 902, 32, 18, flesh)
        sheet.oval(x - 2, 902, 20, 10, lit(flesh, 0.3))
    if dice.chance(0.5):
        leaf(sheet, dice.pick((60, 700)), 780, 300, 110, -60, "#5E9A4A")


def draw_capsules(sheet: Sheet) -> None:
    """Curcumin in capsules: box, bottle, blister, a few loose ones."""
    dice = sheet.dice
    carton(sheet, 360, 800, 330, 430, dice.pick((TURMERIC, CREAM, TEA, "#E07A3A")))
    x, glass = 690, "#9A5A24"
    jar(sheet, x, 840, 260, 380, "#7A3F1A" if dice.chance(0.5) else glass, lid="#F6F1E4")
    for index in range(7):
        cx, cy = 300 + index * 74, 880 + (index % 3) * 18
        with sheet.at(cx, cy, 1, dice.between(-60, 60)):
            sheet.shadow(6, 16, 44, 14)
            sheet.block(-38, -17, 76, 34, sheet.fall("#F7D27A", "#C9861E"), 1, 17)
            sheet.path("M0 -17H21A17 17 0 0 1 21 17H0Z", sheet.fall("#E8743A", "#A8401E"))
            sheet.line("M-24 -8H24", "#FFFFFF", 5, 0.7)


def draw_climbing_nightshade(sheet: Sheet) -> None:
    """Cà gai leo: chopped dry stems, leaves, and a jar of its extract."""
    dice = sheet.dice
    tones = ("#8E8A4F", "#A89A5E", "#6E7440", "#C0AE78")
    if dice.chance(0.55):
        pouch(sheet, 330, 810, 340, 540, dice.pick(PACK_COLOURS), _filler(tones))
        mound(sheet, 690, 840, 430, 190, tones, length=44, thick=13)
    else:
        jar(sheet, 330, 830, 280, 380, "#3A2418")
        tray(sheet, 650, 800, 330, 130)
        mound(sheet, 650, 820, 460, 200, tones, length=44, thick=13)
    sprig(sheet, 120, 930, 300, -18, "#6E9A4A", leaves=6, plump=0.5)
    for index in range(6):
        sheet.dot(220 + index * 24, 900 - (index % 2) * 16, 12, sheet.ball("#C5342B"))


def _filler(tones: tuple[str, ...], length: float = 40, thick: float = 12) -> Filler:
    def fill(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
        small_things(sheet, x, y, width, height, tones, length=length, thick=thick)

    return fill


def _root(sheet: Sheet, x: float, y: float, length: float, turn: float) -> None:
    dice = sheet.dice
    colour = dice.pick(("#B58A5A", "#A3784C", "#C49C6E"))
    with sheet.at(x, y, 1, turn):
        points = [(length * index / 7, dice.around(0, 12)) for index in range(8)]
        path = smooth(points, closed=False)
        with sheet.at(6, 12):
            sheet.line(path, "#1B1330", 40, 0.2)
        sheet.line(path, shaded(colour, 0.24), 42)
        with sheet.at(0, -5):
            sheet.line(path, colour, 30)
            sheet.line(path, lit(colour, 0.3), 10)
        for px, py in points[1:-1]:
            sheet.line(f"M{px - 3} {py - 20}q8 20 0 40", shaded(colour, 0.45), 6, 0.8)
        sheet.oval(length, points[-1][1], 12, 19, "#8E5A86")
        sheet.oval(length, points[-1][1], 5, 9, "#D9C29C")


def draw_morinda(sheet: Sheet) -> None:
    """Ba kích: beaded roots, violet inside, dried."""
    dice = sheet.dice
    if dice.chance(0.5):
        pouch(sheet, 690, 800, 340, 560, dice.pick(PACK_COLOURS), _filler(("#8E5A86", "#B58A5A", "#6E4468"), 34, 24))
        for index in range(7):
            _root(sheet, 100 + (index % 3) * 24, 640 + index * 42, 380, dice.around(0, 9))
        return
    tray(sheet, 512, 700, 470, 200)
    for index in range(11):
        _root(sheet, 190 + dice.between(0, 200), 540 + index * 29, 440, dice.around(0, 16))


def draw_oils(sheet: Sheet) -> None:
    """Oils of star anise, lemongrass and cinnamon in small dark bottles."""
    dice = sheet.dice
    for x, y, wide, tall in dice.pick((((300, 810, 180, 430), (512, 840, 200, 480), (730, 815, 180, 410)), ((400, 840, 230, 560), (680, 840, 200, 440)))):
        bottle(sheet, x, y, wide, tall, dice.pick(("#7A4A1E", "#8E5A24", "#5B3A1C")), glass=dice.pick(("#8A5A2C", "#6E4A2A", "#4F6B4A")), cork="#2F2B2B")
    for _ in range(4):
        ax, ay = dice.between(120, 900), dice.between(870, 925)
        sheet.shadow(ax + 6, ay + 22, 60, 18)
        for tone, size in (("#6E3F22", 56), ("#9A5F34", 46)):
            sheet.path(star(ax, ay, size, 8, 0.36), tone)
        for index in range(8):
            angle = math.pi * index / 4 - math.pi / 2
            sheet.oval(ax + 25 * math.cos(angle), ay + 25 * math.sin(angle), 7, 5, "#E0B070")
    for index in range(3):
        with sheet.at(150 + index * 34, 800 + index * 30, 1, -30):
            sheet.block(-20, -16, 260, 32, sheet.fall("#B5703A", "#6E3A1E"), 1, 15)
            sheet.line("M-6 0H226", "#4A2614", 5, 0.8)
    for turn in (-78, -70, -62):
        with sheet.at(890, 880, 1, turn):
            sheet.line("M0 0Q160 -10 420 10", "#8FB04A", 15)
            sheet.line("M0 0Q60 -4 150 0", "#EADFC2", 22)


def draw_bath_herbs(sheet: Sheet) -> None:
    """Herbs of the Dao for the bath: sachets, chopped wood, a steaming tub."""
    dice = sheet.dice
    tones = ("#7A6A42", "#5E6B3C", "#9A7F54", "#6E4A34", "#8E9A5A")
    if dice.chance(0.5):
        _tub(sheet)
    else:
        mound(sheet, 330, 820, 470, 230, tones, length=44, thick=11)
    for x, y, colour in ((640, 830, INDIGO), (820, 850, RED)):
        _sachet(sheet, x, y, colour)
    mound(sheet, 470, 900, 300, 80, tones, length=36, thick=10)
    sprig(sheet, 80, 930, 270, -20, "#6E9A4A", leaves=6, plump=0.5)


def _sachet(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.shadow(x + 20, y, 130, 30)
    body = smooth([(x - 110, y - 20), (x - 118, y - 130), (x - 50, y - 230), (x + 50, y - 230), (x + 118, y - 130), (x + 110, y - 20), (x, y)])
    sheet.path(body, sheet.tube(colour, 0.24))
    with sheet.within(body):
        brocade(sheet, x - 130, y - 110, 260, 76, weave_for(sheet.dice), sheet.dice.whole(0, 3))
    sheet.path(smooth([(x - 50, y - 226), (x - 84, y - 300), (x, y - 284), (x + 80, y - 306), (x + 50, y - 226)]), sheet.tube(lit(colour, 0.12), 0.24))
    sheet.line(f"M{x - 52} {y - 228}Q{x} {y - 210} {x + 52} {y - 228}", TURMERIC, 15)


def _tub(sheet: Sheet) -> None:
    x, y, wide = 330, 840, 470
    sheet.shadow(x + 20, y, 270, 46)
    body = f"M{x - wide / 2} 610L{x - wide * 0.43} {y - 10}Q{x} {y + 34} {x + wide * 0.43} {y - 10}L{x + wide / 2} 610Z"
    sheet.path(body, sheet.tube("#A8744A", 0.3))
    sheet.line("".join(f"M{x + s * wide * 0.5:.0f} 616L{x + s * wide * 0.43:.0f} {y}" for s in (-0.7, -0.4, -0.1, 0.2, 0.5, 0.78)), "#6E4428", 4, 0.6)
    sheet.line(f"M{x - wide * 0.47} 700Q{x} 760 {x + wide * 0.47} 700", "#D9B36A", 20)
    sheet.oval(x, 610, wide / 2, 62, "#7C5233")
    sheet.oval(x, 614, wide * 0.46, 52, sheet.linear([(0, "#5E4A2A", 1), (1, "#A8843F", 1)], (1, 0)))
    for lx, ly, turn in ((250, 606, 20), (360, 624, 200), (420, 598, 160), (300, 630, -20)):
        leaf(sheet, lx, ly, 90, 36, turn, "#6E9A4A", veins=0)
    for shift in (-90, 0, 90):
        sheet.line(f"M{x + shift} 570c-50 -70 50 -130 0 -220s40 -90 0 -160", "#FFFFFF", 22, 0.26)
