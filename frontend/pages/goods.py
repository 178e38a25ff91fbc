"""Categories, collections and products."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from frontend import facts, structured_data
from frontend.listing import PER_PAGE, ListView, Wish, read_window, read_wish, shown_of
from frontend.rendering import nodes, told
from frontend.routing import Visiting, page
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
NEIGHBOURS: Final = 6


@page(router, "categories")
async def categories(visit: Visiting) -> Response:
    """Every category with what stands under it."""
    found = await visit.run("category_index")
    context = {"categories": nodes(found["categories"])}
    return await visit.show("pages/categories.html", context, page="categories")


@page(router, "category")
async def category(visit: Visiting, slug: str) -> Response:
    """One category: its goods with facets, sort order and pages."""
    atlas = (await visit.site.frame(visit.language)).atlas
    asked = read_wish(visit.request.query_params, kind="PRODUCT", atlas=atlas)
    wish = asked.within_category(slug)
    found = await visit.run("category_page", slug=slug, **wish.variables)
    if found["category"] is None:
        raise NotFoundError(_("There is no such category."))
    context = category_context(visit, wish, found)
    view: ListView = context["view"]
    if view.is_beyond:
        return RedirectResponse(view.page_address(view.last_page), status_code=303)
    return await visit.show("pages/list.html", context, page="category", slug=slug)


def category_context(visit: Visit, wish: Wish, found: Mapping[str, Any]) -> dict[str, Any]:
    """What the category's page shows."""
    thing = found["category"]
    path = visit.to("category", thing["slug"])
    view = ListView(path, wish, found["search"], visit.language, fixed=("categories",))
    steps = [*category_steps(visit, thing["ancestors"]), (told(thing, "name"), "")]
    return {
        "thing": thing,
        "heading": told(thing, "name"),
        "children": nodes(thing["children"]),
        "view": view,
        "trail": steps,
        "structured": [
            structured_data.trail(visit, steps),
            structured_data.item_list(visit, view.products),
        ],
    }


def category_steps(visit: Visit, ancestors: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """The breadcrumbs down to a category."""
    start = (translate(_("Categories"), visit.language), visit.to("categories"))
    above = [(told(one, "name"), visit.to("category", one["slug"])) for one in nodes(ancestors)]
    return [start, *above]


@page(router, "collection")
async def collection(visit: Visiting, slug: str) -> Response:
    """One collection, chosen by hand, in its own order."""
    window = read_window(visit.request.query_params, PER_PAGE)
    found = await visit.run("collection_page", slug=slug, **window)
    thing = found["collection"]
    if thing is None:
        raise NotFoundError(_("There is no such collection."))
    steps = [(told(thing, "name"), "")]
    context = {
        "thing": thing,
        "products": shown_of(thing["products"], window),
        "page_info": thing["products"]["pageInfo"],
        "trail": steps,
        "structured": [structured_data.trail(visit, steps)],
    }
    return await visit.show("pages/collection.html", context, page="collection", slug=slug)


@page(router, "product")
async def product(visit: Visiting, slug: str) -> Response:
    """One product: pictures, packings, story, papers, origin, and how to reach its maker."""
    found = await visit.run("product_page", slug=slug)
    thing = found["product"]
    if thing is None:
        raise NotFoundError(_("There is no such product."))
    return await visit.show(
        "pages/product.html", product_context(visit, thing), page="product", slug=slug
    )


def product_context(visit: Visit, thing: Mapping[str, Any]) -> dict[str, Any]:
    """What the product's page shows besides the product itself."""
    variants = [packing(visit, thing, one) for one in thing["variants"] or []]
    wanted = visit.request.query_params.get("goi") or visit.request.query_params.get("pack")
    standing = [one for one in variants if not one["isOut"]] or variants
    variant = next((one for one in variants if one["sku"] == wanted), next(iter(standing), None))
    pictures = [one for one in thing["media"] or [] if one["large"]]
    above = thing["category"] or {}
    steps = category_steps(visit, above.get("ancestors"))
    if above:
        steps.append((told(above, "name"), visit.to("category", above["slug"])))
    steps.append((told(thing, "name"), ""))
    return {
        "product": thing,
        "variants": variants,
        "variant": variant,
        "pictures": pictures,
        "facts": facts.product_facts(thing, variant, visit.language),
        "papers": facts.food_papers(thing, visit.language),
        "neighbours": others(thing, (thing["originPlace"] or {}).get("products")),
        "similar": others(thing, above.get("products")),
        "trail": steps,
        "og_image": pictures[0]["large"] if pictures else "",
        "structured": [
            structured_data.product(visit, thing, pictures),
            structured_data.trail(visit, steps),
        ],
    }


def packing(visit: Visit, thing: Mapping[str, Any], variant: Mapping[str, Any]) -> dict[str, Any]:
    """A variant with its own address, so that choosing works without JavaScript."""
    name = "goi" if visit.language == "vi" else "pack"
    address = visit.to("product", thing["slug"], **{name: variant["sku"]})
    return {**variant, "address": address, "isOut": not variant["quantityAvailable"]}


def others(
    thing: Mapping[str, Any], connection: Mapping[str, Any] | None
) -> Sequence[Mapping[str, Any]]:
    """Other products beside this one."""
    return [one for one in nodes(connection) if one["id"] != thing["id"]][:NEIGHBOURS]
