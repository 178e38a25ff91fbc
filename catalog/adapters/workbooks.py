"""The first visible sheet of an XLSX workbook, streamed."""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

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
                yield number, cast("Sequence[Cell]", row)
        finally:
            book.close()
