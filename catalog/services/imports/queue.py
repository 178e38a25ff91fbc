"""Imports that wait for a worker: a file is received, mapped, tried and taken in, each by itself.

The file lies in parts beside its run until it has been taken in for good, so that it is tried and
taken in by whichever worker is free, and on no machine in particular.
"""

from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from businesses.models import Business
from businesses.services.activity import record_change
from catalog import policies
from catalog.models import ImportFilePart, ImportRow, ImportRun
from catalog.ports import Cell, Sheet
from catalog.rules import ImportState
from catalog.services.imports.cells import as_typed, is_blank
from catalog.services.imports.columns import DEEPEST_HEADER, Layout, find_layout
from catalog.services.imports.problems import ImportFileError
from catalog.services.imports.reference import load_reference
from catalog.services.imports.runs import ImportOptions, ImportPolicy
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import DomainError, NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import Assisting, HelpScope, MemberRole, Viewer

SAMPLE_ROWS: Final = 3
LONGEST_CELL: Final = 120
WAITING: Final = frozenset({ImportState.QUEUED, ImportState.RUNNING})


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came: its sheet, its first rows, and its bytes in parts."""

    sheet: Sheet
    first: Sequence[Sequence[Cell]]
    parts: AsyncIterable[bytes]


def first_rows(sheet: Sheet) -> list[Sequence[Cell]]:
    """The rows among which the names of the columns stand, and a few below them."""
    return [row for _number, row in islice(sheet.rows(), DEEPEST_HEADER + SAMPLE_ROWS)]


async def receive_file(
    unit: UnitOfWork,
    business_id: UUID,
    received: Received,
    mapping: Mapping[str, str],
    *,
    is_strict: bool,
) -> ImportRun:
    """Keep a file for an import; nothing of it is taken in yet.

    Args:
        unit: the change.
        business_id: whose goods.
        received: the file.
        mapping: what columns hold, where their names do not tell.
        is_strict: refuse a file whose columns do not tell enough; else ask its owner.

    Raises:
        NotFoundError: there is no such business for the viewer.
        NotPermittedError: the viewer does not set prices for the business.
        ImportFileError: the file as a whole cannot be taken in.
    """
    business = await unit.session.get(Business, business_id)
    if business is None:
        raise NotFoundError(_("There is no such business."), field="businessId")
    if not policies.may_set_prices(unit.viewer, business_id):
        raise NotPermittedError
    layout = await _layout(unit, received.first, mapping, is_strict=is_strict)
    header = layout.header if layout is not None else _likely_header(received.first)
    begin = layout.header_row if layout is not None else _row_of(received.first, header)
    run = ImportRun(
        id=new_id(),
        business_id=business_id,
        digest=received.sheet.digest,
        file_name=received.sheet.name[:250],
        policy=ImportPolicy.SKIP_BAD_ROWS.value,
        mapping=dict(mapping),
        header=list(header),
        unknown_columns=list(layout.unknown) if layout is not None else [],
        sample=[_shown(row) for row in received.first[begin : begin + SAMPLE_ROWS]],
        state=ImportState.RECEIVED,
        is_dry_run=True,
        started_by_id=unit.viewer.user_id,
        started_at=unit.now,
    )
    unit.session.add(run)
    await unit.session.flush()
    number = 0
    async for part in received.parts:
        unit.session.add(ImportFilePart(run_id=run.id, number=number, content=part))
        number += 1
    return run


async def start_run(unit: UnitOfWork, run_id: UUID, options: ImportOptions) -> ImportRun:
    """Let a worker try the file, or take it in; the caller defers the job.

    Raises:
        NotFoundError: there is no such run for the viewer, or its file is gone.
        ImportFileError: it runs already, or its columns do not tell enough.
    """
    run = await unit.session.scalar(
        select(ImportRun).where(ImportRun.id == run_id).with_for_update()
    )
    if run is None or not policies.may_set_prices(unit.viewer, run.business_id):
        raise NotFoundError(_("There is no such import."))
    if run.state in WAITING:
        raise ImportFileError(_("This file is being taken in already."))
    kept = select(ImportFilePart.number).where(ImportFilePart.run_id == run.id).limit(1)
    if await unit.session.scalar(kept) is None:
        raise NotFoundError(_("The file is not kept any more. Please send it again."))
    await _layout(unit, [run.header, *run.sample], options.mapping, is_strict=True)
    run.mapping, run.policy = dict(options.mapping), options.policy.value
    run.is_dry_run, run.state = options.is_dry_run, ImportState.QUEUED
    run.failure, run.finished_at = None, None
    run.rows = run.created = run.updated = run.unchanged = run.refused = 0
    run.started_by_id, run.started_at = unit.viewer.user_id, unit.now
    await unit.session.execute(delete(ImportRow).where(ImportRow.run_id == run.id))
    return run


async def finish_run(unit: UnitOfWork, run_id: UUID, failure: DomainError | None) -> None:
    """Write down how it ended; the file goes when it was taken in, or cannot be."""
    run = await unit.session.get_one(ImportRun, run_id, populate_existing=True)
    run.state = ImportState.FINISHED if failure is None else ImportState.FAILED
    run.finished_at = unit.now
    if failure is not None:
        run.failure = {"message": failure.message_id, "parameters": dict(failure.parameters)}
    if run.is_dry_run:
        return
    await unit.session.execute(delete(ImportFilePart).where(ImportFilePart.run_id == run.id))
    if failure is None and run.created + run.updated:
        figures = {"created": run.created, "updated": run.updated, "refused": run.refused}
        thing = ("import", run.id)
        record_change(unit, run.business_id, "import.finished", thing, run.file_name, **figures)


async def parts_of_run(unit: UnitOfWork, run_id: UUID) -> AsyncIterator[bytes]:
    """The file of a run, part by part."""
    statement = (
        select(ImportFilePart.content)
        .where(ImportFilePart.run_id == run_id)
        .order_by(ImportFilePart.number)
    )
    async for row in await unit.session.stream(statement):
        yield bytes(row[0])


def remembered(viewer: Viewer, business_id: UUID) -> dict[str, Any]:
    """Who asked, for the job that acts for them."""
    role, acting = viewer.role_in(business_id), viewer.assisting
    return {
        "user_id": None if viewer.user_id is None else str(viewer.user_id),
        "role": None if role is None else role.value,
        "is_administrator": viewer.is_administrator,
        "on_behalf_of": None if viewer.on_behalf_of is None else str(viewer.on_behalf_of),
        "assisting": None
        if acting is None or acting.business_id != business_id
        else {"id": str(acting.assistance_id), "scopes": sorted(acting.scopes)},
    }


def recalled(told: Mapping[str, Any], business_id: UUID) -> Viewer:
    """Who asked, as far as this business goes."""
    role, behalf = told["role"], told["on_behalf_of"]
    # Jobs that were waiting when helpers were not yet remembered have no such word.
    acting = told.get("assisting")
    return Viewer(
        user_id=None if told["user_id"] is None else UUID(told["user_id"]),
        memberships={} if role is None else {business_id: MemberRole(role)},
        is_administrator=bool(told["is_administrator"]),
        on_behalf_of=None if behalf is None else UUID(behalf),
        assisting=None
        if acting is None
        else Assisting(
            UUID(acting["id"]), business_id, frozenset(map(HelpScope, acting["scopes"]))
        ),
    )


async def _layout(
    unit: UnitOfWork,
    first: Sequence[Sequence[Cell]],
    mapping: Mapping[str, str],
    *,
    is_strict: bool,
) -> Layout | None:
    reference = await load_reference(unit)
    try:
        return find_layout(list(first)[:DEEPEST_HEADER], reference.attribute_names, mapping)
    except ImportFileError:
        if is_strict:
            raise
        return None


def _likely_header(first: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The fullest of the first rows, where no name of a column is known.

    Raises:
        ImportFileError: there is nothing in any of them.
    """
    rows = [tuple(" ".join(as_typed(cell).split()) for cell in row) for row in first]
    fullest = max(rows, key=lambda row: sum(not is_blank(cell) for cell in row), default=())
    if not any(not is_blank(cell) for cell in fullest):
        raise ImportFileError(_("No row of column names was found in the first ten rows."))
    return fullest


def _row_of(first: Sequence[Sequence[Cell]], header: Sequence[str]) -> int:
    """The number of the row under which the sample begins."""
    for number, row in enumerate(first, start=1):
        if tuple(" ".join(as_typed(cell).split()) for cell in row) == tuple(header):
            return number
    return 1


def _shown(row: Sequence[Cell]) -> list[str]:
    return [as_typed(cell)[:LONGEST_CELL] for cell in row]
