"""Registering a business: guides for everybody, and where a filed dossier stands."""

from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend.addresses import path_to
from frontend.dossiers import HOLDERS
from frontend.forms import Wrong, typed
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, TooManyAttemptsError
from marketplace.kernel.i18n import LANGUAGES, _, translate

router = APIRouter()
NOT_FOUND: Final = _("We find no dossier with this receipt number and these last digits.")


@page(router, "registration")
async def registration(visit: Visiting) -> Response:
    """Every kind of business, and which one fits."""
    found = await visit.run("registration_index")
    context = {"guides": found["registrationGuides"], "values": {}, "problems": []}
    return await visit.show("pages/registration/index.html", context, page="registration")


@page(router, "registration_guide")
async def guide(visit: Visiting, slug: str) -> Response:
    """How one kind is registered.

    Raises:
        NotFoundError: there is no such guide.
    """
    found = (await visit.run("registration_guide_page", slug=slug))["registrationGuide"]
    if found is None:
        raise NotFoundError(_("There is no such guide."))
    slugs = {"vi": found["slugVi"], "en": found["slugEn"]}
    paths = {lang: path_to("registration_guide", lang, slugs[lang]) for lang in LANGUAGES}
    context = {
        "guide": found,
        "switches": paths,
        "alternates": {lang: visit.absolute(path) for lang, path in paths.items()},
    }
    return await visit.show(
        "pages/registration/guide.html", context, page="registration_guide", slug=slug
    )


@page(router, "tracking")
async def tracking(visit: Visiting) -> Response:
    """The form that asks for a receipt."""
    values = {"receipt": visit.request.query_params.get("receipt", "")}
    return await show_tracking(visit, values, [])


@form(router, "tracking")
async def track(visit: Visiting) -> Response:
    """Where the dossier stands; the same answer whichever of the two was wrong."""
    values = typed(await visit.form(), "receipt", "phoneEnding")
    try:
        found = (await visit.run("dossier_status", **values))["dossierStatus"]
    except TooManyAttemptsError as error:
        problem = Wrong(field="receipt", message=error.text(visit.language))
        return await show_tracking(visit, values, [problem], status=429)
    if found is None:
        problem = Wrong(field="receipt", message=translate(NOT_FOUND, visit.language))
        return await show_tracking(visit, values, [problem], status=404)
    return await show_tracking(visit, values, [], found=found)


async def show_tracking(
    visit: Visit,
    values: dict[str, str],
    problems: list[Wrong],
    *,
    found: object = None,
    status: int = 200,
) -> Response:
    """The look-up, with its answer once there is one."""
    context = {"values": values, "problems": problems, "found": found, "holders": HOLDERS}
    return await visit.show(
        "pages/registration/tracking.html", context, page="tracking", status=status
    )
