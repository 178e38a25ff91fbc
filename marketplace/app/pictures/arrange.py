"""How a market woman lays things out: piles, baskets, crates, trays, mounds of small things."""

import math
from collections.abc import Callable, Sequence

from marketplace.app.pictures.canvas import Point, Sheet, smooth
from marketplace.app.pictures.grounds import tray
from marketplace.app.pictures.palette import BAMBOO, KRAFT, lit, shaded
from marketplace.app.pictures.vessels import basket_back, basket_front, bowl, crate, plate

One = Callable[[Sheet, float, float, float], None]


def contact(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """Lay the shadow where a round thing touches the table."""
    sheet.shadow(x + radius * 0.22, y + radius * 0.8, radius * 1.12, radius * 0.36, 0.5)


def pile(sheet: Sheet, one: One, x: float, foot: float, radius: float, rows: int) -> None:
    """Stack round things as a pyramid, the front row last."""
    step = radius * 1.86
    for row in range(rows - 1, -1, -1):
        count = rows - row
        y = foot - radius - row * radius * 1.42
        for index in sheet.dice.shuffled(range(count)):
            at = x + (index - (count - 1) / 2) * step + sheet.dice.around(0, radius * 0.1)
            if row == 0:
                contact(sheet, at, y, radius)
            one(sheet, at, y + sheet.dice.around(0, radius * 0.08), radius * sheet.dice.around(1, 0.06))


def heap(sheet: Sheet, one: One, x: float, top: float, width: float, radius: float, rise: float = 1.6) -> None:
    """Fill a vessel over its rim: rows from the back to the front."""
    for row in range(4):
        span = width * (0.46 + 0.18 * row)
        count = max(2, round(span / (radius * 1.6)))
        y = top - radius * rise * (1 - row / 2.6)
        for index in sheet.dice.shuffled(range(count)):
            share = (index + 0.5) / count - 0.5
            drop = radius * 2.4 * share * share
            one(sheet, x + share * span, y + drop + sheet.dice.around(0, 5), radius * sheet.dice.around(1, 0.07))


def in_basket(sheet: Sheet, one: One, radius: float) -> None:
    """Heap things up in a plaited basket, a few beside it."""
    dice = sheet.dice
    colour = dice.pick((BAMBOO, "#C99A57", "#E0C48A", "#B9824A"))
    x, wide, tall = 512 + dice.around(0, 30), dice.between(600, 690), dice.between(250, 330)
    foot = 852.0
    basket_back(sheet, x, foot, wide, tall, colour)
    heap(sheet, one, x, foot - tall, wide * 0.98, radius)
    basket_front(sheet, x, foot, wide, tall, colour)
    side = dice.pick((-1, 1))
    for index in range(dice.whole(1, 2)):
        at = x + side * (wide * 0.42 + index * radius * 1.5) - side * 40
        contact(sheet, at, 880 - index * 14, radius)
        one(sheet, at, 880 - index * 14, radius)


def in_crate(sheet: Sheet, one: One, radius: float) -> None:
    """Heap things up in a wooden crate."""
    dice = sheet.dice
    wide, tall = dice.between(640, 700), dice.between(210, 250)
    heap(sheet, one, 512, 850 - tall + radius * 0.5, wide * 0.92, radius)
    crate(sheet, 512, 850, wide, tall, dice.pick((KRAFT, "#B98A5C", "#D9BB8B")))
    contact(sheet, dice.pick((210, 800)), 880, radius)


def on_tray(sheet: Sheet, one: One, radius: float) -> None:
    """Lay things in rings on a winnowing tray."""
    tray(sheet, 512, 720, 450, 190, sheet.dice.pick((BAMBOO, "#C99A57", "#DDBB7C")))
    spots: list[Point] = []
    for reach, count in ((0.82, 11), (0.44, 6), (0, 1)):
        start = sheet.dice.between(0, 1)
        for index in range(count):
            angle = math.tau * (index + start) / count
            spots.append((512 + 360 * reach * math.cos(angle), 710 + 128 * reach * math.sin(angle)))
    many = [spot for spot in sorted(spots, key=lambda spot: spot[1]) if sheet.dice.chance(0.92)]
    for x, y in many:
        sheet.shadow(x + radius * 0.2, y + radius * 0.4, radius * 1.1, radius * 0.4, 0.4)
        one(sheet, x, y - radius * 0.45, radius * sheet.dice.around(0.98, 0.07))
    for x, y in ((470, 625), (556, 635), (512, 575)):
        one(sheet, x, y - radius * 0.4, radius)


def on_table(sheet: Sheet, one: One, radius: float) -> None:
    """Stack things on the bare table, a few rolled away."""
    dice = sheet.dice
    big = radius * dice.between(1.2, 1.36)
    pile(sheet, one, 480 + dice.around(0, 40), 850, big, dice.pick((3, 3, 4)) if big < 105 else 3)
    for x, y in dice.shuffled(((800, 850), (190, 862), (880, 800)))[: dice.whole(1, 2)]:
        contact(sheet, x, y - big * 0.6, big)
        one(sheet, x, y - big * 0.6, big)


def in_bowl(sheet: Sheet, one: One, radius: float) -> None:
    """Heap things up in a glazed bowl."""
    dice = sheet.dice
    colour = dice.pick(("#31437E", "#F2ECDD", "#2F6B4F", "#A8503A", "#6E8FA8"))
    foot, wide = 860.0, dice.between(600, 680)
    if dice.chance(0.35):
        plate(sheet, 512, 800, 740, colour)
        pile(sheet, one, 512, 800, radius * 1.1, 4)
        return
    rim = foot - wide * 0.4
    bowl(sheet, 512, foot, wide, colour)
    with sheet.within(f"M0 0H1024V{rim}H{512 + wide / 2}A{wide / 2} {wide * 0.12} 0 0 1 {512 - wide / 2} {rim}H0Z"):
        heap(sheet, one, 512, rim + radius * 0.3, wide * 0.86, radius, 1.3)


WAYS = (in_basket, in_crate, on_tray, on_table, in_bowl)


def lay_out(sheet: Sheet, one: One, radius: float, ways: Sequence[Callable[[Sheet, One, float], None]] = WAYS) -> None:
    """Choose a way to lay things out."""
    sheet.dice.pick(ways)(sheet, one, radius)


def _strokes(sheet: Sheet, spots: Sequence[Point], colours: Sequence[str], length: float, thick: float, curl: float) -> None:
    dice = sheet.dice
    trails = [""] * len(colours)
    for x, y in spots:
        angle = dice.between(0, math.pi)
        dx, dy = length * math.cos(angle) / 2, length * math.sin(angle) / 2
        bend = dice.around(0, curl * length)
        trails[dice.whole(0, len(colours) - 1)] += f"M{x - dx:.0f} {y - dy:.0f}q{dx + bend:.0f} {dy - bend:.0f} {2 * dx:.0f} {2 * dy:.0f}"
    for trail, colour in zip(trails, colours, strict=True):
        if trail:
            sheet.line(trail, colour, thick)


def small_things(
    sheet: Sheet, x: float, y: float, width: float, height: float, colours: Sequence[str], *, length: float = 16, thick: float = 8, curl: float = 0
) -> None:
    """Fill a window or a mouth with small things seen from above."""
    sheet.block(x - width / 2, y - height / 2, width, height, shaded(colours[0], 0.4))
    pitch = max(length, thick) * 0.62
    rows, columns = max(2, int(height / pitch)), max(2, int(width / pitch))
    spots = [
        (x - width / 2 + (c + sheet.dice.unit()) * width / columns, y - height / 2 + (r + sheet.dice.unit()) * height / rows)
        for r in range(rows)
        for c in range(columns)
    ]
    _strokes(sheet, spots[:420], colours, length, thick, curl)


def mound(
    sheet: Sheet, x: float, foot: float, width: float, height: float, colours: Sequence[str], *, length: float = 16, thick: float = 8, curl: float = 0
) -> None:
    """Pour small things into a mound: dark below, grains over it, light on the left."""
    dice = sheet.dice
    half = width / 2
    sheet.shadow(x + half * 0.14, foot, half * 1.14, height * 0.24)
    outline = smooth(
        [
            (x - half, foot - 4),
            (x - half * 0.6, foot - height * 0.48),
            (x - half * 0.12, foot - height * 0.98),
            (x + half * 0.16, foot - height),
            (x + half * 0.62, foot - height * 0.46),
            (x + half, foot - 4),
            (x + half * 0.4, foot + height * 0.1),
            (x - half * 0.4, foot + height * 0.1),
        ]
    )
    sheet.path(outline, sheet.ball(shaded(colours[0], 0.3), 0.3))
    pitch = max(length, thick) * 0.6
    count = min(520, int(width * height * 0.62 / (pitch * pitch)))
    layers: tuple[list[Point], list[Point], list[Point]] = ([], [], [])
    for _ in range(count):
        across = dice.between(-1, 1)
        limit = (1 - abs(across) ** 1.5) * height
        up = dice.unit() ** 0.8 * limit - height * 0.07 * (1 - abs(across))
        lightness = across + (0.5 - up / height) * 0.9
        layers[2 if lightness < -0.25 else 1 if lightness < 0.55 else 0].append((x + across * half * 0.97, foot - up))
    for spots, tones in zip(layers, ([shaded(c, 0.3) for c in colours], list(colours), [lit(c, 0.28) for c in colours]), strict=True):
        _strokes(sheet, spots, tones, length, thick, curl)


def bean_mound(sheet: Sheet, x: float, foot: float, width: float, height: float, colours: Sequence[str], radius: float, long: float = 1.3) -> None:
    """Pour beans or nuts into a mound, each with its own light."""
    dice = sheet.dice
    half = width / 2
    sheet.shadow(x + half * 0.14, foot, half * 1.14, height * 0.26)
    sheet.path(
        f"M{x - half * 0.94} {foot}Q{x - half * 0.3} {foot - height * 1.1} {x} {foot - height * 0.96}T{x + half * 0.94} {foot}Z", shaded(colours[0], 0.5)
    )
    rows = max(3, int(height * 1.12 / (radius * 1.05)))
    for row in range(rows):
        share = row / (rows - 1)
        span = half * (0.12 + 0.88 * share**0.85)
        count = max(1, int(span * 2 / (radius * 1.75)))
        y = foot - height * 0.94 + share * height * 1.02
        for index in range(count):
            across = (index + 0.5) / count * 2 - 1
            bx = x + across * span + dice.around(0, radius * 0.3)
            by = y - (1 - across * across) * height * 0.05 + dice.around(0, radius * 0.3)
            tone = dice.pick(colours)
            tone = lit(tone, 0.14) if across < -0.2 else shaded(tone, 0.16) if across > 0.45 else tone
            sheet.oval(bx, by, radius * long, radius * 0.86, sheet.ball(tone, 0.32), 1, dice.between(-70, 70))


def scatter(
    sheet: Sheet, x: float, y: float, width: float, colours: Sequence[str], *, length: float = 16, thick: float = 8, curl: float = 0, count: int = 14
) -> None:
    """Strew a few small things over the table."""
    spots = [(x + sheet.dice.around(0, width / 2), y + sheet.dice.around(0, width * 0.1)) for _ in range(count)]
    with sheet.at(4, 6):
        trail = "".join(f"M{sx - length * 0.3:.0f} {sy:.0f}h{length * 0.6:.0f}" for sx, sy in spots)
        sheet.line(trail, "#1B1330", thick, 0.24)
    _strokes(sheet, spots, colours, length, thick, curl)
