"""Whose site this is: name, words, operator and seasons, read from the folder of the province."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from marketplace.kernel.i18n import Language

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Brand:
    """What `province.json` says about the site."""

    facts: Mapping[str, Any]
    seasons: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def in_season(self, month: int) -> list[str]:
        """The collections whose months these are, the one that began last first."""
        running = {
            slug: next(ago for ago in range(12) if (month - ago - 2) % 12 + 1 not in months)
            for slug, months in self.seasons.items()
            if month in months and len(months) < MONTHS
        }
        return sorted(running, key=running.__getitem__)

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

    def landmarks(self, language: Language) -> list[dict[str, Any]]:
        """Lakes, mountains and the like for the drawn map."""
        marks = self.facts.get("map", {}).get("landmarks", [])
        return [{**mark, "name": in_language(mark["name"], language)} for mark in marks]


def in_language(value: object, language: Language) -> str:
    """A text that may be given once, or once per language."""
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("vi") or "")
    return "" if value is None else str(value)


@cache
def read_brand(province: Path) -> Brand:
    """The brand of a province's folder."""
    facts = json.loads((province / "province.json").read_text(encoding="utf-8"))
    collections = json.loads((province / "collections.json").read_text(encoding="utf-8"))
    seasons = {one["slug"]: tuple(one["months"]) for one in collections["collections"]}
    return Brand(facts, {slug: months for slug, months in seasons.items() if months})
