"""Stays and boats: here the picture is a landscape, square."""

from marketplace.app.pictures.canvas import Sheet
from marketplace.app.pictures.palette import mix
from marketplace.app.pictures.scenery import (
    LIGHTS,
    bamboo_clump,
    boat,
    hills,
    karst_row,
    lake,
    mist_band,
    paint_sky,
    person,
    stilt_house,
    tree,
)


def draw_homestay(sheet: Sheet) -> None:
    """A stilt house by the lake, mountains behind it."""
    dice = sheet.dice
    light = LIGHTS[dice.pick(("dawn", "noon", "dusk", "mist", "autumn", "spring"))]
    paint_sky(sheet, light, 480)
    karst_row(sheet, 520, 330, mix(light.far, light.horizon, 0.5))
    mist_band(sheet, 500, 130, 0.6, light.horizon)
    karst_row(sheet, 560, 260, mix(light.far, light.near, 0.3), detail=True, gap=1.2)
    hills(sheet, 600, 50, mix(light.near, light.growth, 0.55))
    hills(sheet, 700, 40, light.growth)
    for x in (40, 150, 900, 1000):
        tree(sheet, x, 660 + dice.around(0, 20), dice.between(150, 230), mix(light.near, light.growth, 0.45))
    if dice.chance(0.5):
        stilt_house(sheet, dice.pick((170, 860)), 690, 300)
    stilt_house(sheet, 512 + dice.around(0, 70), 800, dice.between(560, 720), dice.pick(("#6E5A48", "#7A6248", "#5B4B44", "#8E5A40")))
    lake(sheet, 850, light)
    if dice.chance(0.6):
        boat(sheet, dice.pick((240, 780)), 940, 300, rower=dice.chance(0.5))
    person(sheet, dice.pick((250, 790)), 822, 110)
    bamboo_clump(sheet, dice.pick((20, 1010)), 880, 520, mix(light.near, light.growth, 0.6))


def draw_boat_tour(sheet: Sheet) -> None:
    """A boat on the lake between walls of limestone."""
    dice = sheet.dice
    light = LIGHTS[dice.pick(("dawn", "noon", "dusk", "mist", "autumn", "spring"))]
    paint_sky(sheet, light, 460)
    karst_row(sheet, 520, 400, mix(light.far, light.horizon, 0.6))
    mist_band(sheet, 500, 140, 0.6, light.horizon)
    karst_row(sheet, 540, 330, mix(light.far, light.near, 0.2))
    mist_band(sheet, 530, 90, 0.5, light.horizon)
    karst_row(sheet, 552, 300, mix(light.far, light.near, 0.55), detail=True, gap=1.7)
    lake(sheet, 546, light)
    mist_band(sheet, 552, 50, 0.7, light.horizon)
    x = dice.between(400, 620)
    for shift in dice.pick(((-120, -20), (-150, -70, 10), (-60,))):
        person(sheet, x + shift, 822, 130, dice.pick(("#232F5E", "#B3262E", "#2F6B4F", "#D99A1C")), hat=dice.chance(0.5))
    boat(sheet, x, 790, 560, dice.pick(("#6B4630", "#7A4A3A", "#4F4A44")))
    boat(sheet, dice.pick((170, 860)), 640, 150)
    bamboo_clump(sheet, dice.pick((-10, 1030)), 1000, 560, mix(light.near, light.growth, 0.5))
