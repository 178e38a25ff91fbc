"""The stage on which goods stand: wall, light, table, and what lies under the goods."""

from marketplace.app.pictures.canvas import Sheet, poly, ring, smooth
from marketplace.app.pictures.palette import (
    BAMBOO,
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    WOOD,
    Ground,
    lit,
    mix,
    shaded,
)
from marketplace.app.pictures.plants import banana_leaf, leaf
from marketplace.app.pictures.textiles import brocade, cloth, weave_for


def choose_ground(sheet: Sheet, mood: str) -> Ground:
    """Choose colours which set the goods off: pale goods before dark walls and the reverse."""
    if mood == "dark":
        return sheet.dice.pick(DARK_GROUNDS)
    if mood == "light":
        return sheet.dice.pick(LIGHT_GROUNDS)
    if mood == "deep":  # pale goods: dark walls and the stronger of the light ones
        return sheet.dice.pick(DARK_GROUNDS + LIGHT_GROUNDS[2:7])
    return sheet.dice.pick(LIGHT_GROUNDS + DARK_GROUNDS[:5])


def _grain(sheet: Sheet, ground: Ground) -> None:
    """Large translucent shapes which give the flat wall the life of laid paper."""
    dice = sheet.dice
    for _ in range(2):
        outline = ring(
            dice.between(0, 1024),
            dice.between(0, 620),
            dice.between(160, 380),
            dice.between(90, 240),
            dice,
            wobble=0.16,
        )
        sheet.path(outline, dice.pick((ground.glow, "#FFFFFF", shaded(ground.wall, 0.5))), 0.035)


def karst(sheet: Sheet, horizon: float, colour: str, opacity: float, height: float) -> None:
    """Draw a row of limestone towers."""
    dice = sheet.dice
    points = [(-60.0, horizon + 40)]
    at = -40.0
    while at < sheet.width + 60:
        wide = dice.between(120, 260)
        tall = height * dice.between(0.45, 1)
        points += [
            (at + wide * 0.12, horizon - tall * 0.55),
            (at + wide * 0.42, horizon - tall),
            (at + wide * 0.66, horizon - tall * 0.9),
            (at + wide * 0.92, horizon - tall * 0.4),
        ]
        at += wide * dice.between(0.8, 1.15)
    points.append((sheet.width + 80.0, horizon + 40))
    sheet.path(smooth(points), colour, opacity)


def _window(sheet: Sheet, ground: Ground) -> None:
    """Slanted morning light falling through a lattice."""
    dice = sheet.dice
    left = dice.between(80, 420)
    for index in range(3):
        x = left + index * 150
        bar = [(x, 0), (x + 118, 0), (x - 90, 660), (x - 208, 660)]
        sheet.path(poly(bar), ground.glow, 0.3 if ground.is_dark else 0.5)
    sheet.path(poly([(0, 250), (1024, 180), (1024, 214), (0, 286)]), ground.wall, 0.9)


def _arch(sheet: Sheet, ground: Ground) -> None:
    x = sheet.dice.between(300, 720)
    wide = sheet.dice.between(270, 350)
    sheet.path(f"M{x - wide} 700V{260 + wide * 0.4}a{wide} {wide} 0 0 1 {2 * wide} 0V700Z", ground.glow, 0.55)


def _disc(sheet: Sheet, ground: Ground) -> None:
    dice = sheet.dice
    x, y, radius = dice.between(330, 700), dice.between(330, 430), dice.between(290, 360)
    sheet.dot(x, y, radius, ground.glow, 0.62)
    if dice.chance(0.5):
        sheet.dot(x, y, radius * 0.78, lit(ground.glow, 0.4), 0.45)


def _mountains(sheet: Sheet, ground: Ground) -> None:
    sheet.dot(sheet.dice.between(220, 800), 250, 110, lit(ground.glow, 0.5), 0.8)
    karst(sheet, 620, mix(ground.wall, ground.accent, 0.16), 0.8, 330)
    karst(sheet, 640, mix(ground.wall, ground.accent, 0.3), 0.85, 200)


def _hanging(sheet: Sheet, ground: Ground) -> None:
    """A long brocade cloth hung on the wall behind the goods."""
    dice = sheet.dice
    x, wide = dice.pick((90, 690, 610, 160)), dice.between(190, 250)
    weave = weave_for(dice)
    sheet.block(x + 20, 0, wide, 640, "#1B1330", 0.16)
    sheet.block(x, 0, wide, 640, weave[0])
    for row in range(4):
        brocade(sheet, x, 60 + row * 150, wide, 78, weave, (row + dice.whole(0, 3)) % 4)
    soft = sheet.linear(
        [(0, "#000000", 0.2), (0.2, "#FFFFFF", 0.12), (0.5, "#000000", 0.1), (0.75, "#FFFFFF", 0.1), (1, "#000000", 0.2)],
        (1, 0),
    )
    sheet.block(x, 0, wide, 640, soft)
    sheet.block(x, 0, wide, 640, ground.wall, 0.3)


def _foliage(sheet: Sheet, ground: Ground) -> None:
    """Shadows of leaves on the wall, as from a tree before the house."""
    dice = sheet.dice
    x, y = dice.pick(((1040, 40), (-20, 60))), dice.between(20, 120)
    tone = mix(ground.wall, ground.accent, 0.26)
    for _ in range(9):
        turn = dice.between(100, 200) if x[0] > 500 else dice.between(-20, 80)
        leaf(sheet, x[0], y, dice.between(220, 430), dice.between(60, 110), turn, tone, veins=0)


_BACKDROPS = (_window, _arch, _disc, _mountains, _hanging, _foliage)


def _table(sheet: Sheet, ground: Ground, horizon: float) -> None:
    dice = sheet.dice
    style = dice.whole(0, 3)
    tilt = dice.around(0, 14)
    top = ground.table
    edge = poly([(0, horizon + tilt), (1024, horizon - tilt), (1024, 1024), (0, 1024)])
    if style == 1:
        edge = f"M0 {horizon + 90}Q512 {horizon - 70} 1024 {horizon + 90}V1024H0Z"
    across = [(0, lit(top, 0.34), 1.0), (0.35, lit(top, 0.08), 1.0), (0.7, top, 1.0), (1, shaded(top, 0.3), 1.0)]
    sheet.path(edge, sheet.linear(across, (1, 1)))
    if style == 0:
        planks = "".join(f"M0 {horizon + gap + tilt}L1024 {horizon + gap - tilt}" for gap in (64, 156, 284, 448))
        sheet.line(planks, shaded(top, 0.4), 4, 0.45)
        grain = "".join(f"M{dice.between(0, 820):.0f} {horizon + dice.between(30, 420):.0f}h{dice.between(60, 220):.0f}" for _ in range(16))
        sheet.line(grain, shaded(top, 0.35), 3, 0.22)
    elif style == 2:
        reed = "".join(f"M0 {horizon + 24 + 20 * i + i * i * 0.9:.0f}H1024" for i in range(16))
        sheet.line(reed, lit(top, 0.35), 6, 0.35)


def set_stage(sheet: Sheet, mood: str = "any") -> Ground:
    """Paint wall, light and table; return the colours for those who stand on it."""
    ground = choose_ground(sheet, mood)
    light = [(0, lit(ground.wall, 0.42), 1.0), (0.4, lit(ground.wall, 0.06), 1.0), (1, shaded(ground.wall, 0.2), 1.0)]
    sheet.block(0, 0, 1024, 780, sheet.linear(light, (1, 1)))
    sheet.dice.pick(_BACKDROPS)(sheet, ground)
    _grain(sheet, ground)
    _table(sheet, ground, sheet.dice.between(560, 640))
    return ground


def tray(sheet: Sheet, x: float, y: float, rx: float, ry: float, colour: str = BAMBOO) -> None:
    """Draw the flat winnowing tray called mẹt."""
    sheet.shadow(x + 18, y + ry * 0.34, rx * 1.08, ry * 1.0)
    sheet.oval(x, y + ry * 0.16, rx, ry, shaded(colour, 0.42))
    sheet.oval(x, y, rx, ry, lit(colour, 0.12))
    sheet.oval(x, y + ry * 0.03, rx * 0.92, ry * 0.88, shaded(colour, 0.4))
    sheet.oval(x, y + ry * 0.07, rx * 0.91, ry * 0.85, sheet.weave(colour, 34, 45))
    sheet.oval(
        x,
        y + ry * 0.07,
        rx * 0.91,
        ry * 0.85,
        sheet.linear([(0, "#1B1330", 0.24), (0.45, "#1B1330", 0), (1, "#FFF4D8", 0.2)], (0.6, 1)),
    )


def board(sheet: Sheet, x: float, y: float, width: float, colour: str = WOOD) -> None:
    """Draw a chopping board seen from the front and a little above."""
    half, deep = width / 2, width * 0.26
    sheet.shadow(x + 16, y + deep * 0.62, half * 1.1, deep * 0.5)
    top = [(x - half * 0.9, y - deep / 2), (x + half * 0.9, y - deep / 2), (x + half, y + deep / 2), (x - half, y + deep / 2)]
    sheet.path(poly(top), sheet.linear([(0, lit(colour, 0.3), 1), (1, colour, 1)], (1, 1)))
    rings = "".join(f"M{x - half * 0.86:.0f} {y - deep * s:.0f}q{half * 0.8:.0f} {deep * 0.12:.0f} {half * 1.74:.0f} 0" for s in (0.3, 0.08, -0.16, -0.36))
    sheet.line(rings, shaded(colour, 0.3), 3, 0.35)
    sheet.block(x - half, y + deep / 2, width, width * 0.05, shaded(colour, 0.36), 1, 5)


def lay_base(sheet: Sheet, choices: tuple[str, ...], y: float = 830) -> str:
    """Lay something under the goods and say what it is."""
    dice = sheet.dice
    base = dice.pick(choices)
    if base == "leaf":
        banana_leaf(sheet, 512, y - 20, dice.between(880, 1000), dice.around(0, 10), flat=0.62)
        if dice.chance(0.5):
            banana_leaf(sheet, 560, y - 10, 760, dice.pick((-24, 22)), flat=0.6)
    elif base == "cloth":
        cloth(sheet, 512 + dice.around(0, 40), y - 150, dice.between(680, 860), 250, weave_for(dice))
    elif base == "tray":
        tray(sheet, 512, y - 30, 420, 150)
    elif base == "board":
        board(sheet, 512, y - 20, 800)
    return base


def finish_light(sheet: Sheet) -> None:
    """Let warm light in from the upper left and dusk from the lower right, in flat veils."""
    sheet.dot(30, 20, 330, "#FFE9B8", 0.13)
    for reach, opacity in ((20, 0.08), (110, 0.08)):
        sheet.path(f"M1024 {520 + reach}C980 {760 + reach} 800 {930 + reach} {470 + reach * 2} 1024H1024Z", "#2A1430", opacity)
