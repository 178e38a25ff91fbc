"""Imports as the schema shows them."""

from datetime import datetime
from typing import Annotated, Self

import strawberry
from sqlalchemy import select

from catalog import models
from catalog.queries.imports import problems_of
from catalog.rules import ImportState
from catalog.services.imports.guesses import columns_of
from catalog.services.imports.reports import reason
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.i18n import Language, translate
from marketplace.media.ports import FILE_LINKS

strawberry.enum(
    ImportState,
    name="ImportStateEnum",
    description="Where a file stands between being handed in and being done with.",
)
MOST_PROBLEMS = 100


@strawberry.type
class ImportProblem:
    """What is wrong with one cell of a file."""

    row: int = strawberry.field(description="The number of the row.")
    cell: str = strawberry.field(description="The cell, as spreadsheets name it.")
    column: str = strawberry.field(description="The column's name.")
    value: str = strawberry.field(description="What was typed.")
    message: str = strawberry.field(description="The reason, for the reader.")
    code: str = strawberry.field(description="The reason, for programs.")

    @classmethod
    def of(cls, row: models.ImportRow, language: Language) -> Self:
        """The problem in the reader's language."""
        return cls(
            row=row.row,
            cell=row.cell,
            column=row.column,
            value=row.value,
            message=reason(row, language),
            code=row.code,
        )


@strawberry.type
class ImportColumn:
    """A column of a file."""

    name: str = strawberry.field(description="Its name in the file.")
    field: str | None = strawberry.field(
        description="What it is taken for: code, name, price, attribute:<slug> …",
    )
    sample: list[str] = strawberry.field(description="What stands in its first rows.")


@strawberry.type
class ImportRun:
    """One file that was taken in, or tried."""

    id: strawberry.ID = strawberry.field(description="The id of the run.")
    file_name: str = strawberry.field(description="The name of the file.")
    is_dry_run: bool = strawberry.field(description="Whether nothing was to be written.")
    rows: int = strawberry.field(description="How many rows the file has.")
    created: int = strawberry.field(description="Rows that made a packing.")
    updated: int = strawberry.field(description="Rows that changed one.")
    unchanged: int = strawberry.field(description="Rows that say what stood already.")
    refused: int = strawberry.field(description="Rows that could not be taken in.")
    unknown_columns: list[str] = strawberry.field(description="Columns that were passed over.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")
    started_at: datetime = strawberry.field(description="When it began.")
    state: ImportState = strawberry.field(description="How far it is.")
    model: strawberry.Private[models.ImportRun]

    @classmethod
    def of(cls, run: models.ImportRun) -> Self:
        """The run as the schema shows it."""
        return cls(
            id=to_global("ImportRun", run.id),
            file_name=run.file_name,
            is_dry_run=run.is_dry_run,
            rows=run.rows,
            created=run.created,
            updated=run.updated,
            unchanged=run.unchanged,
            refused=run.refused,
            unknown_columns=run.unknown_columns,
            finished_at=run.finished_at,
            started_at=run.started_at,
            state=run.state,
            model=run,
        )

    @strawberry.field
    async def columns(self, info: Info) -> list[ImportColumn]:
        """The columns of the file, and what each is taken for."""
        names = await info.context.reader.all(select(models.Attribute))
        return [
            ImportColumn(
                name=each.name,
                field=each.field,
                sample=each.sample,
            )
            for each in columns_of(self.model, names)
        ]

    @strawberry.field
    def failure(self, info: Info) -> str | None:
        """Why the file as a whole could not be taken in."""
        if self.model.failure is None:
            return None
        parameters = self.model.failure["parameters"]
        return translate(self.model.failure["message"], info.context.language, **parameters)

    @strawberry.field
    async def problems(
        self,
        info: Info,
        first: Annotated[
            int,
            strawberry.argument(description="How many, 100 at most; the sheet has all."),
        ] = MOST_PROBLEMS,
    ) -> list[ImportProblem]:
        """The first problems, in the order of the rows."""
        count = min(max(first, 0), MOST_PROBLEMS)
        rows = await info.context.reader.all(problems_of(self.model.id).limit(count))
        return [ImportProblem.of(row, info.context.language) for row in rows]

    @strawberry.field
    def error_sheet_url(self, info: Info) -> str | None:
        """Where to fetch the refused rows as a workbook, with the reasons; null without any."""
        if not self.refused:
            return None
        base = info.context.ports[FILE_LINKS].public_url
        return f"{base}/files/imports/{self.model.id}.xlsx"
