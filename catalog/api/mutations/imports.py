"""Taking a catalogue in from a spreadsheet."""

from collections.abc import AsyncIterator
from enum import Enum
from typing import Annotated

import strawberry
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload

from catalog import models
from catalog.api.types.imports import ImportRun
from catalog.ports import SPREADSHEETS
from catalog.queries.imports import visible_import_runs
from catalog.services.imports.pictures import StoredPictures
from catalog.services.imports.problems import ImportFileError
from catalog.services.imports.runs import (
    Helpers,
    ImportOptions,
    ImportPolicy,
    import_products,
)
from marketplace.kernel.context import Info
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.i18n import _
from marketplace.kernel.review import DISPLAY_REVIEW

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
    """The file in parts, so that it is never in memory whole."""
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
        """Create and change products from a file; the same file again changes nothing."""
        context = info.context
        context.signed_in()
        key = required_key("Business", business_id, "businessId")
        if not isinstance(file, UploadFile):
            raise ImportFileError(_("Please send the file as a part of a multipart form."))
        options = ImportOptions(
            ImportPolicy(policy.value),
            is_dry_run=dry_run,
            mapping={each.column: each.field for each in mapping or ()},
        )
        spreadsheets = context.ports[SPREADSHEETS]
        async with spreadsheets.received(file.filename or "", parts_of(file)) as sheet:
            run_id = await import_products(
                context.change,
                key,
                sheet,
                options,
                Helpers(StoredPictures(), context.ports[DISPLAY_REVIEW]),
            )
        runs = visible_import_runs(context.viewer).where(models.ImportRun.id == run_id)
        run = await context.reader.first(runs)
        if run is None:
            raise NotFoundError(_("There is no such import."))
        return ProductsImport(run=ImportRun.of(run))
