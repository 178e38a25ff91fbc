"""One import from its first row to its report: batches, each in a transaction of its own."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Protocol, TypeAlias
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from businesses.models import Business
from businesses.rules.businesses import BusinessState
from catalog import policies
from catalog.models import ImportRow, ImportRun, Warehouse
from catalog.ports import Sheet
from catalog.rules import ImportState
from catalog.services.imports.batches import Batch, batches_of
from catalog.services.imports.changes import Outcome
from catalog.services.imports.columns import DEEPEST_HEADER, Field, Layout, find_layout
from catalog.services.imports.comparing import Setting
from catalog.services.imports.pictures import Pictures
from catalog.services.imports.plans import codes_of, new_skus, plan_batch
from catalog.services.imports.reference import load_reference
from catalog.services.imports.rows import RowReader
from catalog.services.imports.standing import load_standing, taken_skus
from catalog.services.imports.writing import hold_back, lock_imports, write_changes
from catalog.services.variants import is_sku_taken
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DisplayReview
from marketplace.kernel.unit_of_work import UnitOfWork

Change: TypeAlias = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
PRICE_FIELDS = (Field.PRICE, Field.FULL_PRICE, Field.WHOLESALE_PRICE)


class ImportPolicy(StrEnum):
    """What becomes of the good rows when some are bad."""

    REJECT_ALL = "reject-all"
    SKIP_BAD_ROWS = "skip-bad-rows"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be taken in."""

    policy: ImportPolicy = ImportPolicy.REJECT_ALL
    is_dry_run: bool = False
    mapping: Mapping[str, str] = field(default_factory=dict)
    publishes: bool = True


class Progress(Protocol):
    """Told after every batch how many rows have been looked at, and in which pass."""

    def __call__(self, rows: int, *, is_check: bool) -> None:
        """Rows so far, in this pass."""
        ...


def unheard(rows: int, *, is_check: bool) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Helpers:
    """What an import asks of others: pictures, whether goods may be shown, who wants to hear."""

    pictures: Pictures
    review: DisplayReview
    progress: Progress = unheard


async def import_products(
    change: Change,
    business_id: UUID,
    sheet: Sheet,
    options: ImportOptions,
    helpers: Helpers,
) -> UUID:
    """Take a file in; the key of its run.

    Every batch is committed by itself, so that an import that was killed can simply be started
    again: what stands already is left alone. `reject-all` looks through the whole file before it
    writes anything.

    Raises:
        NotFoundError: there is no such business for the viewer.
        NotPermittedError: the viewer does not sell for the business, or may not set its prices.
        ImportFileError: the file as a whole cannot be taken in.
    """
    # A header deeper than this is none; generators of spreadsheets are walked in a thread.
    first = await asyncio.to_thread(
        lambda: [row for _n, row in islice(sheet.rows(), DEEPEST_HEADER)]
    )
    async with change() as unit:
        setting = await _begin(unit, business_id, first, options)
        run_id = await _open_run(unit, business_id, sheet, setting.layout, options)
    importing = _Importing(change, run_id, setting, sheet, helpers)
    checks_first = options.policy is ImportPolicy.REJECT_ALL and not options.is_dry_run
    refused = 0
    if options.is_dry_run or checks_first:
        refused = await importing.walk(is_trial=True, is_counted=options.is_dry_run)
    if not options.is_dry_run and not (checks_first and refused):
        await importing.walk(is_trial=False, is_counted=True)
    async with change() as unit:
        await unit.session.execute(
            update(ImportRun)
            .where(ImportRun.id == run_id)
            .values(finished_at=unit.now, state=ImportState.FINISHED),
        )
    return run_id


async def _begin(
    unit: UnitOfWork,
    business_id: UUID,
    first: Sequence[Sequence[object]],
    options: ImportOptions,
) -> Setting:
    business = await unit.session.get(Business, business_id)
    if business is None:
        raise NotFoundError(_("There is no such business."), field="businessId")
    if not policies.may_edit_products(unit.viewer, business_id):
        raise NotPermittedError
    reference = await load_reference(unit)
    layout = find_layout(first, reference.attribute_names, options.mapping)  # type: ignore[arg-type] # cells
    has_prices = any(
        column.field in PRICE_FIELDS or column.retail_from or column.wholesale_from
        for column in layout.columns
    )
    if has_prices and not policies.may_set_prices(unit.viewer, business_id):
        raise NotPermittedError
    return Setting(
        business_id=business_id,
        business_code=business.code,
        business_place_id=business.place_id,
        is_open=business.state is BusinessState.ACTIVE,
        reference=reference,
        layout=layout,
        publishes=options.publishes,
        now=unit.now,
    )


async def _open_run(
    unit: UnitOfWork,
    business_id: UUID,
    sheet: Sheet,
    layout: Layout,
    options: ImportOptions,
) -> UUID:
    """The run of this file: the one that was cut off, begun anew, or another."""
    await lock_imports(unit, business_id)
    cut_off = await unit.session.scalar(
        select(ImportRun)
        .where(
            ImportRun.business_id == business_id,
            ImportRun.digest == sheet.digest,
            ImportRun.is_dry_run.is_(options.is_dry_run),
            ImportRun.finished_at.is_(None),
        )
        .order_by(ImportRun.started_at.desc())
        .limit(1),
    )
    run = cut_off or ImportRun(id=new_id(), business_id=business_id, digest=sheet.digest)
    unit.session.add(run)
    run.file_name, run.policy = sheet.name[:250], str(options.policy)
    run.mapping, run.is_dry_run = dict(options.mapping), options.is_dry_run
    run.header = list(layout.header)
    run.unknown_columns = list(layout.unknown)
    run.rows = run.created = run.updated = run.unchanged = run.refused = 0
    run.started_by_id, run.started_at = unit.viewer.user_id, unit.now
    await unit.session.execute(delete(ImportRow).where(ImportRow.run_id == run.id))
    return run.id


class _Importing:
    """Walks through the batches of one file."""

    def __init__(
        self,
        change: Change,
        run_id: UUID,
        setting: Setting,
        sheet: Sheet,
        beside: Helpers,
    ) -> None:
        self._change = change
        self._run_id = run_id
        self._setting = setting
        self._sheet = sheet
        self._beside = beside

    async def walk(self, *, is_trial: bool, is_counted: bool) -> int:
        """Go through the file once; how many rows were refused.

        Args:
            is_trial: write nothing of the goods.
            is_counted: write down the figures; a check before the true pass keeps only problems.
        """
        reader = RowReader(self._setting.layout, self._setting.reference)
        batches = batches_of(self._sheet, self._setting.layout, reader)
        rows = refused = 0
        while batch := await asyncio.to_thread(next, batches, None):
            outcome = await self._commit(batch, is_trial=is_trial, is_counted=is_counted)
            rows += outcome.rows
            refused += outcome.refused
            self._beside.progress(rows, is_check=is_trial)
        if is_trial and not is_counted and refused:
            await self._count_rejected(rows)
        return refused

    async def _commit(self, batch: Batch, *, is_trial: bool, is_counted: bool) -> Outcome:
        """The batch in a transaction; once more when somebody took one of its SKUs meanwhile."""
        for is_last in (False, False, True):
            try:
                async with self._change() as unit:
                    outcome = await self._take(unit, batch, is_trial=is_trial)
                    if is_counted or outcome.refused:
                        await self._report(unit, outcome)
            except IntegrityError as conflict:
                if is_last or not is_sku_taken(conflict):
                    raise
            else:
                break
        return outcome

    async def _take(self, unit: UnitOfWork, batch: Batch, *, is_trial: bool) -> Outcome:
        await lock_imports(unit, self._setting.business_id)
        setting = await self._setting_now(unit)
        warehouse_id = await unit.session.scalar(
            select(Warehouse.id)
            .where(Warehouse.business_id == setting.business_id)
            .order_by(Warehouse.id)
            .limit(1),
        )
        standing = await load_standing(
            unit,
            setting.business_id,
            warehouse_id,
            codes_of(batch.products),
        )
        standing.taken_skus = await taken_skus(unit, new_skus(setting, batch, standing))
        names = {name for product in batch.products for name in product.values.get("pictures", ())}
        pictures = await self._beside.pictures.find(unit, names, is_trial=is_trial) if names else {}
        changes, outcome = plan_batch(setting, batch, standing, pictures)
        if not is_trial:
            await hold_back(unit, changes, self._beside.review)
            await write_changes(unit, setting, changes)
            for row in changes.choices.values():
                attribute = setting.reference.attributes_by_id[row["attribute_id"]]
                attribute.slugs.add(row["slug"])
        return outcome

    async def _setting_now(self, unit: UnitOfWork) -> Setting:
        """Whether the business is open, held until the batch is written.

        Locked before the goods, as whoever suspends a business does; so neither overlooks the
        other, however long the import has been running.
        """
        state = await unit.session.scalar(
            select(Business.state)
            .where(Business.id == self._setting.business_id)
            .with_for_update(read=True),
        )
        return replace(self._setting, is_open=state is BusinessState.ACTIVE)

    async def _report(self, unit: UnitOfWork, outcome: Outcome) -> None:
        """Add the batch's figures to the run, and its problems to the run's rows."""
        await unit.session.execute(
            update(ImportRun)
            .where(ImportRun.id == self._run_id)
            .values(
                rows=ImportRun.rows + outcome.rows,
                created=ImportRun.created + outcome.created,
                updated=ImportRun.updated + outcome.updated,
                unchanged=ImportRun.unchanged + outcome.unchanged,
                refused=ImportRun.refused + outcome.refused,
            ),
        )
        rows = list(_problem_rows(self._run_id, outcome))
        if rows:
            await unit.session.execute(insert(ImportRow), rows)

    async def _count_rejected(self, rows: int) -> None:
        """A rejected file has been looked through, and nothing of it was taken in."""
        async with self._change() as unit:
            await unit.session.execute(
                update(ImportRun)
                .where(ImportRun.id == self._run_id)
                .values(rows=rows, created=0, updated=0, unchanged=0),
            )


def _problem_rows(run_id: UUID, outcome: Outcome) -> Iterator[dict[str, object]]:
    told: set[int] = set()
    for problem in outcome.problems:
        typed = None if problem.row in told else list(outcome.typed.get(problem.row, ()))
        told.add(problem.row)
        yield {
            "id": new_id(),
            "run_id": run_id,
            "row": problem.row,
            "cell": problem.cell,
            "column": problem.header[:120],
            "value": problem.value,
            "message": problem.message,
            "parameters": dict(problem.parameters),
            "typed": typed,
            "code": problem.code,
        }
