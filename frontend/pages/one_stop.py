"""The one-stop desk: what lies there, and what an officer does to it."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend import dossiers as words
from frontend.desk import Entry, entries_of
from frontend.forms import Wrong, problems_of, text_of, typed
from frontend.pages.dossiers import find
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _

router = APIRouter()
PAGE_SIZE: Final = 30
# The views an officer keeps coming back to.
VIEWS: Final[Mapping[str, Mapping[str, Any]]] = {
    "": {"states": ["SUBMITTED", "RECEIVED", "PROCESSING"]},
    "overdue": {"overdue": True},
    "waiting": {"states": ["SUPPLEMENT_REQUIRED", "PAYMENT_REQUIRED"]},
    "decided": {"states": ["DECIDED", "RETURNED"]},
    "over": {"states": ["NOT_RECEIVED", "WITHDRAWN", "STOPPED", "VOID"]},
}


def entries_for(visit: Visit) -> tuple[Entry, ...]:
    """The menu of the desk, for registration officers and administrators.

    Raises:
        NotSignedInError: nobody is signed in.
        NotPermittedError: the viewer holds no such office.
    """
    entries = entries_of(visit)
    if all(each.page != "desk_dossiers" for each in entries):
        raise NotPermittedError
    return entries


@page(router, "desk_dossiers")
async def desk(visit: Visiting) -> Response:
    """The dossiers that wait, the longest waiting first."""
    entries = entries_for(visit)
    asked = visit.request.query_params
    view = asked.get("view", "") if asked.get("view", "") in VIEWS else ""
    code = asked.get("code", "").strip()
    chosen = {"code": code} if code else VIEWS[view]
    found = await visit.run(
        "desk_page", first=PAGE_SIZE, after=asked.get("after") or None, filter=chosen
    )
    context = {"found": found["deskDossiers"], "view": view, "code": code}
    context |= {"words": words, "entries": entries}
    return await visit.show("pages/registration/desk.html", context, page="desk_dossiers")


@page(router, "desk_dossier")
async def desk_dossier(visit: Visiting, slug: str) -> Response:
    """One dossier, with what may be done to it."""
    entries_for(visit)
    return await show(visit, await find_there(visit, slug), {}, [])


async def find_there(visit: Visit, code: str) -> Mapping[str, Any]:
    """The dossier, if it lies on the viewer's desk.

    Raises:
        NotFoundError: it is the officer's own, or another office's.
    """
    found = await find(visit, code)
    if found["isOwn"]:
        raise NotFoundError(_("There is no such dossier."))
    return found


async def show(
    visit: Visit, found: Mapping[str, Any], values: Mapping[str, Any], problems: list[Wrong]
) -> Response:
    """The dossier on the desk."""
    answers = words.answers_of(found)
    screens = [
        {**screen, "answers": words.values_of(screen, answers.get(screen["name"], {}))}
        for screen in found["guide"]["screens"]
    ]
    context = {
        "dossier": found,
        "screens": screens,
        "values": values,
        "problems": problems,
        "words": words,
        "entries": entries_for(visit),
        "kept": "kept" in visit.request.query_params,
    }
    return await visit.show(
        "pages/registration/desk_dossier.html",
        context,
        page="desk_dossier",
        slug=found["code"].lower(),
        status=422 if problems else 200,
    )


@form(router, "desk_dossier")
async def handle(visit: Visiting, slug: str) -> Response:
    """Do one step, with its words."""
    sent = await visit.form()
    entries_for(visit)
    found = await find_there(visit, slug)
    values = typed(sent, "step", "note", "receipt", "resultCode")
    if values["step"] not in words.STEPS:
        return visit.redirect("desk_dossier", slug)
    decision = {
        "note": text_of(sent, "note"),
        "receipt": values["receipt"] or None,
        "resultCode": values["resultCode"] or None,
        "wrongPapers": [str(code) for code in sent.getlist("wrong")],
    }
    answer = await visit.run(
        "handle_dossier", id=found["id"], step=values["step"], decision=decision
    )
    if problems := problems_of(answer["dossierHandle"]):
        return await show(visit, found, values, problems)
    return visit.redirect("desk_dossier", slug, kept="1")
