"""What the columns of a file that was received are taken for, so that its owner can say better."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import Attribute, ImportRun
from catalog.services.imports.columns import Column, read_columns
from catalog.services.imports.reference import name_key


@dataclass(frozen=True, slots=True)
class GuessedColumn:
    """A column, what it is taken for, and what stands in its first rows."""

    name: str
    field: str | None
    sample: list[str]


def columns_of(run: ImportRun, attributes: Iterable[Attribute]) -> list[GuessedColumn]:
    """The columns of a run's file in their order; empty ones are left out."""
    names: dict[str, str] = {}
    for row in attributes:
        spoken = (row.slug, name_key(row.slug), name_key(row.name), name_key(row.name_en or ""))
        names |= {name: row.slug for name in spoken if name}
    known = {column.index: _said(column) for column in read_columns(run.header, names)}
    return [
        GuessedColumn(
            name,
            run.mapping.get(name) or known.get(index),
            [row[index] for row in run.sample if index < len(row)],
        )
        for index, name in enumerate(run.header)
        if name
    ]


def _said(column: Column) -> str | None:
    if column.field is not None:
        return column.field.value
    if column.attribute is not None:
        return f"attribute:{column.attribute}"
    return None
