"""The kinds of goods and who draws them."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.app.pictures.canvas import Sheet
from marketplace.app.pictures.packs import PACK_COLOURS, carton, pouch, sack
from marketplace.app.pictures.vessels import basket_back, basket_front, bottle, jar

Painter = Callable[[Sheet], None]


@dataclass(frozen=True)
class Kind:
    """How a kind is drawn: its painter, the walls that suit it, what may lie under it."""

    painter: Painter
    mood: str = "any"
    bases: tuple[str, ...] = ("none", "cloth", "leaf", "tray")


def draw_goods(sheet: Sheet) -> None:
    """Draw a woven basket of goods, for whatever has no picture of its own."""
    basket_back(sheet, 512, 850, 620, 360)
    with sheet.at():
        bottle(sheet, 400, 640, 150, 430, "#D9A13A")
        jar(sheet, 590, 660, 190, 300, "#B5532E")
        pouch(sheet, 690, 690, 200, 330, sheet.dice.pick(PACK_COLOURS))
    basket_front(sheet, 512, 850, 620, 360)


def _sacks(sheet: Sheet) -> None:
    sack(sheet, 512, 850, 400, 480, "#E9D9B6")


def _boxes(sheet: Sheet) -> None:
    carton(sheet, 512, 840, 420, 360, sheet.dice.pick(PACK_COLOURS))


GOODS = Kind(draw_goods)
KINDS: dict[str, Kind] = {"gao-bao-thai-cho-don": Kind(_sacks), "mien-dong-hop-qua": Kind(_boxes)}
