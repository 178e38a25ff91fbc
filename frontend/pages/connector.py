"""The shop a business runs elsewhere on Saleor: connecting it, matching, and how it goes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of, typed
from frontend.pages.shop_products import branches
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from frontend.wording import HANOI
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
PAGE: Final = "shop_connector"
CHANNEL: Final = "default-channel"
# What each button without fields does.
ACTIONS: Final = {
    "pull": "pull_saleor",
    "enable": "enable_saleor",
    "disable": "disable_saleor",
    "remove": "remove_saleor",
}
NOTICES: Final = {
    "connect": _("Connected. The goods are being fetched; that may take some minutes."),
    "change": _("It is kept. The goods are being compared again."),
    "match": _("It is kept. The goods follow in some minutes."),
    "pull": _("The goods are being compared now; look again in some minutes."),
    "enable": _("The connection is switched on again."),
    "disable": _("The connection is switched off. Your goods here stay as they are."),
    "remove": _("The connection has ended. Your goods here stay as they are."),
}
_MATCH: Final = "match-"


@page(router, PAGE)
async def connector(visit: Visiting, slug: str) -> Response:
    """How the connection goes; without one, the form to connect."""
    return await show_connector(visit, await shop_of(visit, slug), {}, [])


@form(router, PAGE)
async def change_connector(visit: Visiting, slug: str) -> Response:
    """Connect, change, match, or do what a button says."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    values = typed(sent, "action", "id", "url", "channel", "category", "token")
    action = values["action"]
    if action == "connect":
        found = await _connect(visit, shop, values)
    elif action == "change":
        wanted = {"channel": values["channel"], "category": values["category"] or None}
        if values["token"] or text_of(sent, "forget"):
            wanted["token"] = "" if text_of(sent, "forget") else values["token"]
        found = await visit.run("change_saleor", id=values["id"], input=wanted)
    elif action == "match":
        found = await visit.run("match_saleor", id=values["id"], matches=_matches(sent))
    elif action in ACTIONS:
        found = await visit.run(ACTIONS[action], id=values["id"])
    else:
        raise NotFoundError(_("There is no such page."))
    if problems := problems_of(next(iter(found.values()))):
        return await show_connector(visit, shop, values, problems)
    return visit.redirect(PAGE, shop.slug, done=action)


async def _connect(visit: Visit, shop: Shop, values: Mapping[str, str]) -> Mapping[str, Any]:
    """Connect the shop; one who chose no category is told so beside the field."""
    wanted = {
        "url": values["url"],
        "channel": values["channel"] or CHANNEL,
        "category": values["category"],
        "token": values["token"] or None,
    }
    business = shop.workspace["business"]["id"]
    return await visit.run("connect_saleor", business=business, input=wanted)


def _matches(sent: FormData) -> list[dict[str, str | None]]:
    """What each of the shop's own categories was said to mean."""
    return [
        {"id": name.removeprefix(_MATCH), "category": text_of(sent, name).strip() or None}
        for name in sent
        if name.startswith(_MATCH)
    ]


async def show_connector(
    visit: Visit, shop: Shop, values: Mapping[str, str], problems: list[Wrong]
) -> Response:
    """The page, with what was typed and what is wrong.

    Raises:
        NotFoundError: the page is not for clerks.
    """
    if not shop.may_manage:
        raise NotFoundError(_("There is no such page."))
    found = await visit.run("saleor_page", slug=shop.slug)
    notice = NOTICES.get(visit.request.query_params.get("done", ""), "")
    connection = found["workspace"]["connection"]
    context = {
        "connection": connection,
        "branches": branches(found),
        "values": {**_stored(connection), **{k: v for k, v in values.items() if v}},
        "problems": problems,
        "notice": translate(notice, visit.language) if notice else "",
        "clock": clock,
    }
    status = 422 if problems else 200
    return await show_shop(visit, "connector", shop, context, page=PAGE, status=status)


def _stored(connection: Mapping[str, Any] | None) -> dict[str, str]:
    if connection is None:
        return {"channel": CHANNEL}
    return {"channel": connection["channel"], "category": connection["categoryId"]}


def clock(moment: str | None) -> str:
    """A moment as 22/11/2026 20:59 on Hanoi's clock."""
    if not moment:
        return ""
    return f"{datetime.fromisoformat(moment).astimezone(HANOI):%d/%m/%Y %H:%M}"
