"""Pictures of goods, 1:1: the stage, what lies under the goods, the goods, the light."""

from marketplace.app.pictures.canvas import Sheet
from marketplace.app.pictures.dice import Dice
from marketplace.app.pictures.grounds import finish_light, lay_base, set_stage
from marketplace.app.pictures.kinds import GOODS, KINDS, Kind
from marketplace.kernel.text import slugify

# The goods come close to the viewer: they fill two thirds of the frame.
_NEARNESS = 1.15


def kind_for(name: str) -> Kind:
    """Find the kind of a name: its own, else one whose name begins with the same two words.

    So "Miến dong Tài Hoan" is drawn as glass noodles; what is like nothing known is a basket.
    """
    slug = slugify(name)
    beginning = slug.split("-")[:2]
    alike = (key for key in KINDS if len(beginning) > 1 and key.split("-")[:2] == beginning)
    return KINDS.get(slug) or KINDS.get(next(alike, "")) or GOODS


def draw_product(kind: str, seed: int) -> str:
    """Draw the goods of a kind, 1024×1024.

    Args:
        kind: The name of a kind or its slug; an unknown one
            becomes what it sounds like, else a basket of goods.
        seed: Chooses ground, light, arrangement, number and companions.
    """
    slug = slugify(kind)
    drawn = kind_for(kind)
    sheet = Sheet(1024, 1024, Dice(seed, slug))
    mirrored = sheet.dice.chance(0.4)
    with sheet.at(1024 if mirrored else 0, flip=mirrored):
        if drawn.is_landscape:
            drawn.painter(sheet)
        else:
            set_stage(sheet, drawn.mood)
            with sheet.at(512 * (1 - _NEARNESS), 815 - 830 * _NEARNESS, _NEARNESS):
                lay_base(sheet, drawn.bases)
                drawn.painter(sheet)
            finish_light(sheet)
    return sheet.finish()
