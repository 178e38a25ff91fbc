"""The log of a workspace: what was done, by whom, and for whom."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend.listing import read_window, shown_of
from frontend.routing import Visiting, page
from frontend.wording import HANOI
from frontend.workspace import shop_of, show_shop
from marketplace.kernel.i18n import Language, _, translate

router = APIRouter()
PER_PAGE: Final = 40
SAID: Final[Mapping[str, str]] = {
    "product.created": _("began the product"),
    "product.edited": _("changed the product"),
    "product.publish": _("put on the shelf"),
    "product.withdraw": _("took off the shelf"),
    "stock.received": _("took in stock of"),
    "stock.sold": _("sold outside the market"),
    "stock.spoiled": _("wrote off as spoiled"),
    "stock.corrected": _("corrected the stock of"),
    "stock.counted": _("counted"),
    "stock.imported": _("took in from a spreadsheet the stock of"),
    "import.finished": _("took in the file"),
    "saleor.connected": _("connected the Saleor shop"),
    "saleor.edited": _("changed how the Saleor shop is read"),
    "saleor.enabled": _("switched on the Saleor shop"),
    "saleor.disabled": _("switched off the Saleor shop"),
    "saleor.removed": _("ended the connection to the Saleor shop"),
    "business.open": _("opened the business"),
    "business.activate": _("opened the business"),
    "business.suspend": _("suspended the business"),
    "business.reinstate": _("opened the business again"),
}


def lines(entries: list[Mapping[str, Any]], language: Language) -> list[dict[str, Any]]:
    """The entries of the log in words."""
    return [_line(each, language) for each in entries]


def _line(entry: Mapping[str, Any], language: Language) -> dict[str, Any]:
    details = json.loads(entry["details"])
    moment = datetime.fromisoformat(entry["at"]).astimezone(HANOI)
    said = SAID.get(entry["name"])
    quantity = details.get("quantity")
    figure = "" if not isinstance(quantity, int) else f"{quantity:+d}".replace("-", "−")
    return {
        "who": entry["who"] or translate(_("The market"), language),
        "for_whom": entry["forWhom"],
        "said": translate(said, language) if said else entry["name"].replace(".", " "),
        "label": entry["label"],
        "figure": figure,
        "note": str(details.get("note") or ""),
        "clock": f"{moment:%H:%M}",
        "day": f"{moment:%d/%m/%Y}",
    }


@page(router, "shop_log")
async def log(visit: Visiting, slug: str) -> Response:
    """What was done, the newest first."""
    shop = await shop_of(visit, slug)
    window = read_window(visit.request.query_params, PER_PAGE)
    found = (await visit.run("shop_log", slug=slug, **window))["workspace"]["activity"]
    context = {
        "lines": lines(shown_of(found, window), visit.language),
        "page_info": found["pageInfo"],
    }
    return await show_shop(visit, "log", shop, context, page="shop_log")
