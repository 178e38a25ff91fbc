"""Addresses of the catalogue: the sheet of the rows that an import refused."""

from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from catalog.models import ImportRun
from catalog.ports import SPREADSHEETS
from catalog.queries.imports import problems_of, visible_import_runs
from catalog.services.imports.reports import error_sheet
from marketplace.kernel.context import Asking, ContextFactory
from marketplace.kernel.i18n import language_of
from marketplace.kernel.viewer import VISITOR

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def catalog_router(contexts: ContextFactory) -> APIRouter:
    """The routes of the catalogue; who asks, the roof left in `request.state.viewer`."""
    router = APIRouter()

    @router.get("/files/imports/{run_id}.xlsx", name="import_errors")
    async def import_errors(request: Request, run_id: UUID) -> Response:
        """The refused rows as they were typed, each with its reasons."""
        asking = Asking(
            viewer=getattr(request.state, "viewer", VISITOR),
            language=language_of(request.headers.get("accept-language")),
        )
        async with contexts(asking) as context:
            runs = visible_import_runs(context.viewer)
            run = await context.reader.first(runs.where(ImportRun.id == run_id))
            if run is None:
                return Response(status_code=404)
            problems = await context.reader.all(problems_of(run.id))
            content = error_sheet(context.ports[SPREADSHEETS], run, problems)
        headers = {
            "Content-Disposition": f'attachment; filename="loi-{run_id}.xlsx"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=WORKBOOK, headers=headers)

    return router
