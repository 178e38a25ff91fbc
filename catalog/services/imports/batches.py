"""The file in batches of whole products, so that a transaction never holds half of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from catalog.ports import Sheet
from catalog.services.imports.cells import is_blank, shortened
from catalog.services.imports.columns import Field, Layout
from catalog.services.imports.drafts import ProductDraft, ProductValues, VariantDraft
from catalog.services.imports.problems import CellError, CellProblem, ImportFileError
from catalog.services.imports.rows import Row, RowReader, problem_at
from marketplace.kernel.i18n import _

BATCH_ROWS: Final = 500
MOST_ROWS: Final = 200_000


@dataclass(slots=True)
class Batch:
    """Some whole products, and the rows among them that could not be understood."""

    rows: int = 0
    products: list[ProductDraft] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    typed: dict[int, tuple[str, ...]] = field(default_factory=dict)


def batches_of(sheet: Sheet, layout: Layout, reader: RowReader) -> Iterator[Batch]:
    """Walk through the file once.

    Raises:
        ImportFileError: the file has more rows than one import may.
    """
    grouping = _Grouping(layout, reader)
    total = 0
    for number, cells in sheet.rows():
        if number <= layout.header_row or all(is_blank(cell) for cell in cells):
            continue
        total += 1
        if total > MOST_ROWS:
            raise ImportFileError(_("At most {count} rows fit in one file."), count=MOST_ROWS)
        row, problems = reader.read(number, cells)
        if row is not None and grouping.is_full and grouping.begins_anew(row):
            yield grouping.handed_over()
        grouping.batch.rows += 1
        if row is None:
            grouping.refuse(number, tuple(shortened(cell) for cell in cells), problems)
        else:
            grouping.add(row)
    if grouping.batch.rows:
        yield grouping.handed_over()


class _Grouping:
    """Rows of one product code, as they come."""

    def __init__(self, layout: Layout, reader: RowReader) -> None:
        self.batch = Batch()
        self._layout = layout
        self._reader = reader
        self._last: str | None = None
        # Numbers instead of texts: the only thing that grows with the file.
        self._first_rows: dict[int, int] = {}

    @property
    def is_full(self) -> bool:
        return self.batch.rows >= BATCH_ROWS

    def begins_anew(self, row: Row) -> bool:
        return row.code != self._last

    def handed_over(self) -> Batch:
        """The batch so far; the next one begins empty."""
        done, self.batch = self.batch, Batch()
        return done

    def refuse(self, number: int, typed: tuple[str, ...], problems: list[CellProblem]) -> None:
        """Remember a row that could not be understood."""
        self.batch.problems.extend(problems)
        self.batch.typed[number] = typed

    def add(self, row: Row) -> None:
        """Take the row to its product, or refuse it."""
        try:
            if row.code != self._last or not self.batch.products:
                self._begin(row)
            else:
                self._continue(row)
        except _RowError as error:
            column = self._layout.column_of(error.field)
            cell = row.typed[column.index] if column and column.index < len(row.typed) else ""
            problem = problem_at(row.number, column, cell, error.problem)
            self.refuse(row.number, row.typed, [problem])

    def _begin(self, row: Row) -> None:
        first = self._first_rows.get(hash(row.code))
        if first is not None:
            raise _RowError(
                Field.CODE,
                CellError(
                    _("This product began in row {row}; rows of one product stand together."),
                    "SCATTERED",
                    row=first,
                ),
            )
        self._first_rows[hash(row.code)] = row.number
        self._last = row.code
        product = ProductDraft(row.number, row.code, row.product)
        product.variants.append(_variant(row, 0))
        self.batch.products.append(product)

    def _continue(self, row: Row) -> None:
        product = self.batch.products[-1]
        known = cast("dict[str, Any]", product.values)
        for name, value in cast("Mapping[str, Any]", row.product).items():
            if name in known and known[name] != value:
                raise _RowError(
                    _FIELD_OF.get(name, Field.CODE),
                    CellError(
                        _("Row {row} says otherwise about the same product."),
                        "CONTRADICTION",
                        row=product.row,
                    ),
                )
        for variant in product.variants:
            if variant.code == row.variant_code:
                raise _RowError(
                    Field.SKU if self._layout.has(Field.SKU) else Field.PACKING,
                    CellError(
                        _("This packing of the product stands in row {row} already."),
                        "DOUBLED",
                        row=variant.row,
                    ),
                )
        product.values = cast("ProductValues", {**known, **row.product})
        product.variants.append(_variant(row, len(product.variants)))


class _RowError(Exception):
    """A row that contradicts another one."""

    def __init__(self, field: Field, problem: CellError) -> None:
        super().__init__(problem.message)
        self.field = field
        self.problem = problem


_FIELD_OF: Final = {
    "name": Field.NAME,
    "category": Field.CATEGORY,
    "product_type": Field.PRODUCT_TYPE,
    "description": Field.DESCRIPTION,
    "name_en": Field.NAME_EN,
    "description_en": Field.DESCRIPTION_EN,
    "origin_place_id": Field.PLACE,
    "pictures": Field.PICTURES,
    "harvest_months": Field.HARVEST_MONTHS,
    "is_published": Field.PUBLISHED,
}


def _variant(row: Row, position: int) -> VariantDraft:
    return VariantDraft(row.number, row.variant_code, position, row.variant, row.typed)
