"""Today's names of the built files, and the sprite that every page carries."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

STATIC: Final = Path(__file__).parent / "static"
DIST: Final = STATIC / "dist"


@cache
def manifest() -> Mapping[str, str]:
    """Built names by plain name, as `npm run build` wrote them."""
    found: dict[str, str] = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    return found


def asset(name: str) -> str:
    """The address of a built file; its name changes with its content."""
    return f"/static/dist/{manifest()[name]}"


@cache
def sprite() -> Markup:
    """The icons of the house as one inline sprite."""
    text = (DIST / manifest()["icons.svg"]).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - a file of our own build


def icon(name: str) -> Markup:
    """One icon of the sprite; it only decorates, words stand beside it."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>').format(name)
