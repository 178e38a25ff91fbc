"""Scenes of the province, 16:9: places, collections, the home page and the banners of shops."""

from collections.abc import Callable

from marketplace.app.pictures import scenes_folk, scenes_land
from marketplace.app.pictures.canvas import Sheet, ring, smooth
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.palette import lit, mix, shaded
from marketplace.app.pictures.plants import fern
from marketplace.app.pictures.scenery import (
    LIGHTS,
    Light,
    bamboo_clump,
    boat,
    karst_row,
    lake,
    mist_band,
    paint_sky,
    tree,
)
from marketplace.app.pictures.scenes_land import far_ranges

Painter = Callable[[Sheet, Light], None]


def _lake(sheet: Sheet, light: Light) -> None:
    """Ba Bể: still water between limestone, a dugout."""
    dice = sheet.dice
    paint_sky(sheet, light, 520)
    far_ranges(sheet, light, 530, 380)
    mist_band(sheet, 530, 110, 0.6, light.horizon)
    karst_row(sheet, 548, 330, mix(light.far, light.near, 0.6), detail=True, gap=2.3)
    lake(sheet, 540, light)
    mist_band(sheet, 546, 60, 0.7, lit(light.horizon, 0.3))
    boat(sheet, dice.between(420, 1180), dice.between(700, 770), 380)
    if dice.chance(0.5):
        boat(sheet, dice.between(200, 1400), 610, 120)
    side = dice.chance(0.5)
    with sheet.at(1600 if side else 0, 0, flip=side):
        shore = smooth([(-60, 960), (-60, 800), (120, 810), (300, 860), (420, 960)])
        sheet.path(shore, mix(light.near, light.growth, 0.3))
        bamboo_clump(sheet, 60, 880, 640, mix(light.near, light.growth, 0.5))
        tree(sheet, 230, 880, 190, mix(light.near, light.growth, 0.4))


def _waterfall(sheet: Sheet, light: Light) -> None:
    """Đầu Đẳng: water falling in steps between forested walls."""
    dice = sheet.dice
    paint_sky(sheet, light, 360)
    far_ranges(sheet, light, 330, 220)
    rock, moss = mix(light.near, "#6E6A66", 0.5), mix(light.near, light.growth, 0.5)
    sheet.path(smooth([(420, 260), (700, 230), (900, 240), (1180, 270), (1240, 900), (360, 900)]), sheet.fall(lit(rock, 0.16), shaded(rock, 0.2)))
    for step, (x, y, wide, tall) in enumerate(((800, 250, 250, 190), (770, 420, 420, 170), (820, 580, 560, 150))):
        body = f"M{x - wide / 2} {y}C{x - wide * 0.2} {y - 20} {x + wide * 0.2} {y - 20} {x + wide / 2} {y}L{x + wide * 0.6} {y + tall}H{x - wide * 0.6}Z"
        sheet.path(body, sheet.fall("#FFFFFF", mix(light.water, "#FFFFFF", 0.55)))
        falls = "".join(f"M{x + dice.around(0, wide * 0.48):.0f} {y + dice.between(0, 30):.0f}v{dice.between(50, tall):.0f}" for _ in range(34))
        sheet.line(falls, mix(light.water, light.near, 0.25), 5, 0.4)
        sheet.line(falls.replace("v", "m9 6v"), "#FFFFFF", 5, 0.8)
        for _ in range(7):
            sheet.path(ring(x + dice.around(0, wide * 0.6), y + tall, dice.between(40, 90), dice.between(20, 40), dice, wobble=0.16), sheet.ball(rock, 0.24))
        mist_band(sheet, y + tall, 60 + step * 10, 0.35, "#FFFFFF")
    lake(sheet, 740, light)
    for radius in (460, 340, 220):
        sheet.oval(820, 750, radius, radius * 0.12, "#FFFFFF", 0.3)
    for side in (-1, 1):
        wall = smooth(
            [
                (800 + side * 900, -60),
                (800 + side * 520, -40),
                (800 + side * 460, 200),
                (800 + side * 380, 420),
                (800 + side * 440, 640),
                (800 + side * 560, 790),
                (800 + side * 900, 860),
            ]
        )
        sheet.path(wall, sheet.fall(moss, shaded(rock, 0.2)))
        for _ in range(16):
            cx, cy = 800 + side * dice.between(440, 800), dice.between(0, 760)
            sheet.path(
                ring(cx, cy, dice.between(70, 130), dice.between(50, 90), dice, wobble=0.12),
                sheet.ball(dice.pick((moss, lit(moss, 0.12), mix(moss, light.growth, 0.5), shaded(moss, 0.16))), 0.2),
            )
        for turn in (-120, -90, -60):
            fern(sheet, 800 + side * 640, 930, 260, turn, dice.pick((light.growth, lit(light.growth, 0.2))))


def _cave(sheet: Sheet, light: Light) -> None:
    """Puông cave: the river leaves the dark into the morning."""
    dice = sheet.dice
    paint_sky(sheet, light, 480)
    far_ranges(sheet, light, 510, 300)
    lake(sheet, 540, light)
    boat(sheet, dice.between(680, 920), 690, 300)
    dark = shaded(light.near, 0.5)
    for grow, tone in ((0, lit(dark, 0.13)), (60, lit(dark, 0.06)), (130, dark)):
        mouth = [
            (330 - grow, 720 + grow),
            (300 - grow, 480),
            (420 - grow * 0.8, 270 - grow * 0.4),
            (640 - grow * 0.4, 150 - grow * 0.5),
            (900 + grow * 0.3, 130 - grow * 0.4),
            (1140 + grow * 0.7, 240 - grow * 0.5),
            (1290 + grow, 470),
            (1250 + grow, 720 + grow),
            (800, 800 + grow),
        ]
        wobbled = [(x + dice.around(0, 22), y + dice.around(0, 18)) for x, y in mouth]
        sheet.path("M-10 -10H1610V910H-10Z" + smooth(wobbled[::-1]), tone)
    for _ in range(22):
        x, y = dice.between(60, 1540), dice.between(0, 60)
        tall, wide = dice.between(70, 260), dice.between(18, 46)
        sheet.path(
            f"M{x - wide} {y - 40}Q{x - wide * 0.3} {y + tall * 0.4} {x} {y + tall}Q{x + wide * 0.3} {y + tall * 0.4} {x + wide} {y - 40}Z",
            lit(dark, dice.between(0.02, 0.16)),
        )
    sheet.path("M0 900V820C300 780 500 850 800 840S1300 780 1600 820V900Z", shaded(light.water, 0.62), 0.9)
    sheet.line("M560 800h180M800 830h240M640 860h160", lit(light.water, 0.5), 5, 0.5)
    for _ in range(5):
        x, y = dice.between(560, 1060), dice.between(250, 400)
        sheet.line(f"M{x - 22} {y}q11 -14 22 0q11 -14 22 0", dark, 6)


_SCENES: dict[str, tuple[Painter, tuple[str, ...]]] = {
    "lake": (_lake, ("dawn", "noon", "dusk", "mist", "autumn")),
    "terraces": (scenes_land.draw_terraces, ("autumn", "noon", "dawn")),
    "tea-hills": (scenes_land.draw_tea_hills, ("mist", "dawn", "spring", "noon")),
    "market": (scenes_folk.draw_market, ("dawn", "noon", "spring")),
    "village": (scenes_folk.draw_village, ("dawn", "dusk", "autumn", "noon")),
    "waterfall": (_waterfall, ("noon", "mist", "spring")),
    "orchard": (scenes_land.draw_orchard, ("autumn", "dusk", "noon")),
    "forest": (scenes_land.draw_forest, ("noon", "mist", "autumn")),
    "valley": (scenes_land.draw_valley, ("dawn", "autumn", "noon", "spring")),
    "pass": (scenes_land.draw_pass, ("dusk", "mist", "dawn", "autumn")),
    "town": (scenes_folk.draw_town, ("dusk", "noon", "spring")),
    "spring-fields": (scenes_land.draw_spring_fields, ("spring", "dawn", "noon")),
    "cave": (_cave, ("noon", "dusk", "dawn")),
    "kitchen": (scenes_folk.draw_kitchen, ("dusk", "dawn", "noon")),
    "weaving": (scenes_folk.draw_weaving, ("dawn", "noon", "autumn")),
}

SCENES: tuple[str, ...] = tuple(_SCENES)


def draw_scene(name: str, seed: int) -> str:
    """Draw a scene of the province, 1600×900.

    Args:
        name: One of `SCENES`; anything else becomes the lake.
        seed: Chooses hour, season and arrangement.
    """
    dice = Dice(seed, f"scene:{name}")
    painter, hours = _SCENES.get(name, _SCENES["lake"])
    sheet = Sheet(1600, 900, dice)
    painter(sheet, LIGHTS[dice.pick(hours)])
    return sheet.finish()
