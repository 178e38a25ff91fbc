"""The colours of the house carry text that can be read (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[2] / "frontend" / "assets" / "styles" / "theme.css"
TEXT = 4.5
EDGE = 3.0
GROUNDS = ("paper", "card", "shade")
PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("text", "soft", "indigo", "red", "tea")
        for ground in GROUNDS
    ),
    *(("star-text", ground, TEXT) for ground in (*GROUNDS, "star-tint")),
    ("on-indigo", "indigo", TEXT),
    ("on-indigo", "indigo-hover", TEXT),
    ("indigo", "indigo-tint", TEXT),
    ("soft", "indigo-tint", TEXT),
    ("tea", "tea-tint", TEXT),
    ("red", "red-tint", TEXT),
    ("text", "star-tint", TEXT),
    ("text", "land-3", TEXT),
    ("edge", "paper", EDGE),
    ("edge", "card", EDGE),
]


def tokens(theme: str) -> dict[str, str]:
    css = THEME.read_text(encoding="utf-8").split("@theme", 1)[0]
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", light))
    if theme == "dark":
        found |= dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", dark))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_a_pair_is_readable(theme: str, ink: str, ground: str, least: float) -> None:
    colours = tokens(theme)

    assert contrast(colours[ink], colours[ground]) >= least
