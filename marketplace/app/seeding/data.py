"""The files of a province, as their README describes them."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

# The shapes are told in the province's README; every reader takes what it needs and no more.
Record = dict[str, Any]


@dataclass(frozen=True)
class ProvinceData:
    """Reads each file of the province's folder once, when it is first asked for."""

    folder: Path

    @cached_property
    def province(self) -> Record:
        """Names, operator and map."""
        return self._read("province.json")

    @cached_property
    def units(self) -> Record:
        """Administrative units and their aliases."""
        return self._read("units.json")

    @cached_property
    def departments(self) -> list[Record]:
        """The departments whose officers look after the marketplace."""
        return self._list("departments.json", "departments")

    @cached_property
    def legal_bases(self) -> list[Record]:
        """Where rules come from, with dates."""
        return self._list("law/legal_bases.json", "legal_bases")

    @cached_property
    def holidays(self) -> list[Record]:
        """Days that are not what their weekday says."""
        return self._list("law/holidays.json", "holidays")

    @cached_property
    def retention_rules(self) -> list[Record]:
        """How long things are kept."""
        return self._list("law/retention_rules.json", "retention_rules")

    @cached_property
    def industries(self) -> Record:
        """The lines of business, and the version of their classification."""
        return self._read("registration/industries.json")

    @cached_property
    def categories(self) -> list[Record]:
        """The category tree, parents before children."""
        return self._list("catalogue/categories.json", "categories")

    @cached_property
    def attributes(self) -> list[Record]:
        """Typed attributes and their choices."""
        return self._list("catalogue/attributes.json", "attributes")

    @cached_property
    def product_types(self) -> list[Record]:
        """Product types and the attributes they have."""
        return self._list("catalogue/product_types.json", "product_types")

    @cached_property
    def kinds(self) -> dict[str, Record]:
        """The kinds of goods of the province, by slug."""
        return {kind["slug"]: kind for kind in self._list("catalogue/kinds.json", "kinds")}

    @cached_property
    def businesses(self) -> list[Record]:
        """The demo's businesses and what they make."""
        return self._list("demo/businesses.json", "businesses")

    @cached_property
    def stores(self) -> list[Record]:
        """What some of those businesses show of themselves."""
        return self._list("demo/stores.json", "stores")

    @cached_property
    def collections(self) -> list[Record]:
        """Collections: which kinds they show."""
        return self._list("collections.json", "collections")

    @cached_property
    def menus(self) -> Record:
        """The lines of the menus `navbar` and `footer`."""
        return self._read("menus.json")

    @cached_property
    def page_files(self) -> list[Path]:
        """The Markdown files of the pages, in both languages."""
        return sorted((self.folder / "pages").glob("*.md"))

    def _list(self, name: str, key: str) -> list[Record]:
        found: list[Record] = self._read(name)[key]
        return found

    def _read(self, name: str) -> Record:
        found: Record = json.loads((self.folder / name).read_text("utf-8"))
        return found
