"""The goods of a business as its people list them, and what is done with many at once."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.listing import read_window, shown_of
from frontend.rendering import nodes
from frontend.routing import Visiting, form, page
from frontend.shop_form import read_count
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.i18n import _, translate

router = APIRouter()
PER_PAGE: Final = 30
STATES: Final = ("DRAFT", "PUBLISHED", "WITHDRAWN")
HIGHEST_PERCENT: Final = 300
DONE: Final = {
    "published": _("It is on the shelf now. Buyers can see it."),
    "withdrawn": _("It is off the shelf. You can put it back at any time."),
    "saved": _("It is kept as a draft."),
}


@page(router, "shop_products")
async def products(visit: Visiting, slug: str) -> Response:
    """Every product, narrowed by what was typed, state and category."""
    shop = await shop_of(visit, slug)
    notice = DONE.get(visit.request.query_params.get("done", ""))
    shown = translate(notice, visit.language) if notice else ""
    return await _listed(visit, shop, {"notice": shown})


async def _listed(
    visit: Visit, shop: Shop, context: Mapping[str, Any], status: int = 200
) -> Response:
    asked = visit.request.query_params
    wanted = {name: asked.get(name, "").strip()[:120] for name in ("q", "state", "category")}
    window = read_window(asked, PER_PAGE)
    found = await visit.run(
        "shop_products", slug=shop.slug, filter=_filter(wanted, asked.get("short")), **window
    )
    workspace = found["workspace"]
    shown = {
        "wanted": wanted,
        "short": bool(asked.get("short")),
        "counts": workspace["productCounts"],
        "total": workspace["products"]["totalCount"],
        "products": shown_of(workspace["products"], window),
        "page_info": workspace["products"]["pageInfo"],
        "categories": branches(found),
        "outcomes": [],
        "problems": [],
        "chosen": (),
        **context,
    }
    return await show_shop(visit, "products", shop, shown, page="shop_products", status=status)


def _filter(wanted: Mapping[str, str], short: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if wanted["q"]:
        found["search"] = wanted["q"]
    if wanted["state"] in STATES:
        found["state"] = wanted["state"]
    if wanted["category"]:
        found["category"] = wanted["category"]
    if short:
        found["isShort"] = True
    return found


def branches(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The category tree for a choice: each branch with what stands under it."""
    tree = nodes(found["categories"])
    below: dict[str, list[Mapping[str, Any]]] = {}
    for one in tree:
        if one["parent"]:
            below.setdefault(one["parent"]["id"], []).append(one)
    return [
        {"name": one["name"], "leaves": below.get(one["id"]) or [one]}
        for one in tree
        if one["level"] == 0
    ]


@form(router, "shop_products")
async def change_products(visit: Visiting, slug: str) -> Response:
    """Do the same with every ticked product, and tell which could not and why."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    ids = [one for one in sent.getlist("ids") if isinstance(one, str)]
    problems, wanted = _wanted(visit, sent)
    if not ids:
        message = translate(_("Tick at least one product."), visit.language)
        problems.append(Wrong(field="ids", message=message))
    outcomes: list[Mapping[str, Any]] = []
    if not problems:
        business = shop.workspace["business"]["id"]
        payload = (await visit.run("change_products", business=business, ids=ids, input=wanted))[
            "productsChange"
        ]
        problems, outcomes = problems_of(payload), payload["outcomes"]
    context = {"problems": problems, "outcomes": outcomes, "chosen": ids if problems else ()}
    return await _listed(visit, shop, context, 422 if problems else 200)


def _wanted(visit: Visit, sent: FormData) -> tuple[list[Wrong], dict[str, Any]]:
    """What is to be done with them, and what is wrong with how it was told."""
    action = text_of(sent, "action")
    if action in {"publish", "withdraw"}:
        return [], {action: True}
    if action == "category" and text_of(sent, "category"):
        return [], {"category": text_of(sent, "category")}
    typed = text_of(sent, "value").strip()
    if action == "stock" and (count := read_count(typed)) is not None:
        return [], {"onHand": count}
    if action in {"raise", "lower"}:
        percent = read_count(typed.removesuffix("%").strip())
        if percent is not None and 0 < percent <= HIGHEST_PERCENT:
            return [], {"pricePercent": percent if action == "raise" else -percent}
    message = {
        "stock": _("Please type a whole number here."),
        "raise": _("Type by how many per cent, such as 10."),
        "lower": _("Type by how many per cent, such as 10."),
        "category": _("Please choose a category."),
    }.get(action, _("Please say what to do."))
    return [Wrong(field="value", message=translate(message, visit.language))], {}
