"""Taking a catalogue in from a spreadsheet."""

import asyncio
from collections.abc import AsyncIterator
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload

from catalog import models
from catalog.api.types.imports import ImportRun
from catalog.ports import SPREADSHEETS
from catalog.queries.imports import visible_import_runs
from catalog.services.imports.problems import ImportFileError
from catalog.services.imports.queue import (
    Received,
    first_rows,
    receive_file,
    remembered,
    start_run,
)
from catalog.services.imports.runs import ImportOptions, ImportPolicy
from catalog.tasks import run_import
from marketplace.kernel.context import Info
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.i18n import _
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.api.mutations import sent_file

PART = 256 * 1024


@strawberry.enum(description="What becomes of the good rows when some are bad.")
class ImportPolicyEnum(Enum):
    """Two ways, no third: nothing is taken in half."""

    REJECT_ALL = ImportPolicy.REJECT_ALL.value
    SKIP_BAD_ROWS = ImportPolicy.SKIP_BAD_ROWS.value


@strawberry.input(description="What a column of the file holds, where its name does not tell.")
class ColumnMappingInput:
    """The column's name and the field; attributes as `attribute:<slug>`."""

    column: str = strawberry.field(description="The name of the column in the file.")
    field: str = strawberry.field(description="code, name, price, stock …")


@strawberry.enum(description="Why a file was refused as a whole.")
class ImportErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    NOT_FOUND = "not_found"


@strawberry.type
class ImportError:  # noqa: A001 - the name of the type in the schema
    """Why a file was refused as a whole."""

    field: str | None = strawberry.field(description="The argument it is about.")
    message: str | None = strawberry.field(description="The reason, for the reader.")
    code: ImportErrorCode = strawberry.field(description="The reason, for programs.")


@strawberry.type
class ProductsImport:
    """How the import went, or why the file was refused."""

    run: ImportRun | None = strawberry.field(default=None, description="How it went.")
    errors: list[ImportError] = strawberry.field(
        default_factory=list,
        description="Why the file was refused as a whole.",
    )


async def parts_of(upload: UploadFile) -> AsyncIterator[bytes]:
    """The file in parts, so that it is never in memory whole; from its beginning."""
    await upload.seek(0)
    while part := await upload.read(PART):
        yield part


@strawberry.type
class ImportMutations:
    """Root mutation fields of imports."""

    @mutation
    async def products_import(
        self,
        info: Info,
        business_id: Annotated[strawberry.ID, strawberry.argument(description="Whose goods.")],
        file: Annotated[
            Upload,
            strawberry.argument(description="XLSX or CSV with a row of column names."),
        ],
        policy: Annotated[
            ImportPolicyEnum,
            strawberry.argument(description="What becomes of the good rows when some are bad."),
        ] = ImportPolicyEnum.REJECT_ALL,
        dry_run: Annotated[
            bool,
            strawberry.argument(description="Only look; write nothing."),
        ] = False,
        mapping: Annotated[
            list[ColumnMappingInput] | None,
            strawberry.argument(description="What columns hold; wins over their names."),
        ] = None,
    ) -> ProductsImport | None:
        """Create and change products from a file; a job does it, and the run tells how far it is.

        The same file again changes nothing.
        """
        columns = {each.column: each.field for each in mapping or ()}
        options = ImportOptions(ImportPolicy(policy.value), is_dry_run=dry_run, mapping=columns)
        return await _received(info, business_id, file, options, is_begun=True)

    @mutation
    async def import_receive(
        self,
        info: Info,
        business_id: Annotated[strawberry.ID, strawberry.argument(description="Whose goods.")],
        file: Annotated[
            Upload,
            strawberry.argument(description="XLSX or CSV with a row of column names."),
        ],
    ) -> ProductsImport | None:
        """Keep a file and read its columns; nothing of it is taken in yet."""
        return await _received(info, business_id, file, ImportOptions(), is_begun=False)

    @mutation
    async def import_start(
        self,
        info: Info,
        id: strawberry.ID,
        policy: Annotated[
            ImportPolicyEnum,
            strawberry.argument(description="What becomes of the good rows when some are bad."),
        ] = ImportPolicyEnum.SKIP_BAD_ROWS,
        dry_run: Annotated[
            bool,
            strawberry.argument(description="Only look; write nothing."),
        ] = True,
        mapping: Annotated[
            list[ColumnMappingInput] | None,
            strawberry.argument(description="What columns hold; wins over their names."),
        ] = None,
    ) -> ProductsImport | None:
        """Let a job try a file that was received, or take it in."""
        context = info.context
        context.signed_in()
        key = required_key("ImportRun", id)
        columns = {each.column: each.field for each in mapping or ()}
        options = ImportOptions(ImportPolicy(policy.value), is_dry_run=dry_run, mapping=columns)
        async with context.change() as unit:
            run = await start_run(unit, key, options)
            await _deferred(unit, run)
        return await _answered(info, key)


async def _received(
    info: Info,
    business_id: str,
    file: object,
    options: ImportOptions,
    *,
    is_begun: bool,
) -> ProductsImport:
    """Keep a file, and let a job begin with it where that was asked.

    Raises:
        ImportFileError: it is no file that can be read.
    """
    context = info.context
    context.signed_in()
    key = required_key("Business", business_id, "businessId")
    if not isinstance(file, UploadFile):
        raise ImportFileError(_("Please send the file as a part of a multipart form."))
    spreadsheets = context.ports[SPREADSHEETS]
    async with spreadsheets.received(sent_file(file).filename or "", parts_of(file)) as sheet:
        first = await asyncio.to_thread(first_rows, sheet)
        received = Received(sheet, first, parts_of(file))
        async with context.change() as unit:
            run = await receive_file(unit, key, received, options.mapping, is_strict=is_begun)
            run_id = run.id
            if is_begun:
                await unit.session.flush()
                await _deferred(unit, await start_run(unit, run_id, options))
    return await _answered(info, run_id)


async def _deferred(unit: UnitOfWork, run: models.ImportRun) -> None:
    await defer(
        unit.session,
        run_import,
        lock_key=f"import-{run.business_id}",
        run_id=str(run.id),
        asked_by=remembered(unit.viewer, run.business_id),
    )


async def _answered(info: Info, run_id: UUID) -> ProductsImport:
    runs = visible_import_runs(info.context.viewer).where(models.ImportRun.id == run_id)
    run = await info.context.reader.first(runs)
    if run is None:
        raise NotFoundError(_("There is no such import."))
    return ProductsImport(run=ImportRun.of(run))
