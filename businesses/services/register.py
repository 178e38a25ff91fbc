"""The department's own register, taken in from a file: safe to do again, row by row.

A line says whether a business is at work under a name; matched by the number's keyed hash it is
the channel "register file" of the verification.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from businesses.errors import RegisterFileError
from businesses.models import Business, RegisterEntry
from businesses.policies import lookup as policies
from businesses.ports import Cell, Table
from businesses.queries import lookup as queries
from businesses.queries.businesses import business_for_change
from businesses.rules.lookup import RegisterStatus, may_sell_with, same_name, status_of
from businesses.rules.register import (
    LOOKED_AT,
    MOST_ROWS,
    REQUIRED,
    RegisterField,
    columns_of,
    date_in,
    number_in,
    text_of,
)
from businesses.rules.verification import VerificationChannel
from businesses.services.identity import number_hash
from businesses.services.verification import record_check
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.text import fold
from marketplace.kernel.unit_of_work import UnitOfWork

# A register is told anew twice a year at least; older lines prove nothing any more.
GOOD_FOR: Final = timedelta(days=200)
_BATCH: Final = 500
_MOST_PROBLEMS: Final = 1000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: where, and a message id; numbers of people are not repeated."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be taken in."""

    row: int
    identifier_hash: bytes
    masked: str
    name: str
    address: str
    status_words: str
    registered_on: date | None


@dataclass(slots=True)
class RegisterImport:
    """How taking the register in went."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    matched: int = 0
    problems: list[RowProblem] = field(default_factory=list)


async def import_register(
    unit: UnitOfWork,
    sealer: Sealer,
    table: Table,
    mapping: Mapping[str, str] | None = None,
) -> RegisterImport:
    """Take the register's lines in; the same file again changes nothing.

    Raises:
        NotPermittedError: it is for officers of the whole province and administrators.
        RegisterFileError: no row of the file names its columns, or it is too long.
    """
    if not policies.may_import_register(unit.viewer):
        raise NotPermittedError
    report = RegisterImport()
    lines = _lines(unit, sealer, table, mapping or {}, report)
    for start in range(0, len(lines), _BATCH):
        await _take(unit, table.name, lines[start : start + _BATCH], report)
    return report


async def check_against_register(unit: UnitOfWork, business_id: UUID) -> bool:
    """Compare a business with the line of its number; whether there is one.

    So that a business which joins after the file was taken in is found in it, too.
    """
    number = await unit.session.scalar(queries.number_of(business_id))
    business = await unit.session.scalar(business_for_change(business_id))
    if number is None or business is None:
        return False
    entry = await unit.session.scalar(queries.entries_of([number.lookup_hash]))
    if entry is None or entry.seen_at + GOOD_FOR <= unit.now:
        return False
    await _check(unit, business, entry)
    return True


def _lines(
    unit: UnitOfWork,
    sealer: Sealer,
    table: Table,
    mapping: Mapping[str, str],
    report: RegisterImport,
) -> list[Line]:
    columns: dict[RegisterField, int] = {}
    lines: dict[bytes, Line] = {}
    for row, cells in table.rows():
        if not columns:
            found = columns_of(cells, mapping)
            columns = found if all(each in found for each in REQUIRED) else {}
            if not columns and row >= LOOKED_AT:
                break
            continue
        if not any(text_of(cell) for cell in cells):
            continue
        report.rows += 1
        if report.rows > MOST_ROWS:
            message = _("The file has more than {count} rows.")
            raise RegisterFileError(message, field="file", count=MOST_ROWS)
        line = _line(unit, sealer, row, cells, columns, report)
        if line is not None:
            lines[line.identifier_hash] = line
    if not columns:
        raise RegisterFileError(
            _("No row of the file names its columns: number, name and status are needed."),
            field="file",
        )
    return list(lines.values())


def _line(
    unit: UnitOfWork,
    sealer: Sealer,
    row: int,
    cells: Sequence[Cell],
    columns: Mapping[RegisterField, int],
    report: RegisterImport,
) -> Line | None:
    def told(target: RegisterField) -> str:
        index = columns.get(target)
        return text_of(cells[index]) if index is not None and index < len(cells) else ""

    problems: list[tuple[RegisterField, str]] = []
    number = number_in(told(RegisterField.IDENTIFIER), local_day(unit.now))
    if number is None:
        problems.append((RegisterField.IDENTIFIER, _("This is no tax code or personal number.")))
    if not told(RegisterField.NAME):
        problems.append((RegisterField.NAME, _("The name is missing.")))
    words = told(RegisterField.STATUS)
    if status_of(words) is RegisterStatus.UNKNOWN:
        problems.append((RegisterField.STATUS, _("This status is not known.")))
    day = told(RegisterField.REGISTERED_ON)
    if day and date_in(day) is None:
        problems.append((RegisterField.REGISTERED_ON, _("This is no date.")))
    room = _MOST_PROBLEMS - len(report.problems)
    report.problems += [RowProblem(row, str(each), text) for each, text in problems[:room]]
    if number is None or problems:
        return None
    return Line(
        row=row,
        identifier_hash=number_hash(sealer, number.digits),
        masked=number.masked,
        name=told(RegisterField.NAME)[:400],
        address=told(RegisterField.ADDRESS)[:500],
        status_words=words[:300],
        registered_on=date_in(day),
    )


async def _take(
    unit: UnitOfWork, file_name: str, lines: Sequence[Line], report: RegisterImport
) -> None:
    hashes = [line.identifier_hash for line in lines]
    kept = {
        entry.identifier_hash: entry
        for entry in await unit.session.scalars(queries.entries_of(hashes).with_for_update())
    }
    fresh: dict[bytes, RegisterEntry] = {}
    for line in lines:
        entry = kept.get(line.identifier_hash)
        if entry is None:
            entry = RegisterEntry(
                identifier_hash=line.identifier_hash, identifier_masked=line.masked
            )
            unit.session.add(entry)
            report.created += 1
        elif _says(entry) == (line.name, line.address, line.status_words, line.registered_on):
            report.unchanged += 1
            entry.seen_at = unit.now
            continue
        else:
            report.changed += 1
        _write(entry, line, unit, file_name)
        fresh[line.identifier_hash] = entry
    await unit.session.flush()
    for holder in await unit.session.scalars(queries.holders_of(list(fresh))):
        business = await unit.session.scalar(business_for_change(holder.business_id))
        if business is not None:
            report.matched += 1
            await _check(unit, business, fresh[holder.lookup_hash])


def _says(entry: RegisterEntry) -> tuple[str, str, str, date | None]:
    return entry.name, entry.address, entry.status_words, entry.registered_on


def _write(entry: RegisterEntry, line: Line, unit: UnitOfWork, file_name: str) -> None:
    entry.name, entry.name_folded = line.name, fold(line.name)[:400]
    entry.address, entry.registered_on = line.address, line.registered_on
    entry.status, entry.status_words = status_of(line.status_words), line.status_words
    entry.file_name, entry.row_number, entry.seen_at = file_name[:200], line.row, unit.now


async def _check(unit: UnitOfWork, business: Business, entry: RegisterEntry) -> None:
    is_same = same_name(business.name, entry.name)
    await record_check(
        unit,
        business,
        VerificationChannel.REGISTER_FILE,
        may_sell_with(entry.status) and is_same,
        {
            "file": entry.file_name,
            "row": entry.row_number,
            "status": entry.status_words,
            "sameName": is_same,
        },
        entry.seen_at + GOOD_FOR,
    )
