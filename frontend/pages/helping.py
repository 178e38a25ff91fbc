"""Acting for sellers: for helpers, and for sellers who want it to stop."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from frontend.forms import Wrong, problems_of, typed
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
SCOPES: Final = {
    "PRODUCTS": _("goods and prices"),
    "STOCK": _("stock"),
    "ORDERS": _("orders"),
    "PAPERS": _("papers"),
}
METHODS: Final = {
    "CODE": _("A code to the seller's phone"),
    "PAPER": _("A signed paper, photographed"),
    "WITNESS": _("Face to face, with a witness"),
    "CALL": _("By telephone"),
}
DAYS: Final = {"30": _("1 month"), "90": _("3 months"), "180": _("6 months"), "366": _("1 year")}
FIELDS: Final = ("method", "days", "witness", "note")


async def show_helping(visit: Visit, problems: Sequence[Wrong] = ()) -> Response:
    """The help one gives, and the search for whom to help."""
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    search = visit.request.query_params.get("q", "").strip()
    found = await visit.run("helping", search=search or None, searches=bool(search))
    context = {
        "helps": [each for each in found["assistances"] if each["isHelper"]],
        "found": found.get("businesses"),
        "search": search,
        "scopes": SCOPES,
        "problems": problems,
    }
    status = 422 if problems else 200
    return await visit.show("pages/people/helping.html", context, page="helping", status=status)


@page(router, "helping")
async def helping(visit: Visiting) -> Response:
    """The help one gives."""
    return await show_helping(visit)


@form(router, "helping")
async def change_helping(visit: Visiting) -> Response:
    """Begin or stop acting for somebody, type the seller's code, or end the help for good."""
    values = typed(await visit.form(), "action", "id", "code")
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    acting = visit.viewer.assisting
    if values["action"] == "leave":
        await visit.run("leave_help")
        return visit.redirect("helping")
    if values["action"] == "confirm":
        found = await visit.run("confirm_help", id=values["id"], code=values["code"])
    elif values["action"] == "end":
        found = await visit.run("end_help", id=values["id"])
    elif acting is not None:
        return visit.redirect("shop_today", acting.business_slug)
    else:
        found = await visit.run("enter_help", id=values["id"])
    if problems := problems_of(next(iter(found.values()))):
        return await show_helping(visit, problems)
    return visit.redirect("shops" if values["action"] == "enter" else "helping")


async def helped(visit: Visit, slug: str) -> Mapping[str, Any]:
    """The business somebody is to act for.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is none for this viewer.
    """
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    business = (await visit.run("helped_business", slug=slug))["business"]
    if business is None:
        raise NotFoundError(_("There is no such business."))
    found: Mapping[str, Any] = business
    return found


async def show_consent(
    visit: Visit,
    business: Mapping[str, Any],
    values: Mapping[str, Any],
    problems: Sequence[Wrong] = (),
) -> Response:
    """The form that writes a seller's consent down."""
    context = {
        "business": business,
        "values": values,
        "problems": problems,
        "scopes": SCOPES,
        "methods": METHODS,
        "days": [(value, translate(words, visit.language)) for value, words in DAYS.items()],
    }
    status = 422 if problems else 200
    return await visit.show("pages/people/consent.html", context, status=status)


@page(router, "consent")
async def consent(visit: Visiting, slug: str) -> Response:
    """Asks how the seller agreed, to what, and for how long."""
    business = await helped(visit, slug)
    return await show_consent(visit, business, {"scopes": ["PRODUCTS", "STOCK"], "days": "90"})


@form(router, "consent")
async def keep_consent(visit: Visiting, slug: str) -> Response:
    """Write the consent down."""
    sent = await visit.form()
    business = await helped(visit, slug)
    scopes = [each for each in sent.getlist("scopes") if each in SCOPES]
    values: dict[str, Any] = {**typed(sent, *FIELDS), "scopes": scopes}
    evidence, problems = await paper_of(visit, sent)
    if values["method"] not in METHODS:
        message = translate(_("Please choose how the seller agreed."), visit.language)
        problems = [*problems, Wrong(field="method", message=message)]
    if problems:
        return await show_consent(visit, business, values, problems)
    words = {
        **{name: values[name] for name in ("method", "witness", "note")},
        "scopes": scopes,
        "days": int(values["days"]) if values["days"] in DAYS else 0,
        "evidence": evidence,
    }
    found = await visit.run("record_help", business=business["id"], consent=words)
    if problems := problems_of(found["assistanceRecord"]):
        return await show_consent(visit, business, values, problems)
    return visit.redirect("helping")


async def paper_of(visit: Visit, sent: FormData) -> tuple[str | None, list[Wrong]]:
    """The photograph of a signed paper, if one was sent, handed in."""
    file = sent.get("evidence")
    if not isinstance(file, UploadFile) or not file.filename:
        return None, []
    payload = (await visit.run("upload_consent_paper", file=file))["documentUpload"]
    if problems := problems_of(payload, {"": "evidence", "file": "evidence"}):
        return None, problems
    return payload["media"]["id"], []


@page(router, "end_help")
async def end_help(visit: Visiting, slug: str) -> Response:
    """What the link of the message would end."""
    return await show_end(visit, slug)


@form(router, "end_help")
async def confirm_end(visit: Visiting, slug: str) -> Response:
    """End it; a mere look at the page, as programs take that read messages, ends nothing."""
    await visit.form()
    found = await visit.run("end_help_by_link", token=slug)
    if problems := problems_of(found["assistanceEndByLink"]):
        return await show_end(visit, slug, problems)
    return RedirectResponse(visit.to("end_help", slug, ended="1"), status_code=303)


async def show_end(visit: Visit, token: str, problems: Sequence[Wrong] = ()) -> Response:
    """The page by which a seller stops whoever acts for them."""
    found = (await visit.run("end_help_page", token=token))["assistanceLink"]
    context = {
        "help": found,
        "token": token,
        "scopes": SCOPES,
        "problems": problems,
        "has_ended": "ended" in visit.request.query_params,
    }
    status = 422 if problems else 200
    return await visit.show("pages/people/end_help.html", context, status=status)
