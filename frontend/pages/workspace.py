"""The door of the workspace: which business, and what is to be done there today."""

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from frontend import wording
from frontend.addresses import PATHS
from frontend.pages.shop_log import lines
from frontend.rendering import nodes
from frontend.routing import Visiting, page
from frontend.workspace import shop_of, show_shop
from marketplace.kernel.errors import NotSignedInError

router = APIRouter()


@page(router, "shops")
async def shops(visit: Visiting) -> Response:
    """The businesses one works for; who works for one only goes straight there."""
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    found = (await visit.run("shop_list"))["workspaces"]
    if len(found) == 1:
        return visit.redirect("shop_today", found[0]["business"]["slug"])
    return await visit.show("pages/workspace/shops.html", {"workspaces": found}, page="shops")


@page(router, "shop_today")
async def today(visit: Visiting, slug: str) -> Response:
    """What waits to be done."""
    shop = await shop_of(visit, slug)
    found = (await visit.run("shop_today", slug=slug))["workspace"]
    day = wording.today()
    papers = [
        {**each, "left": (date.fromisoformat(each["expiresOn"]) - day).days}
        for each in found["expiringPapers"]
    ]
    context = {
        "today_in_words": wording.long_day(day, visit.language),
        "has_papers": "shop_papers" in PATHS,
        "counts": found["productCounts"],
        "papers": papers,
        "drafts": nodes(found["drafts"]),
        "short": nodes(found["stock"]),
        "lines": lines(nodes(found["activity"]), visit.language),
    }
    return await show_shop(visit, "today", shop, context, page="shop_today")
