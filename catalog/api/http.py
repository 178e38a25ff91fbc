"""Addresses of the catalogue: rows that an import refused, and all goods of a business."""

import os
from asyncio import to_thread
from pathlib import Path
from tempfile import mkstemp
from typing import Final, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from catalog.models import ImportRun
from catalog.ports import SPREADSHEETS
from catalog.queries.imports import problems_of, visible_import_runs
from catalog.services.exports.walk import sheet_rows
from catalog.services.imports.reports import error_sheet
from marketplace.kernel.context import Asking, ContextFactory
from marketplace.kernel.errors import NotFoundError
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

    @router.get("/files/products/{slug}.{kind}", name="export_products")
    async def export_products(
        request: Request, slug: str, kind: Literal["xlsx", "csv"]
    ) -> Response:
        """All goods of a business, as a file that can be taken in again."""
        asking = Asking(viewer=getattr(request.state, "viewer", VISITOR))
        path = await to_thread(_new_file, kind)
        try:
            async with contexts(asking) as context, context.change() as unit:
                spreadsheets = context.ports[SPREADSHEETS]
                with spreadsheets.begin(path, slug, is_workbook=kind == "xlsx") as sheet:
                    async for rows in sheet_rows(unit, slug):
                        await to_thread(sheet.append, rows)
        except NotFoundError:
            await to_thread(path.unlink)
            return Response(status_code=404)
        except BaseException:
            await to_thread(path.unlink)
            raise
        return FileResponse(
            path,
            media_type=WORKBOOK if kind == "xlsx" else "text/csv; charset=utf-8",
            filename=f"{slug}.{kind}",
            headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
            background=BackgroundTask(path.unlink),
        )

    return router


def _new_file(kind: str) -> Path:
    """A file of its own for one answer, which removes it again."""
    descriptor, name = mkstemp(prefix="export-", suffix=f".{kind}")
    os.close(descriptor)
    return Path(name)
