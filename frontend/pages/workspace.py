"""The door of the workspace: which business, and what is to be done there today."""

from fastapi import APIRouter
from starlette.responses import Response

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
    return await show_shop(visit, "today", shop, page="shop_today")
