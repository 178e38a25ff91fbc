"""Marks: the brocade band, the contour lines, the brand, the signs of shops, the shared card."""

import math

from marketplace.app.pictures.canvas import Sheet, poly, smooth
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.palette import INDIGO, INDIGO_MID, PAPER, PLUM, RED, TEA, TURMERIC, lit, mix
from marketplace.app.pictures.scenery import LIGHTS, karst_row, lake, mist_band, paint_sky
from marketplace.app.pictures.textiles import brocade, diamond, star

_LOGO_COLOURS = (
    (INDIGO, TURMERIC, RED, PAPER),
    (RED, PAPER, TURMERIC, INDIGO),
    (TEA, PAPER, TURMERIC, "#12372A"),
    ("#855A00", PAPER, "#F2C766", INDIGO),
    (PLUM, "#F2C766", PAPER, "#E7A0A8"),
    (INDIGO_MID, PAPER, "#E8C169", RED),
    (PAPER, INDIGO, RED, TURMERIC),
)


def draw_band(width_tiles: int = 1) -> str:
    """Draw the brocade band of the page: tiles of 48×12 which repeat without a seam."""
    tiles = max(1, width_tiles)
    sheet = Sheet(48 * tiles, 12, Dice(1, "band"))
    sheet.block(0, 0, 48 * tiles, 12, INDIGO)
    first, second, third = "", "", ""
    for index in range(tiles):
        x = 48 * index
        for step in range(12):
            at = x + 4 * step
            first += poly([(at, 0), (at + 2, 2), (at + 4, 0)]) + poly([(at, 12), (at + 2, 10), (at + 4, 12)])
        first += diamond(x + 12, 6, 7, 3.6)
        second += diamond(x + 12, 6, 3.2, 1.7) + diamond(x, 6, 2.2, 2) + diamond(x + 48, 6, 2.2, 2) + diamond(x + 24, 6, 2.2, 2)
        third += star(x + 36, 6, 3.7, 8, 0.45)
    sheet.path(first, RED)
    sheet.path(second, TURMERIC)
    sheet.path(third, PAPER)
    return sheet.finish()


def draw_contours() -> str:
    """Draw the contour lines of karst hills, faint, as the ground of the header."""
    dice = Dice(7, "contours")
    sheet = Sheet(1440, 240, dice)
    for x, y, size in ((150, 190, 150), (430, 60, 120), (700, 210, 170), (980, 80, 130), (1290, 180, 165), (560, 150, 60), (1130, 230, 70)):
        squeeze = dice.between(0.5, 0.72)
        bumps = [dice.around(1, 0.16) for _ in range(9)]
        lines = ""
        for level in range(1, 7):
            reach = size * level / 6
            points = [
                (
                    x + reach * (1 + (bump - 1) * level / 5) * math.cos(math.tau * i / 9) * 1.2,
                    y + reach * (1 + (bump - 1) * level / 5) * math.sin(math.tau * i / 9) * squeeze,
                )
                for i, bump in enumerate(bumps)
            ]
            lines += smooth(points)
        sheet.line(lines, INDIGO, 1.1, 0.09)
    return sheet.finish()


def draw_brand() -> str:
    """Draw the sign of the marketplace: a lake between two karst peaks in a brocade diamond."""
    sheet = Sheet(512, 512, Dice(1, "brand"))
    sheet.path(diamond(256, 256, 252, 252), INDIGO)
    sheet.path(diamond(256, 256, 226, 226), TURMERIC)
    sheet.path(diamond(256, 256, 212, 212), PAPER)
    with sheet.within(diamond(256, 256, 198, 198)):
        sheet.block(40, 40, 432, 440, "#F9E3B4")
        sheet.dot(256, 190, 46, RED)
        sheet.path("M40 330L96 250C112 226 124 150 152 138C184 128 190 196 214 232C232 262 250 300 262 330Z", INDIGO)
        sheet.path("M152 138C184 128 190 196 214 232C232 262 250 300 262 330H170C182 300 160 250 168 220C174 190 160 160 152 138Z", INDIGO_MID)
        sheet.path("M230 330C256 290 268 262 286 240C306 212 316 168 344 166C372 166 376 216 398 250C420 282 450 310 470 330Z", TEA)
        sheet.path("M344 166C372 166 376 216 398 250C420 282 450 310 470 330H360C372 300 346 268 352 240C358 212 342 190 344 166Z", lit(TEA, 0.2))
        sheet.block(40, 328, 432, 160, "#6FA3AE")
        sheet.path("M40 328H472V346C380 338 300 352 200 342C140 336 90 346 40 340Z", "#DDEBE3", 0.8)
        sheet.line("M150 376H250M286 376H372M196 404H316M232 432H282", PAPER, 9, 0.9)
    for x, y in ((256, 22), (256, 490), (22, 256), (490, 256)):
        sheet.path(diamond(x, y, 13, 13), RED)
    return sheet.finish()


def draw_favicon() -> str:
    """Draw the brand so plainly that it reads at sixteen pixels."""
    sheet = Sheet(64, 64, Dice(1, "favicon"))
    sheet.block(0, 0, 64, 64, INDIGO, 1, 14)
    sheet.path(diamond(32, 32, 28, 28), TURMERIC)
    with sheet.within(diamond(32, 32, 23, 23)):
        sheet.block(0, 0, 64, 64, PAPER)
        sheet.dot(32, 24, 6, RED)
        sheet.path("M6 42L16 28Q20 18 24 20Q28 24 34 42Z", INDIGO)
        sheet.path("M28 42Q36 24 41 24Q46 26 58 42Z", TEA)
        sheet.block(0, 41, 64, 24, "#6FA3AE")
        sheet.line("M22 46H42", PAPER, 2.4)
    return sheet.finish()


def draw_logo(seed: int, initials: str = "") -> str:
    """Draw the mark of a shop from brocade geometry; another seed or name, another mark.

    Args:
        seed: The seed of the shop.
        initials: Salt only; a mark holds no letters.
    """
    dice = Dice(seed, f"logo:{initials}")
    sheet = Sheet(512, 512, dice)
    base, first, second, third = dice.pick(_LOGO_COLOURS)
    sheet.block(0, 0, 512, 512, base, 1, dice.pick((0, 0, 96)))
    frame = dice.whole(0, 2)
    if frame == 0:
        sheet.path(diamond(256, 256, 236, 236), first)
        sheet.path(diamond(256, 256, 212, 212), base)
    elif frame == 1:
        sheet.dot(256, 256, 226, first)
        sheet.dot(256, 256, 206, base)
    else:
        sheet.path(star(256, 256, 244, 8, 0.8), first)
        sheet.path(star(256, 256, 216, 8, 0.8), base)
    _heart(sheet, dice, (first, second, third))
    return sheet.finish()


def _heart(sheet: Sheet, dice: Dice, colours: tuple[str, str, str]) -> None:
    """Fill the frame with a centre, eight companions and a border of small diamonds."""
    first, second, third = colours
    arms = dice.pick((4, 6, 8))
    turn = dice.pick((0.0, math.pi / arms))
    reach = dice.between(112, 128)
    arm = dice.whole(0, 3)
    for index in range(arms):
        angle = turn + math.tau * index / arms
        with sheet.at(256 + reach * math.cos(angle), 256 + reach * math.sin(angle), 1, math.degrees(angle) + 90):
            _arm(sheet, arm, first, second, 300 / arms)
    outer = "".join(
        diamond(256 + 172 * math.cos(turn + math.tau * (i + 0.5) / arms), 256 + 172 * math.sin(turn + math.tau * (i + 0.5) / arms), 10, 14) for i in range(arms)
    )
    sheet.path(outer, second)
    core = dice.whole(0, 2)
    if core == 0:
        sheet.path(star(256, 256, 70, 8, 0.44), second)
        sheet.dot(256, 256, 18, third)
    elif core == 1:
        for size, tone in ((66, second), (44, third), (22, first)):
            sheet.path(diamond(256, 256, size, size), tone)
    else:
        sheet.path(star(256, 256, 68, 12, 0.7), second)
        sheet.path(diamond(256, 256, 30, 30), third)


def _arm(sheet: Sheet, kind: int, first: str, second: str, size: float) -> None:
    size = min(size, 56)
    if kind == 0:
        sheet.path(diamond(0, 0, size * 0.7, size), first)
        sheet.path(diamond(0, 0, size * 0.32, size * 0.5), second)
    elif kind == 1:
        sheet.path("".join(poly([(0, -size + 22 * i), (size * 0.7, -size * 0.3 + 22 * i), (-size * 0.7, -size * 0.3 + 22 * i)]) for i in range(3)), first)
    elif kind == 2:
        sheet.path(
            "".join(
                poly([(-size + i * size * 0.5, -size * 0.5), (-size + (i + 0.5) * size * 0.5, size * 0.6), (-size + (i + 1) * size * 0.5, -size * 0.5)])
                for i in range(4)
            ),
            first,
        )
        sheet.block(-size, -size * 0.86, size * 2, size * 0.24, second)
    else:
        sheet.path(star(0, 0, size * 0.86, 8, 0.42), first)


def draw_share_card(seed: int = 1) -> str:
    """Draw the ground of a card shared in chats, 1200×630, quiet on the left for a title."""
    sheet = Sheet(1200, 630, Dice(seed, "share"))
    light = LIGHTS["dawn"]
    paint_sky(sheet, light, 400)
    karst_row(sheet, 420, 230, mix(light.far, light.horizon, 0.5))
    karst_row(sheet, 426, 160, mix(light.far, light.near, 0.3), detail=True, gap=1.4)
    lake(sheet, 420, light, 580)
    mist_band(sheet, 424, 70, 0.4, light.horizon)
    brocade(sheet, 0, 566, 1200, 64, (INDIGO, RED, TURMERIC, PAPER), 0)
    return sheet.finish()
