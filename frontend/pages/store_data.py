"""A business's way out in its owner's workspace: all its data to carry away, and its end."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
NOTICES: Final = {
    "asked": _("Your data is being packed. Load this page again in a minute."),
    "closing": _("The business will be closed in seven days. Until then you can undo it here."),
    "undone": _("The business stays open."),
}
RECORDS: Final = {
    "listing": _("What was shown of your goods"),
    "contract": _("Orders and contracts"),
    "seller_data": _("Your data as a seller, for you to download"),
    "voucher": _("Accounting vouchers"),
}
# What each button does: the operation, its mutation, and what is said afterwards.
ACTIONS: Final = {
    "request": ("request_data", "businessDataRequest", "asked"),
    "close": ("close_business", "businessClosingAsk", "closing"),
    "undo": ("undo_closing", "businessClosingUndo", "undone"),
}
_OWNER: Final = "OWNER"


async def _owned(visit: Visit, slug: str) -> tuple[Shop, Mapping[str, Any]]:
    shop = await shop_of(visit, slug)
    found = (await visit.run("shop_data", slug=slug))["workspace"]
    if found["role"] != _OWNER:
        raise NotPermittedError
    return shop, found


@page(router, "shop_data")
async def store_data(visit: Visiting, slug: str) -> Response:
    """What was packed, and what closing would mean."""
    shop, found = await _owned(visit, slug)
    return await _show(visit, shop, found, [])


@form(router, "shop_data")
async def change_data(visit: Visiting, slug: str) -> Response:
    """Have it packed, close the business, or keep it after all."""
    shop, found = await _owned(visit, slug)
    sent = await visit.form()
    action = text_of(sent, "action")
    if action not in ACTIONS:
        raise NotFoundError(_("There is no such page."))
    operation, mutation, done = ACTIONS[action]
    given = {"business": found["business"]["id"]}
    if action == "close":
        given["password"] = text_of(sent, "password")
    payload = (await visit.run(operation, **given))[mutation]
    if problems := problems_of(payload, {"oldPassword": "password"}):
        return await _show(visit, shop, found, problems)
    return visit.redirect("shop_data", slug, done=done)


async def _show(
    visit: Visit, shop: Shop, found: Mapping[str, Any], problems: list[Wrong]
) -> Response:
    notice = NOTICES.get(visit.request.query_params.get("done", ""), "")
    context = {
        "own": found,
        "records": RECORDS,
        "problems": problems,
        "notice": translate(notice, visit.language) if notice else "",
    }
    status = 422 if problems else 200
    return await show_shop(visit, "store_data", shop, context, page="shop_data", status=status)
