"""What the catalogue needs of the outside world."""

from collections.abc import AsyncIterable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol, TypeAlias
from uuid import UUID

from marketplace.kernel.ports import Port
from marketplace.kernel.viewer import Viewer

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None


class Sheet(Protocol):
    """A table of cells that can be walked through more than once without being held in memory."""

    @property
    def name(self) -> str:
        """The name of the file."""
        ...

    @property
    def digest(self) -> str:
        """What tells this content from any other."""
        ...

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row with its number in the file, from the first."""
        ...


class Spreadsheets(Protocol):
    """Reads the files sellers keep their goods in, and writes the rows that must be mended."""

    def open(self, path: Path, name: str) -> Sheet:
        """The sheet of a file.

        Raises:
            ImportFileError: it is no file that can be read.
        """
        ...

    def received(
        self,
        name: str,
        content: AsyncIterable[bytes],
    ) -> AbstractAsyncContextManager[Sheet]:
        """The sheet of an upload, kept for as long as the block lasts.

        Raises:
            ImportFileError: it is too large, or no file that can be read.
        """
        ...

    def begin(
        self, path: Path, title: str, *, is_workbook: bool
    ) -> AbstractContextManager["SheetWriter"]:
        """A new file, XLSX or CSV, finished when the block ends; its rows are not held."""
        ...

    def write(
        self,
        title: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        marked: Mapping[int, Sequence[int]],
    ) -> bytes:
        """A workbook of these rows; `marked` names the columns to colour, by the row's index."""
        ...


class SheetWriter(Protocol):
    """A file that grows row by row."""

    def append(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write more rows."""
        ...


class ProductFinder(Protocol):
    """Finds products by what people typed; the search package stands behind it."""

    async def find_products(self, text: str, limit: int, viewer: Viewer) -> Sequence[UUID]:
        """The keys of what fits, the best first; fewer than that when fewer fit."""
        ...


PRODUCT_FINDER = Port[ProductFinder]("product finder")
SPREADSHEETS = Port[Spreadsheets]("spreadsheets")
