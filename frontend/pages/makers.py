"""The makers: their list, and the page of each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend import structured_data
from frontend.listing import read_window, shown_of
from frontend.rendering import nodes, told
from frontend.routing import Visiting, page
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
        raise NotFoundError(_("There is no such maker."))
    products = nodes(thing["products"])
    makers = (translate(_("Makers"), visit.language), visit.to("businesses"))
    context = {
        "business": thing,
        "shelves": shelves(products, visit.language),
        "certified": [one for one in products if one["certificate"]],
        "og_image": (thing["banner"] or {}).get("url", ""),
        "structured": [
            structured_data.business(visit, thing),
            structured_data.trail(visit, [makers, (told(thing, "name"), "")]),
        ],
    }
    return await visit.show("pages/business.html", context, page="business", slug=slug)


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
