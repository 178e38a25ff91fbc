"""Tables of imports: which file was taken in, how far, and what was wrong with which row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from catalog.rules import ImportState
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import text_enum


class ImportRun(Identified):
    """One file taken in for one business; the same file again finds the same run.

    In the browser a run begins as a file that was received: its owner says what the columns hold
    (`mapping`), has it tried (`is_dry_run`) and then taken in, each in a job. `sample` is the
    first rows under the header, `failure` why the file as a whole could not be taken in.
    """

    __tablename__ = "import_runs"
    __table_args__ = (Index("ix_import_runs_business_id_digest", "business_id", "digest"),)

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id"))
    file_name: Mapped[str] = mapped_column(String(250))
    digest: Mapped[str] = mapped_column(String(64))
    policy: Mapped[str] = mapped_column(String(20))
    mapping: Mapped[dict[str, Any]]
    header: Mapped[list[str]] = mapped_column(JSONB, default=list)
    unknown_columns: Mapped[list[str]] = mapped_column(JSONB, default=list)
    sample: Mapped[list[list[str]]] = mapped_column(JSONB, default=list, server_default="[]")
    state: Mapped[ImportState] = mapped_column(
        text_enum(ImportState),
        default=ImportState.RUNNING,
        server_default=ImportState.FINISHED.value,
    )
    failure: Mapped[dict[str, Any] | None]
    total: Mapped[int | None]
    seen: Mapped[int] = mapped_column(default=0, server_default="0")
    is_dry_run: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    started_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]


class ImportRow(Identified):
    """A row that could not be taken in: its cell and the reason.

    `message` is a message id of the catalogues and `parameters` fills it in, so that everybody
    reads the reason in their own language. `typed` holds the row as it stood in the file, once
    per row.
    """

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_run_id_row", "run_id", "row"),)

    run_id: Mapped[UUID] = mapped_column(ForeignKey("import_runs.id", ondelete="CASCADE"))
    row: Mapped[int]
    cell: Mapped[str] = mapped_column(String(12))
    column: Mapped[str] = mapped_column(String(120))
    value: Mapped[str]
    message: Mapped[str]
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    typed: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    code: Mapped[str] = mapped_column(String(40))


class ImportFilePart(Model):
    """A part of a file that waits to be taken in; it goes when the import has ended."""

    __tablename__ = "import_file_parts"

    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_runs.id", ondelete="CASCADE"),
        primary_key=True,
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
