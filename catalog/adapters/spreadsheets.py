"""Workbooks (XLSX) and text tables (CSV) as sheets that are walked through row by row."""

import csv
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TextIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from catalog.adapters.archives import refuse_bomb
from catalog.adapters.text_tables import TextTable
from catalog.adapters.workbooks import WorkbookSheet
from catalog.ports import Cell, Sheet, SheetWriter
from catalog.services.imports.cells import harmless
from catalog.services.imports.problems import ImportFileError, column_letters
from marketplace.kernel.i18n import _
from marketplace.media.rules.kinds import sniff

MOST_BYTES: Final = 30 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# Programs, pages and pictures that are no pictures here; the signs of many are letters in CSV.
_NO_TEXT: Final = (b"MZ\x90", b"\x7fELF", b"<", b"II*\x00", b"MM\x00*", b"\x00\x00\x00")
# No table has fewer bytes: a letter, a separator, a letter and the end of the line.
_SHORTEST: Final = 4
_MARK: Final = PatternFill("solid", fgColor="FBE3DC")
_HEAD: Final = PatternFill("solid", fgColor="EDE6D6")
_WIDE: Final = 42
_NORMAL: Final = 18


class _GrowingWorkbook:
    """Rows of a workbook go to a file of their own as they come."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        self._sheet = sheet

    def append(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write more rows."""
        for row in rows:
            self._sheet.append(row)


class _GrowingText:
    """Semicolons stand between the cells, as spreadsheets in Vietnam expect."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, delimiter=";")

    def append(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write more rows."""
        self._writer.writerows(rows)


class FileSpreadsheets:
    """Reads and writes spreadsheets with openpyxl and the standard library."""

    def open(self, path: Path, name: str) -> Sheet:
        """The sheet of a file, by what its first bytes are rather than by its name.

        Raises:
            ImportFileError: it is too large, or no file that can be read.
        """
        try:
            if path.stat().st_size > MOST_BYTES:
                message = _("The file is larger than {count} MB.")
                raise ImportFileError(message, count=MOST_BYTES >> 20)
            with path.open("rb") as file:
                start = file.read(16)
                file.seek(0)
                digest = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ImportFileError(_("The file cannot be read.")) from error
        if start.startswith(_OLD_WORKBOOK):
            message = _("This is an old Excel file (.xls). Save it as .xlsx and try again.")
            raise ImportFileError(message)
        if start.startswith(_ZIP):
            refuse_bomb(path)
            return WorkbookSheet(path, name, digest)
        if len(start) < _SHORTEST or sniff(start) or start.startswith(_NO_TEXT):
            raise ImportFileError(_("This is neither an Excel file nor a CSV file."))
        return TextTable(path, name, digest)

    @asynccontextmanager
    async def received(self, name: str, content: AsyncIterable[bytes]) -> AsyncIterator[Sheet]:
        """The sheet of an upload, kept for as long as the block lasts.

        Raises:
            ImportFileError: it is too large, or no file that can be read.
        """
        with TemporaryDirectory(prefix="import-") as folder:
            # The reader of workbooks wants a name that ends so; what it is, its first bytes tell.
            path = Path(folder) / "sheet.xlsx"
            size = 0
            with path.open("wb") as file:
                async for part in content:
                    size += len(part)
                    if size > MOST_BYTES:
                        message = _("The file is larger than {count} MB.")
                        raise ImportFileError(message, count=MOST_BYTES >> 20)
                    file.write(part)
            yield self.open(path, name)

    @contextmanager
    def begin(self, path: Path, title: str, *, is_workbook: bool) -> Iterator[SheetWriter]:
        """A new file, XLSX or CSV, finished when the block ends; its rows are not held."""
        if not is_workbook:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                yield _GrowingText(file)
            return
        book = Workbook(write_only=True)
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        yield _GrowingWorkbook(sheet)
        book.save(path)

    def write(
        self,
        title: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        marked: Mapping[int, Sequence[int]],
    ) -> bytes:
        """A workbook of these rows; `marked` names the columns to colour, by the row's index."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        for index in range(len(header)):
            letter = column_letters(index)
            last = index == len(header) - 1
            sheet.column_dimensions[letter].width = _WIDE if last else _NORMAL
        head = []
        for text in header:
            cell = WriteOnlyCell(sheet, value=harmless(text))
            cell.font, cell.fill = Font(bold=True), _HEAD
            head.append(cell)
        sheet.append(head)
        for number, row in enumerate(rows):
            cells = []
            for index, text in enumerate(row):
                cell = WriteOnlyCell(sheet, value=harmless(text))
                cell.alignment = Alignment(vertical="top", wrap_text=index == len(header) - 1)
                if index in marked.get(number, ()):
                    cell.fill = _MARK
                cells.append(cell)
            sheet.append(cells)
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()
