"""What can be wrong with a file, a row or a cell, in sentences its owner can act upon."""

from dataclasses import dataclass, field

from marketplace.kernel.errors import DomainError

LONGEST_VALUE = 200


class ImportFileError(DomainError):
    """The file as a whole cannot be taken in."""

    code = "INVALID"
    field = "file"


class CellError(Exception):
    """A cell cannot be understood; the reader of rows adds where it stands."""

    def __init__(self, message: str, code: str = "INVALID", **parameters: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing that is wrong with one row: where, what was typed, and why it cannot be."""

    row: int
    column: int
    header: str
    value: str
    message: str
    code: str
    parameters: dict[str, str | int] = field(default_factory=dict)

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it: "E17"; the row alone where no column is at fault."""
        return f"{column_letters(self.column)}{self.row}" if self.column >= 0 else str(self.row)


def column_letters(index: int) -> str:
    """A column as spreadsheets name it: 0 → "A", 26 → "AA"."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
