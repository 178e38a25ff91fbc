"""Search and the suggestions while typing."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from frontend.listing import ListView, read_wish
from frontend.rendering import render
from frontend.routing import Visiting, page
from frontend.visit import Visit

router = APIRouter()
PAGE_OF_KIND = {"PRODUCT": "product", "BUSINESS": "business", "PLACE": "place", "PAGE": "page"}


@page(router, "search")
async def search(visit: Visiting) -> Response:
    """Goods, makers, places and pages that fit what was typed and ticked."""
    atlas = (await visit.site.frame(visit.language)).atlas
    wish = read_wish(visit.request.query_params, atlas=atlas)
    found = (await visit.run("search_page", **wish.variables))["search"]
    view = ListView(visit.to("search"), wish, found, visit.language, has_kinds=True)
    if view.is_beyond:
        return RedirectResponse(view.page_address(view.last_page), status_code=303)
    corrected = found["correctedQuery"]
    context = {
        "view": view,
        "query": wish.query,
        "corrected": corrected if corrected and corrected != wish.query else "",
    }
    return await visit.show("pages/search.html", context, page="search")


@page(router, "suggestions")
async def suggestions(visit: Visiting, q: str = "") -> Response:
    """A small piece of HTML under the search box."""
    query = q.strip()[:120]
    groups = (await visit.run("suggestions", query=query))["suggestions"] if query else []
    shown = [{**group, "suggestions": _addressed(visit, group["suggestions"])} for group in groups]
    html = render("parts/suggestions.html", visit.language, {"groups": shown})
    return HTMLResponse(html, headers={"Cache-Control": "private, max-age=30"})


def _addressed(visit: Visit, entries: list[dict[str, str]]) -> list[dict[str, str]]:
    """The suggestions with the addresses of their pages."""
    return [
        {**entry, "address": visit.to(PAGE_OF_KIND[entry["kind"]], entry["slug"])}
        for entry in entries
        if entry["kind"] in PAGE_OF_KIND
    ]
