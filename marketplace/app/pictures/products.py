"""Pictures of goods, 1:1: the stage, what lies under the goods, the goods, the light."""

import re
import unicodedata

from marketplace.app.pictures.canvas import Sheet
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.grounds import finish_light, lay_base, set_stage
from marketplace.app.pictures.kinds import GOODS, KINDS


def slug_of(kind: str) -> str:
    """Write the name of a kind as the key of its picture; a slug stays as it is."""
    plain = unicodedata.normalize("NFD", kind.replace("đ", "d").replace("Đ", "D")).lower()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def draw_product(kind: str, seed: int) -> str:
    """Draw the goods of a kind, 1024×1024.

    Args:
        kind: The name of a kind or its slug; an unknown kind becomes a basket of goods.
        seed: Chooses ground, light, arrangement, number and companions.
    """
    slug = slug_of(kind)
    drawn = KINDS.get(slug, GOODS)
    sheet = Sheet(1024, 1024, Dice(seed, slug))
    set_stage(sheet, drawn.mood)
    lay_base(sheet, drawn.bases)
    drawn.painter(sheet)
    finish_light(sheet)
    return sheet.finish()
