"""Colours: the tokens of the design and the natural tones of the goods."""

from dataclasses import dataclass

INDIGO = "#1E2A56"
INDIGO_MID = "#31437E"
INDIGO_TINT = "#E8EBF5"
RED = "#B3262E"
TURMERIC = "#D99A1C"
TEA = "#2F6B4F"
PAPER = "#FBF8F1"
LINE = "#E4DDCD"
WHITE = "#FFFFFF"

LEAF = "#4E8A4A"
LEAF_DARK = "#2E6242"
LEAF_LIGHT = "#8DB15B"
WOOD = "#B07B4A"
WOOD_DARK = "#7C5233"
BAMBOO = "#D8B36A"
STRAW = "#E3C583"
CLAY = "#B65F3C"
SOIL = "#6B4A35"
KRAFT = "#CFA574"
CREAM = "#F6EBD2"
RICE = "#FAF6EA"
GLASS = "#DCEBE6"
PLUM = "#7B2D4A"
ROSE = "#E7A0A8"
SKY = "#BFD8E2"

_WARM_LIGHT = "#FFF4D8"
_COOL_DARK = "#241A3C"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """Blend two colours, `share` of the second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def lit(colour: str, share: float = 0.3) -> str:
    """Put the colour into the morning light."""
    return mix(colour, _WARM_LIGHT, share)


def shaded(colour: str, share: float = 0.3) -> str:
    """Put the colour into shadow, which in the mountains is blue."""
    return mix(colour, _COOL_DARK, share)


@dataclass(frozen=True)
class Ground:
    """The colours of a stage: the wall behind, the table below, the accent of cloth and leaves."""

    wall: str
    glow: str
    table: str
    accent: str
    is_dark: bool = False


LIGHT_GROUNDS = (
    Ground("#F0D9A8", "#FFF6DF", "#D9B98A", INDIGO),
    Ground("#C9DDB8", "#F6F6E2", "#B9A47C", TEA),
    Ground("#B9CFE4", "#F6F1E4", "#B98F66", INDIGO_MID),
    Ground("#F2C39A", "#FFF0D8", "#B9744C", RED),
    Ground("#EDBDB6", "#FFEFE3", "#C49A86", PLUM),
    Ground("#F5D27E", "#FFF5D2", "#C68A45", TEA),
    Ground("#AFD4CB", "#F4F4E4", "#8FA68F", INDIGO),
    Ground("#E3CDB4", "#FBF6EC", "#A58468", RED),
)
DARK_GROUNDS = (
    Ground("#2A3869", "#5A6CA3", "#7A5640", TURMERIC, is_dark=True),
    Ground("#2F6251", "#6FA17F", "#8A6544", TURMERIC, is_dark=True),
    Ground("#8E3B36", "#CB7A5C", "#5B3A36", TURMERIC, is_dark=True),
    Ground("#47577F", "#93A6C4", "#9A7152", RED, is_dark=True),
    Ground("#5D7A62", "#A9BD90", "#A5794F", INDIGO, is_dark=True),
    Ground("#B9683F", "#E8AE77", "#6D4232", INDIGO, is_dark=True),
)
