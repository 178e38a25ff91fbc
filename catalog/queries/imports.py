"""Statements over imports: which runs somebody may see, and what was wrong with their rows."""

from uuid import UUID

from sqlalchemy import Select, select

from catalog.models import ImportRow, ImportRun
from marketplace.kernel.viewer import Viewer


def visible_import_runs(viewer: Viewer) -> Select[ImportRun]:
    """The imports of the viewer's businesses; administrators see all."""
    statement = select(ImportRun)
    if viewer.is_administrator or viewer.is_system:
        return statement
    return statement.where(ImportRun.business_id.in_(viewer.businesses))


def problems_of(run_id: UUID) -> Select[ImportRow]:
    """What was wrong, row by row, in the order of the columns."""
    return (
        select(ImportRow)
        .where(ImportRow.run_id == run_id)
        .order_by(ImportRow.row, ImportRow.column, ImportRow.id)
    )
