"""The first visible sheet of an XLSX workbook, streamed."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, cast
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from catalog.adapters.text_tables import LONGEST_CELL
from catalog.ports import Cell
from catalog.services.imports.problems import ImportFileError
from marketplace.kernel.i18n import _

_DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
)


# Excel's own; a row that says it is a later one would be preceded by as many empty ones.
LAST_ROW: Final = 1_048_576
# Beyond, nothing of ours is named: a row of the widest sheet is 18,278 cells.
MOST_COLUMNS: Final = 500


class WorkbookSheet:
    """Reads cell by cell; formulas show the value they had when the file was saved."""

    def __init__(self, path: Path, name: str, digest: str) -> None:
        self.name = name
        self.digest = digest
        self._path = path

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row with its number, from the first.

        Raises:
            ImportFileError: the workbook is damaged.
        """
        try:
            yield from self._rows()
        except _DAMAGED as error:
            raise ImportFileError(_("The file is damaged.")) from error

    def _rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        with warnings.catch_warnings():
            # Styles and extensions that openpyxl leaves out do not touch the cells.
            warnings.simplefilter("ignore")
            book = load_workbook(self._path, read_only=True, data_only=True, keep_links=False)
        try:
            visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not visible:
                raise ImportFileError(_("The workbook has no sheet."))
            sheet = visible[0]
            # Some programs write a wrong size of the sheet; without one the rows themselves count.
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                if number > LAST_ROW:
                    raise ImportFileError(
                        _("At most {count} rows fit in one file."), count=LAST_ROW
                    )
                yield number, _checked(row[:MOST_COLUMNS])
        finally:
            book.close()


def _checked(row: Sequence[Any]) -> Sequence[Cell]:
    """The row, unless a cell holds more than the cells of a text table may."""
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
        raise ImportFileError(_("A cell holds more than {count} letters."), count=LONGEST_CELL)
    return cast("Sequence[Cell]", row)
