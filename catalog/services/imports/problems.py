"""What can be wrong with a file, a row or a cell, in sentences its owner can act upon."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

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
        return (
            f"{get_column_letter(self.column + 1)}{self.row}" if self.column >= 0 else f"{self.row}"
        )
