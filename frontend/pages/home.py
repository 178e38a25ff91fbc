"""The home page, static pages, and the basket until ordering opens."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend import structured_data
from frontend.maps import Dot, DrawnMap, Landmark
from frontend.rendering import nodes, told
from frontend.routing import Visiting, page
from frontend.wording import long_day, today
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _

router = APIRouter()
# The collection of every month, and the one that the contract keeps for home pages.
STANDING: Final = "featured-products"
SEASON_FIELDS: Final = ("season", "second", "third")
GOODS: Final = 6
MAKERS: Final = 8
SCENES: Final = 5
_CROPS: Final = 7
ALL_YEAR: Final = 12
LABELS: Final = 6
# How far apart two names on the map must be, in the units of the drawing.
LINE: Final = 34
WORDS: Final = 130


@page(router, "home")
async def home(visit: Visiting) -> Response:
    """What the province is, what is in season, who makes it, where it comes from."""
    now = today()
    running = visit.site.brand.in_season(now.month) or [STANDING]
    names = dict(zip(SEASON_FIELDS, (*running, "", ""), strict=False))
    found = await visit.site.for_everybody("home", visit.language, **names)
    frame = await visit.site.frame(visit.language)
    context = {
        **season_context(found, running, now.month),
        "when": long_day(now, visit.language),
        "categories": nodes(found["categories"]),
        "businesses": in_turn(by_kind(nodes(found["businesses"])))[:MAKERS],
        "districts": by_old_district(found["places"]),
        "labels": busiest(frame.atlas),
        "tally": tally(found),
        "structured": structured_data.website(visit),
    }
    return await visit.show("pages/home.html", context, page="home")


def tally(found: Mapping[str, Any]) -> dict[str, int]:
    """How much there is, in three figures."""
    return {
        "products": found["products"]["totalCount"],
        "businesses": found["businesses"]["totalCount"],
        "places": len(found["places"]),
    }


def season_context(
    found: Mapping[str, Any], running: Sequence[str], month: int
) -> dict[str, object]:
    """What is in season, when it is harvested, and the collections that always stand."""
    seasons = [found[name] for name in SEASON_FIELDS if found[name]]
    shown = {one["slug"] for one in seasons}
    collections = nodes(found["collections"])
    goods = in_turn([nodes(one["products"]) for one in seasons])
    return {
        "seasons": seasons,
        "season": goods[:GOODS],
        "calendar": harvest_calendar(goods),
        "this_month": month,
        "also": [c for c in collections if c["slug"] in running and c["slug"] not in shown],
        "collections": [c for c in collections if c["slug"] not in running][:SCENES],
    }


def in_turn(rows: Sequence[Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """One of each row after the other, nothing twice: a mixed table rather than one heap."""
    mixed = [one for turn in zip_longest(*rows) for one in turn if one is not None]
    return list({one["id"]: one for one in mixed}.values())


def by_kind(makers: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The makers who sell something, kind by kind, the kind with most of them first."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for maker in sorted(makers, key=lambda maker: -maker["productCount"]):
        if maker["productCount"]:
            rows.setdefault(maker["kind"], []).append(maker)
    return sorted(rows.values(), key=lambda row: -len(row))


def harvest_calendar(products: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The months in which each kind of goods is harvested, one row per category."""
    rows: dict[str, dict[str, Any]] = {}
    for product in products:
        category = product["category"]
        if category and 0 < len(product["harvestMonths"]) < ALL_YEAR:
            row = rows.setdefault(
                category["slug"], {"name": told(category, "name"), "months": set()}
            )
            row["months"].update(product["harvestMonths"])
    return list(rows.values())[:_CROPS]


def by_old_district(places: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Today's communes under the old districts that people still say."""
    groups: dict[str, dict[str, Any]] = {}
    for place in places:
        for old in place["oldDistricts"][:1]:
            name = told(old, "fullName") or told(old, "name")
            group = groups.setdefault(old["code"], {"name": name, "places": []})
            group["places"].append(place)
    return list(groups.values())


def busiest(atlas: DrawnMap) -> list[str]:
    """The communes that carry their name on the map, never so near that names collide."""
    chosen: list[Dot] = []
    for dot in sorted(atlas.dots, key=lambda dot: -dot.weight):
        named: list[Dot | Landmark] = [*chosen, *atlas.landmarks]
        if all(abs(dot.y - other.y) > LINE or abs(dot.x - other.x) > WORDS for other in named):
            chosen.append(dot)
    return [dot.code for dot in chosen[:LABELS]]


@page(router, "page")
async def static_page(visit: Visiting, slug: str) -> Response:
    """About, operating regulation, privacy, complaints."""
    found = await visit.run("static_page", slug=slug)
    if found["page"] is None:
        raise NotFoundError(_("There is no such page."))
    text = found["page"]
    trail = structured_data.trail(visit, [(told(text, "title"), "")])
    context = {"text": text, "structured": [trail]}
    return await visit.show("pages/page.html", context, page="page", slug=slug)


@page(router, "basket")
async def basket(visit: Visiting) -> Response:
    """Says honestly that ordering opens later, and how to buy until then."""
    return await visit.show("pages/basket.html", page="basket")
