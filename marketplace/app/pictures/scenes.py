"""Scenes of the province, 16:9: places, collections, the home page and the banners of shops."""

from collections.abc import Callable

from marketplace.app.pictures.canvas import Sheet
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.palette import lit, mix
from marketplace.app.pictures.scenery import (
    LIGHTS,
    Light,
    bamboo_clump,
    boat,
    hills,
    karst_row,
    lake,
    mist_band,
    paint_sky,
)

Painter = Callable[[Sheet, Light], None]


def _far(sheet: Sheet, light: Light, base: float, height: float) -> None:
    """Three ranges of karst, each bluer than the one before it."""
    karst_row(sheet, base, height, mix(light.far, light.horizon, 0.62))
    mist_band(sheet, base - 10, 130, 0.5, light.horizon)
    karst_row(sheet, base + 10, height * 0.8, mix(light.far, light.horizon, 0.25))
    mist_band(sheet, base, 110, 0.45, light.horizon)


def _lake(sheet: Sheet, light: Light) -> None:
    paint_sky(sheet, light, 520)
    _far(sheet, light, 540, 330)
    karst_row(sheet, 548, 230, mix(light.far, light.near, 0.55), detail=True, gap=1.5)
    lake(sheet, 540, light)
    mist_band(sheet, 548, 70, 0.7, lit(light.horizon, 0.3))
    boat(sheet, sheet.dice.between(420, 1180), sheet.dice.between(690, 760), 300)
    bamboo_clump(sheet, sheet.dice.pick((40, 1560)), 920, 520, mix(light.near, light.growth, 0.4))


def _hills(sheet: Sheet, light: Light) -> None:
    paint_sky(sheet, light, 460)
    _far(sheet, light, 480, 260)
    hills(sheet, 620, 140, mix(light.near, light.growth, 0.7))
    hills(sheet, 780, 120, light.growth)


_SCENES: dict[str, tuple[Painter, tuple[str, ...]]] = {
    "lake": (_lake, ("dawn", "noon", "dusk", "mist")),
    "terraces": (_hills, ("autumn", "noon", "dawn")),
    "tea-hills": (_hills, ("mist", "dawn", "spring")),
    "market": (_hills, ("dawn", "noon", "spring")),
    "village": (_hills, ("dawn", "dusk", "autumn")),
    "waterfall": (_hills, ("noon", "mist", "spring")),
    "orchard": (_hills, ("autumn", "dusk", "noon")),
    "forest": (_hills, ("noon", "mist", "autumn")),
    "valley": (_hills, ("dawn", "autumn", "noon")),
    "pass": (_hills, ("dusk", "mist", "dawn")),
    "town": (_hills, ("dusk", "noon", "spring")),
    "spring-fields": (_hills, ("spring", "dawn")),
    "cave": (_hills, ("noon", "dusk")),
    "kitchen": (_hills, ("dusk", "dawn")),
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
