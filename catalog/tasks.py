"""Jobs of the catalogue: files that are tried and taken in."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from procrastinate import Blueprint, JobContext
from sqlalchemy import delete, select, update

from catalog.models import ImportFilePart, ImportRun
from catalog.ports import SPREADSHEETS
from catalog.rules import ImportState
from catalog.services.imports.pictures import StoredPictures
from catalog.services.imports.queue import finish_run, parts_of_run, recalled
from catalog.services.imports.runs import Helpers, ImportOptions, ImportPolicy, import_products
from marketplace.kernel.errors import DomainError
from marketplace.kernel.jobs import Tools, tools_of
from marketplace.kernel.review import DISPLAY_REVIEW
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

jobs = Blueprint()
# Files that nobody has taken in within this time are forgotten.
FILE_DAYS = 7


@jobs.task(name="run_import", pass_context=True)
async def run_import(context: JobContext, run_id: str, asked_by: dict[str, Any]) -> None:
    """Try a file or take it in, for whoever asked; what is wrong with it is written down."""
    tools, key = tools_of(context), UUID(run_id)
    system = partial(unit_of_work, tools.sessions, SYSTEM, tools.events)
    async with system() as unit:
        run = await unit.session.get(ImportRun, key)
        if run is None or run.state not in {ImportState.QUEUED, ImportState.RUNNING}:
            return
        run.state = ImportState.RUNNING
    failure: DomainError | None = None
    try:
        await _take_in(tools, run, asked_by)
    except DomainError as error:
        failure = error
    viewer = recalled(asked_by, run.business_id)
    async with unit_of_work(tools.sessions, viewer, tools.events) as unit:
        await finish_run(unit, key, failure)


async def _take_in(tools: Tools, run: ImportRun, asked_by: dict[str, Any]) -> None:
    viewer = recalled(asked_by, run.business_id)
    options = ImportOptions(
        ImportPolicy(run.policy), is_dry_run=run.is_dry_run, mapping=dict(run.mapping)
    )
    helpers = Helpers(StoredPictures(), tools.ports[DISPLAY_REVIEW])
    spreadsheets = tools.ports[SPREADSHEETS]
    async with spreadsheets.received(run.file_name, _parts(tools, run.id)) as sheet:
        change = partial(unit_of_work, tools.sessions, viewer, tools.events)
        await import_products(change, run.business_id, sheet, options, helpers)


async def _parts(tools: Tools, run_id: UUID) -> AsyncIterator[bytes]:
    """The file, read in a transaction that does not last as long as the import."""
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        async for part in parts_of_run(unit, run_id):
            yield part


@jobs.periodic(cron="23 3 * * *")
@jobs.task(name="forget_files", pass_context=True, queueing_lock="catalog.forget_files")
async def forget_files(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the schedule gives it
    """Forget files that were received and never taken in."""
    tools = tools_of(context)
    before = datetime.now(UTC) - timedelta(days=FILE_DAYS)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        old = select(ImportRun.id).where(ImportRun.started_at < before)
        await unit.session.execute(delete(ImportFilePart).where(ImportFilePart.run_id.in_(old)))
        await unit.session.execute(
            update(ImportRun)
            .where(ImportRun.started_at < before, ImportRun.state == ImportState.RECEIVED)
            .values(state=ImportState.FINISHED),
        )
