"""Taking the department's own register in."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

import strawberry
from starlette.datastructures import UploadFile
from strawberry.file_uploads import Upload

from businesses.api.people import PeopleError, people_errors
from businesses.ports import REGISTER_TABLES
from businesses.services.register import import_register
from marketplace.kernel.context import Info
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.i18n import translate
from marketplace.kernel.sealing import SEALER
from marketplace.media.api.mutations import sent_file

_PART: Final = 256 * 1024
_MOST_TOLD: Final = 100


@strawberry.input(description="What a column of the register holds, where its name does not tell.")
class RegisterColumnInput:
    """The column's name and the field."""

    column: str = strawberry.field(description="The name of the column in the file.")
    field: str = strawberry.field(description="identifier, name, address, status or registered_on.")


@strawberry.type
class RegisterRowProblem:
    """What is wrong with a row of the register."""

    row: int = strawberry.field(description="The number of the row in the file.")
    column: str = strawberry.field(description="Which field.")
    message: str = strawberry.field(description="What is wrong, for the reader.")


@strawberry.type
class RegisterImport:
    """How taking the register in went, or why the file was refused."""

    errors: list[PeopleError] = people_errors()
    rows: int = strawberry.field(default=0, description="Rows with anything in them.")
    created: int = strawberry.field(default=0, description="New lines.")
    changed: int = strawberry.field(default=0, description="Lines that say something else now.")
    unchanged: int = strawberry.field(default=0, description="Lines that were known.")
    matched: int = strawberry.field(default=0, description="Businesses here they are about.")
    problems: list[RegisterRowProblem] = strawberry.field(
        default_factory=list, description="Rows that were not taken, the first hundred."
    )


async def _parts(upload: UploadFile) -> AsyncIterator[bytes]:
    """The file in parts, so that it is never in memory whole."""
    await upload.seek(0)
    while part := await upload.read(_PART):
        yield part


@strawberry.type
class RegisterMutations:
    """Root mutation fields of the department's own register."""

    @mutation
    async def register_import(
        self,
        info: Info,
        file: Annotated[
            Upload, strawberry.argument(description="XLSX or CSV with a row of column names.")
        ],
        mapping: Annotated[
            list[RegisterColumnInput] | None,
            strawberry.argument(description="What columns hold; wins over their names."),
        ] = None,
    ) -> RegisterImport | None:
        """Take the department's register in; the same file again changes nothing."""
        context = info.context
        context.signed_in()
        columns = {each.column: each.field for each in mapping or ()}
        upload = sent_file(file)
        received = context.ports[REGISTER_TABLES].received(upload.filename or "", _parts(upload))
        async with received as table, context.change() as unit:
            report = await import_register(unit, context.ports[SEALER], table, columns)
        return RegisterImport(
            rows=report.rows,
            created=report.created,
            changed=report.changed,
            unchanged=report.unchanged,
            matched=report.matched,
            problems=[
                RegisterRowProblem(
                    row=each.row,
                    column=each.column,
                    message=translate(each.message, context.language),
                )
                for each in report.problems[:_MOST_TOLD]
            ],
        )
