"""What landscapes are made of: skies, karst, hills, water, trees, houses, boats, people."""

import math
from dataclasses import dataclass

from marketplace.app.pictures.canvas import Point, Sheet, poly, ring, smooth
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.palette import WOOD_DARK, lit, mix, shaded


@dataclass(frozen=True)
class Light:
    """The colours of an hour: sky above and at the horizon, sun, far and near land, water."""

    zenith: str
    horizon: str
    sun: str
    far: str
    near: str
    water: str
    growth: str


LIGHTS = {
    "dawn": Light("#8FA9C9", "#FBDDB8", "#FFE9BC", "#93A2BC", "#3F5568", "#A9BCC6", "#7FA05A"),
    "noon": Light("#8CC0D8", "#EAF3E6", "#FFF8DC", "#8FB2B4", "#35664F", "#7FB4AE", "#86B04C"),
    "dusk": Light("#5B5A8C", "#F3A874", "#FFD592", "#8C7596", "#3A3458", "#C29A92", "#7A7F4C"),
    "mist": Light("#C6D3D2", "#F3EFE2", "#FFFDF3", "#B4C3C1", "#55746C", "#C3D3CF", "#8CA878"),
    "autumn": Light("#9DBBC6", "#F8E5BC", "#FFF0C4", "#A9AE9C", "#6C5B3C", "#97B3A8", "#D9AE3F"),
    "spring": Light("#A8C6DA", "#FBE4DF", "#FFF3E4", "#A3B4C0", "#3F6B58", "#A6C6C4", "#93B95C"),
}


def paint_sky(sheet: Sheet, light: Light, horizon: float) -> None:
    """Paint the sky with the sun and layered clouds."""
    dice = sheet.dice
    sheet.block(0, 0, sheet.width, sheet.height, light.horizon)
    sheet.block(0, 0, sheet.width, horizon + 60, sheet.fall(light.zenith, light.horizon))
    x, y = dice.between(0.18, 0.82) * sheet.width, horizon * dice.between(0.3, 0.62)
    radius = sheet.height * 0.075
    sheet.dot(x, y, radius * 5, sheet.radial([(0, light.sun, 0.75), (1, light.sun, 0)]))
    sheet.dot(x, y, radius, light.sun, 0.95)
    for _ in range(5):
        cloud(sheet, dice.between(0, sheet.width), dice.between(0.08, 0.62) * horizon, dice.between(160, 420), light)


def cloud(sheet: Sheet, x: float, y: float, width: float, light: Light) -> None:
    """Draw a long flat cloud."""
    tall = width * 0.09
    outline = f"M{x - width / 2} {y}C{x - width * 0.4} {y - tall} {x - width * 0.22} {y - tall * 0.7} {x - width * 0.16} {y - tall}C{x - width * 0.06} {y - tall * 2.2} {x + width * 0.12} {y - tall * 2} {x + width * 0.18} {y - tall}C{x + width * 0.3} {y - tall * 1.3} {x + width * 0.42} {y - tall * 0.8} {x + width / 2} {y}Z"
    sheet.path(outline, mix(light.sun, "#FFFFFF", 0.3), 0.42)


def tower(x: float, base: float, width: float, height: float, dice: Dice) -> str:
    """Outline one limestone tower: steep sides, rounded shoulders, a broken crown."""
    half = width / 2
    lean = dice.around(0, 0.16) * width
    left, right = [], []
    for share in (0.0, 0.16, 0.34, 0.52, 0.7, 0.84):
        inward = 1.22 - 0.34 * share - (0.9 * max(0.0, share - 0.6))
        step = height * share
        shift = lean * share
        left.append((x - half * inward * dice.between(0.86, 1.06) + shift, base - step))
        right.append((x + half * inward * dice.between(0.86, 1.06) + shift, base - step * dice.between(0.94, 1)))
    crown = [(x + half * at + lean, base - height * (1 - abs(at - 0.02) * dice.between(0.1, 0.5))) for at in (-0.34, 0.02, 0.36)]
    return smooth([*left, *crown, *right[::-1]], closed=False) + "Z"


def karst_row(sheet: Sheet, base: float, height: float, colour: str, *, detail: bool = False, gap: float = 0.8) -> None:
    """Stand a row of towers; near ones get a lit face, ledges and bushes."""
    dice = sheet.dice
    spots = []
    at = dice.between(-80, 60)
    while at < sheet.width + 120:
        wide = height * dice.between(0.42, 0.95)
        spots.append((at, wide, height * dice.between(0.5, 1)))
        at += wide * dice.between(gap * 0.7, gap * 1.3)
    for x, wide, tall in dice.shuffled(spots):
        outline = tower(x, base, wide, tall, dice)
        sheet.path(
            outline, sheet.linear([(0, lit(colour, 0.22), 1), (0.42, colour, 1), (0.56, shaded(colour, 0.14), 1), (1, shaded(colour, 0.22), 1)], (1, 0.35))
        )
        if detail:
            _ledges(sheet, outline, (x, base), wide, tall, colour)


def _ledges(sheet: Sheet, outline: str, foot: Point, wide: float, tall: float, colour: str) -> None:
    dice = sheet.dice
    x, base = foot
    cracks = ""
    for _ in range(6):
        cx, cy = x + dice.around(0, wide * 0.34), base - tall * dice.between(0.25, 0.86)
        cracks += f"M{cx:.0f} {cy:.0f}q{dice.around(4, 8):.0f} {tall * 0.06:.0f} {dice.around(0, 6):.0f} {tall * dice.between(0.08, 0.16):.0f}"
    with sheet.within(outline):
        sheet.line(cracks, lit(colour, 0.55), wide * 0.018, 0.55)
        for _ in range(7):
            spot = ring(x + dice.around(0, wide * 0.5), base - tall * dice.between(0, 0.7), wide * 0.16, wide * 0.09, dice, count=7, wobble=0.2)
            sheet.path(spot, mix(colour, "#2F5B3F", 0.5), 0.7)


def hills(sheet: Sheet, base: float, height: float, colour: str, *, waves: int = 5) -> str:
    """Draw a rolling ridge down to the foot of the picture; return its outline."""
    dice = sheet.dice
    points: list[Point] = []
    for index in range(waves + 3):
        x = (index - 1) * sheet.width / waves
        points.append((x + dice.around(0, 40), base - height * (dice.between(0.35, 1) if index % 2 else dice.between(0, 0.4))))
    outline = smooth(points, closed=False) + f"L{sheet.width + 200} {sheet.height}L-400 {sheet.height}Z"
    sheet.path(outline, sheet.fall(lit(colour, 0.2), shaded(colour, 0.1)))
    return outline


def mist_band(sheet: Sheet, y: float, depth: float, opacity: float = 0.6, colour: str = "#FFFDF3") -> None:
    """Lay a soft bank of mist across the picture."""
    fill = sheet.linear([(0, colour, 0), (0.5, colour, 1), (1, colour, 0)])
    sheet.block(0, y - depth / 2, sheet.width, depth, fill, opacity)
    for _ in range(3):
        x = sheet.dice.between(0, sheet.width)
        sheet.oval(x, y, sheet.width * 0.22, depth * 0.2, colour, opacity * 0.35)


def lake(sheet: Sheet, top: float, light: Light, bottom: float = 0) -> None:
    """Paint still water with the sky in it and slow ripples."""
    dice = sheet.dice
    foot = bottom or sheet.height
    fill = sheet.linear([(0, mix(light.water, light.horizon, 0.55), 1), (0.35, light.water, 1), (1, shaded(light.water, 0.34), 1)])
    sheet.block(0, top, sheet.width, foot - top, fill)
    for tone, count in ((lit(light.water, 0.6), 26), (shaded(light.water, 0.3), 18)):
        ripples = ""
        for _ in range(count):
            share = dice.unit()
            y = top + (foot - top) * share**1.4
            ripples += f"M{dice.between(-40, sheet.width):.0f} {y:.0f}h{dice.between(30, 90) + 170 * share:.0f}"
        sheet.line(ripples, tone, 3.4, 0.4)


def tree(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw a round tree of three clumps of leaves."""
    dice = sheet.dice
    sheet.path(poly([(x - size * 0.05, y), (x + size * 0.05, y), (x + size * 0.03, y - size * 0.6), (x - size * 0.03, y - size * 0.6)]), WOOD_DARK)
    for dx, dy, reach, tone in (
        (0.16, 0.55, 0.34, shaded(colour, 0.24)),
        (-0.18, 0.62, 0.32, colour),
        (0.04, 0.86, 0.32, lit(colour, 0.14)),
        (-0.14, 0.92, 0.18, lit(colour, 0.32)),
    ):
        sheet.path(ring(x + dx * size, y - dy * size, reach * size, reach * size * 0.86, dice, count=8, wobble=0.09), tone)


def bamboo_clump(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """Draw arching bamboo."""
    dice = sheet.dice
    for _ in range(9):
        lean = dice.around(0, 0.4) * size
        tip = (x + lean, y - size * dice.between(0.7, 1))
        tone = dice.pick((colour, lit(colour, 0.16), shaded(colour, 0.18)))
        sheet.line(f"M{x + lean * 0.16:.0f} {y}Q{x + lean * 0.2:.0f} {tip[1] + size * 0.2:.0f} {tip[0]:.0f} {tip[1]:.0f}", tone, size * 0.016)
        for _ in range(5):
            share = dice.between(0.3, 1)
            sheet.oval(x + lean * share**2, y + (tip[1] - y) * share, size * 0.1, size * 0.024, tone, 0.9, dice.around(math.copysign(34, lean), 22))


def stilt_house(sheet: Sheet, x: float, y: float, width: float, roof: str = "#6E5A48") -> None:
    """Draw a Tày house on stilts: broad roof of palm or tile, gallery, ladder."""
    wood = sheet.dice.pick(("#9A6A42", "#86583A", "#A97A4E"))
    half, floor = width / 2, y - width * 0.2
    wall, eave = floor - width * 0.2, floor - width * 0.18
    sheet.shadow(x + width * 0.06, y, half * 1.1, width * 0.06, 0.5)
    sheet.block(x - half * 0.84, floor, width * 0.84, width * 0.18, shaded(wood, 0.72), 0.55)
    posts = "".join(f"M{x - half * 0.84 + i * width * 0.168:.0f} {floor - 4:.0f}V{y}" for i in range(6))
    sheet.line(posts, shaded(wood, 0.3), width * 0.02)
    sheet.block(x - half * 0.88, wall, width * 0.88, width * 0.21, sheet.linear([(0, lit(wood, 0.26), 1), (0.5, wood, 1), (1, shaded(wood, 0.2), 1)], (1, 0)))
    boards = "".join(f"M{x - half * 0.88 + i * width * 0.055:.0f} {wall}v{width * 0.21}" for i in range(1, 16))
    sheet.line(boards, shaded(wood, 0.34), width * 0.005, 0.6)
    for share in (-0.58, -0.04, 0.46):
        sheet.block(x + half * share, wall + width * 0.06, width * 0.09, width * 0.11, shaded(wood, 0.66), 1, 2)
        sheet.block(x + half * share + width * 0.01, wall + width * 0.07, width * 0.07, width * 0.08, "#FFD98A", 0.75, 2)
    sheet.block(x - half, floor - width * 0.012, width, width * 0.026, lit(wood, 0.2))
    rails = f"M{x - half * 0.98} {floor - width * 0.07}H{x + half * 0.98}" + "".join(
        f"M{x - half * 0.96 + i * width * 0.06:.0f} {floor}v{-width * 0.07:.0f}" for i in range(17)
    )
    sheet.line(rails, lit(wood, 0.1), width * 0.009)
    ridge = eave - width * 0.3
    sheet.path(
        poly([(x - half * 0.62, ridge), (x + half * 0.62, ridge), (x + half * 1.16, eave), (x - half * 1.16, eave)]),
        sheet.linear([(0, lit(roof, 0.26), 1), (0.5, roof, 1), (1, shaded(roof, 0.3), 1)], (1, 0.5)),
    )
    rows = "".join(f"M{x - half * (0.62 + 0.54 * s)} {ridge + (eave - ridge) * s}H{x + half * (0.62 + 0.54 * s)}" for s in (0.22, 0.42, 0.62, 0.82))
    sheet.line(rows, shaded(roof, 0.3), width * 0.008, 0.5)
    sheet.block(x - half * 1.16, eave - 2, width * 1.16, width * 0.018, shaded(roof, 0.5))
    sheet.line(f"M{x - half * 0.64} {ridge}H{x + half * 0.64}", lit(roof, 0.3), width * 0.02)
    steps = f"M{x + half * 0.2} {floor}L{x + half * 0.36} {y}M{x + half * 0.34} {floor}L{x + half * 0.5} {y}" + "".join(
        f"M{x + half * (0.2 + 0.16 * s)} {floor + (y - floor) * s}h{half * 0.14}" for s in (0.2, 0.4, 0.6, 0.8)
    )
    sheet.line(steps, lit(wood, 0.3), width * 0.013)


def boat(sheet: Sheet, x: float, y: float, width: float, colour: str = "#6B4630", *, rower: bool = True) -> None:
    """Draw a dugout with someone in indigo standing at the oar, and its mirror."""
    half = width / 2
    sheet.oval(x, y + width * 0.06, half * 0.92, width * 0.05, "#1B2238", 0.34)
    hull = f"M{x - half} {y - width * 0.09}C{x - half * 0.7} {y + width * 0.01} {x - half * 0.5} {y + width * 0.05} {x - half * 0.2} {y + width * 0.055}H{x + half * 0.4}C{x + half * 0.7} {y + width * 0.04} {x + half * 0.9} {y - width * 0.03} {x + half} {y - width * 0.1}C{x + half * 0.5} {y - width * 0.03} {x - half * 0.5} {y - width * 0.03} {x - half} {y - width * 0.09}Z"
    sheet.path(hull, sheet.fall(lit(colour, 0.2), shaded(colour, 0.4)))
    sheet.line(
        f"M{x - half} {y - width * 0.09}C{x - half * 0.5} {y - width * 0.025} {x + half * 0.5} {y - width * 0.025} {x + half} {y - width * 0.1}",
        lit(colour, 0.5),
        width * 0.014,
    )
    if rower:
        person(sheet, x + half * 0.42, y - width * 0.01, width * 0.3)
        sheet.line(f"M{x + half * 0.16} {y - width * 0.22}L{x + half * 0.72} {y + width * 0.1}", "#3B2A22", width * 0.014)
    sheet.line(f"M{x - half * 1.2} {y + width * 0.1}h{half * 0.5}M{x + half * 0.5} {y + width * 0.12}h{half * 0.8}", "#FFFFFF", width * 0.008, 0.6)


def person(sheet: Sheet, x: float, y: float, height: float, coat: str = "#232F5E", *, hat: bool = True) -> None:
    """Draw a small figure in indigo under a conical hat."""
    wide = height * 0.2
    sheet.path(poly([(x - wide * 0.62, y), (x - wide * 0.3, y - height * 0.45), (x + wide * 0.3, y - height * 0.45), (x + wide * 0.62, y)]), shaded(coat, 0.2))
    sheet.path(
        f"M{x - wide * 0.72} {y - height * 0.3}Q{x - wide * 0.7} {y - height * 0.74} {x} {y - height * 0.76}Q{x + wide * 0.7} {y - height * 0.74} {x + wide * 0.72} {y - height * 0.3}Z",
        sheet.linear([(0, lit(coat, 0.24), 1), (0.5, coat, 1), (1, shaded(coat, 0.3), 1)], (1, 0)),
    )
    sheet.block(x - wide * 0.72, y - height * 0.44, wide * 1.44, height * 0.045, "#B3262E")
    arms = f"M{x - wide * 0.5} {y - height * 0.68}Q{x - wide * 1.05} {y - height * 0.5} {x - wide * 0.66} {y - height * 0.36}M{x + wide * 0.5} {y - height * 0.68}Q{x + wide * 1.05} {y - height * 0.52} {x + wide * 0.5} {y - height * 0.4}"
    sheet.line(arms, shaded(coat, 0.12), wide * 0.32)
    sheet.dot(x - wide * 0.64, y - height * 0.345, wide * 0.15, "#D9A273")
    sheet.dot(x + wide * 0.46, y - height * 0.39, wide * 0.15, "#D9A273")
    sheet.dot(x, y - height * 0.83, wide * 0.46, "#D9A273")
    if hat:
        sheet.path(poly([(x - wide * 1.1, y - height * 0.83), (x, y - height * 1.03), (x + wide * 1.1, y - height * 0.83)]), "#E9CF94")
        sheet.path(poly([(x, y - height * 1.03), (x + wide * 1.1, y - height * 0.83), (x + wide * 0.2, y - height * 0.83)]), "#C49E5C")
    else:
        sheet.path(
            f"M{x - wide * 0.54} {y - height * 0.82}a{wide * 0.54} {wide * 0.6} 0 0 1 {wide * 1.08} 0L{x + wide * 0.7} {y - height * 0.76}L{x + wide * 0.3} {y - height * 0.86}H{x - wide * 0.3}Z",
            "#1B1F3A",
        )
        sheet.line(f"M{x - wide * 0.44} {y - height * 0.9}H{x + wide * 0.44}", "#B3262E", wide * 0.1)
