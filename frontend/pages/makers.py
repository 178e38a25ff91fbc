"""The makers: their list, and the page of each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from frontend import structured_data
from frontend.listing import read_window, shown_of
from frontend.rendering import nodes, told
from frontend.routing import Visiting, page
from frontend.store_hours import closure_of, week_of
from frontend.store_map import spot_of
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import Language, _, translate

router = APIRouter()
PER_PAGE: Final = 30
# Up to so many products need no shelves.
ONE_SHELF: Final = 4


@page(router, "businesses")
async def businesses(visit: Visiting) -> Response:
    """Every maker, some at a time."""
    window = read_window(visit.request.query_params, PER_PAGE)
    found = (await visit.run("business_index", **window))["businesses"]
    context = {"businesses": shown_of(found, window), "page_info": found["pageInfo"]}
    return await visit.show("pages/businesses.html", context, page="businesses")


@page(router, "business")
async def business(visit: Visiting, slug: str) -> Response:
    """One maker: who and where, how to reach them, and their goods shelf by shelf."""
    thing = (await visit.run("business_page", slug=slug))["business"]
    if thing is None:
        moved = (await visit.run("business_moved", slug=slug))["businessMoved"]
        if moved is None:
            raise NotFoundError(_("There is no such maker."))
        return RedirectResponse(visit.to("business", moved["slug"]), status_code=301)
    return await page_of_business(visit, thing)


async def page_of_business(
    visit: Visit, thing: Mapping[str, Any], *, is_preview: bool = False
) -> Response:
    """The page of a maker, as it stands or as its owner thinks of it."""
    store, atlas = thing["store"], (await visit.site.frame(visit.language)).atlas
    products = nodes(thing["products"])
    makers = (translate(_("Makers"), visit.language), visit.to("businesses"))
    context = {
        "business": thing,
        "shelves": shelves(products, visit.language),
        "certified": [one for one in products if one["certificate"] and store["showsCertificates"]],
        "is_preview": is_preview,
        "week": week_of(store, visit.language),
        "closure": closure_of(store),
        "promises": store["policies"] or store["base"],
        "spot": spot_of(atlas, store["latitude"], store["longitude"])
        if store["latitude"] is not None
        else None,
        "og_image": (thing["banner"] or {}).get("url", ""),
        "structured": [
            structured_data.business(visit, thing),
            structured_data.trail(visit, [makers, (told(thing, "name"), "")]),
        ],
    }
    page_name = None if is_preview else "business"
    return await visit.show("pages/business.html", context, page=page_name, slug=thing["slug"])


def shelves(products: Sequence[Mapping[str, Any]], language: Language) -> list[dict[str, Any]]:
    """The goods by category, the fullest shelf first; what stands alone shares the last one."""
    if 0 < len(products) <= ONE_SHELF:
        return [_shelf("hang", translate(_("What we sell"), language), products)]
    found: dict[str, dict[str, Any]] = {}
    for product in products:
        category = product["category"] or {"slug": "khac", "name": "…"}
        shelf = found.setdefault(
            category["slug"],
            {"slug": category["slug"], "name": told(category, "name"), "products": []},
        )
        shelf["products"].append(product)
    full = [shelf for shelf in found.values() if len(shelf["products"]) > 1]
    alone = [shelf["products"][0] for shelf in found.values() if len(shelf["products"]) == 1]
    full.sort(key=lambda shelf: -len(shelf["products"]))
    if alone:
        full.append(_shelf("con-nua", translate(_("More goods"), language), alone))
    return full


def _shelf(slug: str, name: str, products: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"slug": slug, "name": name, "products": products}
