"""Tables as text: CSV in whatever encoding and with whatever separator a program wrote it."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from catalog.ports import Cell
from catalog.services.imports.problems import ImportFileError
from marketplace.kernel.i18n import _

SEPARATORS: Final = (";", ",", "\t", "|")
LONGEST_CELL: Final = 100_000
_SAMPLE: Final = 64 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class TextTable:
    """Reads line by line; quoted cells may hold separators and line ends."""

    def __init__(self, path: Path, name: str, digest: str) -> None:
        self.name = name
        self.digest = digest
        self._path = path
        self._encoding: str | None = None

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Every row with its number, from the first.

        Raises:
            ImportFileError: it is no text, or its quotes never end.
        """
        if self._encoding is None:
            self._encoding = encoding_of(self._path)
        csv.field_size_limit(LONGEST_CELL)
        try:
            with self._path.open(encoding=self._encoding, newline="") as file:
                separator = separator_of(file.read(_SAMPLE))
                file.seek(0)
                # A zero is no letter: databases refuse it, and people do not see it.
                lines = (line.replace("\x00", "") for line in file)
                yield from enumerate(csv.reader(lines, delimiter=separator), start=1)
        except (csv.Error, UnicodeError) as error:
            raise ImportFileError(_("The file is damaged.")) from error


def encoding_of(path: Path) -> str:
    """The encoding of a text: by its mark, else UTF-8 where it fits, else Windows Vietnamese.

    Raises:
        ImportFileError: it is no text at all.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        # Excel's "Unicode text" may come without its mark: every other byte of ASCII is then 0.
        if start[1:200:2].count(0) > len(start[:200]) // 4:
            return "utf-16-le"
        if start[0:200:2].count(0) > len(start[:200]) // 4:
            return "utf-16-be"
        if b"\x00" in start:
            raise ImportFileError(_("This is neither an Excel file nor a CSV file."))
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while start:
                decoder.decode(start)
                start = file.read(_SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1258"
        return "utf-8"


def separator_of(sample: str) -> str:
    """The separator that the first lines have most of, outside quotes."""
    counts = dict.fromkeys(SEPARATORS, 0)
    is_quoted = False
    lines = 0
    for sign in sample:
        if sign == '"':
            is_quoted = not is_quoted
        elif not is_quoted and sign in counts:
            counts[sign] += 1
        elif not is_quoted and sign == "\n":
            lines += 1
            if lines > 2 and any(counts.values()):  # noqa: PLR2004 - a title and the header
                break
    return max(SEPARATORS, key=lambda separator: counts[separator])
