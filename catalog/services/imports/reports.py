"""The rows that must be mended, as a sheet: as they were typed, and why they were refused."""

from collections.abc import Iterable, Sequence
from typing import Final

from catalog.models import ImportRow, ImportRun
from catalog.ports import Spreadsheets
from marketplace.kernel.i18n import Language, translate

ERROR_COLUMN: Final[dict[Language, str]] = {"vi": "Lỗi", "en": "Error"}
ROW_COLUMN: Final[dict[Language, str]] = {"vi": "Dòng", "en": "Row"}


def reason(row: ImportRow, language: Language) -> str:
    """Why the row was refused, in the reader's language."""
    return translate(row.message, language, **row.parameters)


def error_sheet(
    spreadsheets: Spreadsheets,
    run: ImportRun,
    problems: Iterable[ImportRow],
    languages: Sequence[Language] = ("vi", "en"),
) -> bytes:
    """A workbook of the refused rows; mended, it can be taken in again as it is.

    The columns stand where they stood, so that the cells named in the reasons are right; the
    reasons follow behind them, and a second import leaves them alone.
    """
    first = languages[0]
    width = len(run.header)
    rows: dict[int, list[str]] = {}
    reasons: dict[int, list[str]] = {}
    marked: dict[int, list[int]] = {}
    for problem in problems:
        if problem.row not in rows:
            typed = [*(problem.typed or ()), *[""] * width][:width]
            rows[problem.row] = typed
        said = " / ".join(dict.fromkeys(reason(problem, language) for language in languages))
        reasons.setdefault(problem.row, []).append(f"{problem.cell}: {said}")
        if problem.column in run.header:
            marked.setdefault(problem.row, []).append(run.header.index(problem.column))
    numbers = sorted(rows)
    return spreadsheets.write(
        ERROR_COLUMN[first],
        [*run.header, ROW_COLUMN[first], ERROR_COLUMN[first]],
        ([*rows[number], str(number), "\n".join(reasons[number])] for number in numbers),
        {index: marked.get(number, []) for index, number in enumerate(numbers)},
    )
