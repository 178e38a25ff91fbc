"""The colour of a store: readable on every ground of ours, or refused with one that is.

Contrast as WCAG 2.2 computes it (success criterion 1.4.3): 4.5:1 for text.
"""

import colorsys
import re
from collections.abc import Iterable
from typing import Final

ENOUGH: Final = 4.5
# The grounds that stand under text on our pages, by day and by night (theme.css).
LIGHT_GROUNDS: Final = ("#ffffff", "#fbf8f1", "#f4efe3")
DARK_GROUNDS: Final = ("#13151d", "#1b1f2b", "#1f2431")
# What the page offers without typing: the dyes and woods of the mountains.
PALETTE: Final = (
    ("#1e2a56", "indigo"),
    ("#2f6b4f", "tea"),
    ("#8a2a2f", "brocade"),
    ("#7a4a12", "turmeric"),
    ("#5b3a77", "sim"),
    ("#1f5f73", "lake"),
    ("#6b4a35", "wood"),
    ("#454a55", "stone"),
)
_HEX: Final = re.compile(r"^#?(?:([0-9a-f]{6})|([0-9a-f]{3}))$", re.IGNORECASE)
_STEPS: Final = 200
# Below it the sRGB curve is a straight line.
_KNEE: Final = 0.04045


def read_colour(text: str) -> str | None:
    """What was typed ("1E2A56", "#abc") as `#rrggbb`, or None when it is no colour."""
    found = _HEX.match(text.strip())
    if found is None:
        return None
    digits = found[1] or "".join(digit * 2 for digit in found[2])
    return f"#{digits.lower()}"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """The relative luminance of WCAG."""
    red, green, blue = (
        value / 12.92 if value <= _KNEE else ((value + 0.055) / 1.055) ** 2.4
        for value in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Iterable[str] = LIGHT_GROUNDS) -> float:
    """How well the colour reads on the worst of the grounds."""
    return min(contrast(colour, ground) for ground in grounds)


def is_readable(colour: str, grounds: Iterable[str] = LIGHT_GROUNDS) -> bool:
    """Whether text of that colour reads on every one of the grounds."""
    return least_contrast(colour, grounds) >= ENOUGH


def nearest_readable(colour: str, grounds: tuple[str, ...] = LIGHT_GROUNDS) -> str:
    """The colour of the same hue, as little darker or lighter as it takes to be readable."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(_STEPS + 1):
        for moved in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= moved <= 1:
                tried = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
                if is_readable(tried, grounds):
                    return tried
    return "#1e2a56" if grounds == LIGHT_GROUNDS else "#bcc7f3"


def at_night(colour: str) -> str:
    """What stands for the colour on dark grounds."""
    return nearest_readable(colour, DARK_GROUNDS)


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in channels)
