"""Whose site this is: name, words and operator, read from the folder of the province."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.kernel.i18n import Language


@dataclass(frozen=True, slots=True)
class Brand:
    """What `province.json` says about the site."""

    facts: Mapping[str, Any]

    def words(self, name: str, language: Language) -> str:
        """A text of the province in the reader's language, "" without one."""
        return in_language(self.facts.get(name), language)

    def operator(self, language: Language) -> dict[str, str]:
        """Who answers for the site, as the footer must say."""
        entries = self.facts.get("operator", {})
        return {name: in_language(value, language) for name, value in entries.items()}

    @property
    def is_demo(self) -> bool:
        """Whether the businesses and prices shown are invented."""
        return bool(self.facts.get("is_demo"))

    @property
    def map(self) -> Mapping[str, Any]:
        """Bounding box, centre and landmarks of the drawn map."""
        found: Mapping[str, Any] = self.facts.get("map", {})
        return found


def in_language(value: object, language: Language) -> str:
    """A text that may be given once, or once per language."""
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("vi") or "")
    return "" if value is None else str(value)


@cache
def read_brand(province: Path) -> Brand:
    """The brand of a province's folder."""
    return Brand(json.loads((province / "province.json").read_text(encoding="utf-8")))
