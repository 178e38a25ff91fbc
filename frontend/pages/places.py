"""The places: the drawn map, and the page of each commune."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from frontend import structured_data
from frontend.pages.home import busiest, by_old_district
from frontend.rendering import nodes, told
from frontend.routing import Visiting, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()


@page(router, "places")
async def places(visit: Visiting) -> Response:
    """Every commune on the map and under its old district."""
    found = (await visit.run("place_index"))["places"]
    frame = await visit.site.frame(visit.language)
    context = {
        "districts": by_old_district(found),
        "count": len(found),
        "labels": busiest(frame.atlas),
    }
    return await visit.show("pages/places.html", context, page="places")


@page(router, "place")
async def place(visit: Visiting, slug: str) -> Response:
    """One commune and what comes from it; only the code counts, the words may change."""
    code = slug.partition("-")[0]
    thing = (await visit.run("place_page", code=code))["place"]
    if thing is None:
        raise NotFoundError(_("There is no such place."))
    true_slug = f"{thing['code']}-{thing['slug']}"
    if slug != true_slug:
        return RedirectResponse(visit.to("place", true_slug), status_code=301)
    context = place_context(visit, thing)
    return await visit.show("pages/place.html", context, page="place", slug=slug)


def place_context(visit: Visit, thing: Mapping[str, Any]) -> dict[str, object]:
    """What the page of a place shows."""
    start = (translate(_("Places"), visit.language), visit.to("places"))
    return {
        "place": thing,
        "products": nodes(thing["products"]),
        "businesses": nodes(thing["businesses"]),
        "og_image": (thing["banner"] or {}).get("url", ""),
        "structured": [structured_data.trail(visit, [start, (told(thing, "name"), "")])],
    }
