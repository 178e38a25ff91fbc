"""The department's own register at the desk: a file handed in, and what became of its rows."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from frontend.desk import entries_of, show_desk
from frontend.forms import Wrong, problems_of
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
COLUMNS: Final = {
    "identifier": _("Number"),
    "name": _("Name"),
    "address": _("Address"),
    "status": _("Status"),
    "registered_on": _("Registered on"),
}


@page(router, "desk_register")
async def register(visit: Visiting) -> Response:
    """Hand a file in."""
    _let_in(visit)
    return await _show(visit, [])


@form(router, "desk_register")
async def take(visit: Visiting) -> Response:
    """Take the file in, and show which rows have to be mended."""
    _let_in(visit)
    file = (await visit.form()).get("file")
    if not isinstance(file, UploadFile) or not file.size:
        message = translate(_("Please choose a file first."), visit.language)
        return await _show(visit, [Wrong(field="file", message=message)])
    report = (await visit.run("import_register", file=file))["registerImport"]
    if problems := problems_of(report):
        return await _show(
            visit, [Wrong(field="file", message=each["message"]) for each in problems]
        )
    return await _show(visit, [], report)


def _let_in(visit: Visit) -> None:
    """Only who sees the page in the menu of the desk.

    Raises:
        NotPermittedError: an officer of one place, or of another function.
    """
    if all(each.page != "desk_register" for each in entries_of(visit)):
        raise NotPermittedError


async def _show(
    visit: Visit, problems: list[Wrong], report: Mapping[str, Any] | None = None
) -> Response:
    context = {"problems": problems, "report": report, "columns": COLUMNS}
    status = 422 if problems else 200
    return await show_desk(visit, "register", context, page="desk_register", status=status)
