"""What a batch would change, as rows ready to be written, and how each row of the file fares."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from catalog.services.imports.problems import CellProblem

Row = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """Rows by table and by what is to be done with them; nothing in it has been written."""

    new_products: list[Row] = field(default_factory=list)
    changed_products: list[Row] = field(default_factory=list)
    english: list[Row] = field(default_factory=list)
    variant_english: list[Row] = field(default_factory=list)
    media: dict[UUID, tuple[str, tuple[UUID, ...]]] = field(default_factory=dict)
    papers: list[Row] = field(default_factory=list)
    new_variants: list[Row] = field(default_factory=list)
    changed_variants: list[Row] = field(default_factory=list)
    emptied_prices: list[tuple[UUID, UUID]] = field(default_factory=list)
    prices: list[Row] = field(default_factory=list)
    stocks: list[Row] = field(default_factory=list)
    choices: dict[tuple[UUID, str], Row] = field(default_factory=dict)
    moves: list[Row] = field(default_factory=list)
    touched: dict[UUID, None] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """How the rows of a batch fare."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[CellProblem] = field(default_factory=list)
    typed: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """How many rows cannot be taken in."""
        return len(self.typed)
