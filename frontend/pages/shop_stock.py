"""Stock in the workspace: what lies there, what came and went, and counting it."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of, typed
from frontend.listing import read_window, shown_of
from frontend.routing import Visiting, form, page
from frontend.shop_form import read_count
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
PER_PAGE: Final = 30
MOST_COUNTED: Final = 100
KINDS: Final = ("RECEIVED", "SOLD", "SPOILED", "CORRECTED")
WHOLE: Final = _("Please type a whole number here.")


@page(router, "shop_stock")
async def stock(visit: Visiting, slug: str) -> Response:
    """Every packing on sale and what lies of it."""
    shop = await shop_of(visit, slug)
    query = visit.request.query_params.get("q", "").strip()[:120]
    window = read_window(visit.request.query_params, PER_PAGE)
    found = await visit.run("shop_stock", slug=slug, search=query or None, **window)
    lines = found["workspace"]["stock"]
    context = {
        "query": query,
        "lines": shown_of(lines, window),
        "total": lines["totalCount"],
        "page_info": lines["pageInfo"],
    }
    return await show_shop(visit, "stock", shop, context, page="shop_stock")


@page(router, "shop_stock_line")
async def line(visit: Visiting, slug: str, item: str) -> Response:
    """One packing: what came and went of it, and the forms to book more."""
    shop = await shop_of(visit, slug)
    return await _line(visit, shop, item)


async def _line(
    visit: Visit,
    shop: Shop,
    item: str,
    problems: list[Wrong] | None = None,
    values: Mapping[str, str] | None = None,
) -> Response:
    window = read_window(visit.request.query_params, PER_PAGE)
    found = (await visit.run("shop_stock_line", slug=shop.slug, variant=item, **window))[
        "workspace"
    ]
    if found["stockLine"] is None:
        raise NotFoundError(_("There is no such variant."))
    is_kept = "kept" in visit.request.query_params and not problems
    context = {
        "line": found["stockLine"],
        "movements": shown_of(found["stockMovements"], window),
        "page_info": found["stockMovements"]["pageInfo"],
        "kinds": KINDS,
        "problems": problems or [],
        "values": values or {"threshold": str(found["stockLine"]["threshold"])},
        "item": item,
        "notice": translate(_("It is kept."), visit.language) if is_kept else "",
    }
    status = 422 if problems else 200
    return await show_shop(
        visit, "stock_line", shop, context, page="shop_stock_line", item=item, status=status
    )


@form(router, "shop_stock_line")
async def book(visit: Visiting, slug: str, item: str) -> Response:
    """Book what came or went, or say when it counts as running out."""
    shop = await shop_of(visit, slug)
    values = typed(await visit.form(), "action", "kind", "quantity", "note", "threshold")
    if values["action"] == "threshold":
        problems = await _keep_threshold(visit, item, values["threshold"])
    else:
        problems = await _book(visit, item, values)
    if problems:
        return await _line(visit, shop, item, problems, values)
    return visit.redirect("shop_stock_line", slug, item, kept="1")


async def _keep_threshold(visit: Visit, item: str, text: str) -> list[Wrong]:
    threshold = read_count(text)
    if threshold is None:
        return [Wrong(field="threshold", message=translate(WHOLE, visit.language))]
    found = await visit.run("set_threshold", id=item, threshold=threshold)
    return problems_of(found["productVariantThresholdSet"])


async def _book(visit: Visit, item: str, values: Mapping[str, str]) -> list[Wrong]:
    text = values["quantity"]
    kind = values["kind"] if values["kind"] in KINDS else "RECEIVED"
    is_less = kind == "CORRECTED" and text[:1] in {"-", "−"}
    count = read_count(text[1:] if is_less else text)
    if count is None:
        return [Wrong(field="quantity", message=translate(WHOLE, visit.language))]
    found = await visit.run(
        "book_stock",
        id=item,
        kind=kind,
        quantity=-count if is_less else count,
        note=values["note"],
    )
    return problems_of(found["productVariantStockBook"], {"onHand": "quantity"})


@page(router, "shop_count")
async def count(visit: Visiting, slug: str) -> Response:
    """A sheet to count with: every packing, what the book says, and a field for what lies there."""
    shop = await shop_of(visit, slug)
    return await _sheet(visit, shop, {}, [], [])


async def _sheet(
    visit: Visit,
    shop: Shop,
    values: Mapping[str, str],
    problems: list[Wrong],
    changed: list[Mapping[str, Any]],
) -> Response:
    window = read_window(visit.request.query_params, MOST_COUNTED)
    found = await visit.run("shop_stock", slug=shop.slug, search=None, **window)
    lines = found["workspace"]["stock"]
    context = {
        "lines": shown_of(lines, window),
        "page_info": lines["pageInfo"],
        "values": values,
        "problems": problems,
        "changed": changed,
    }
    status = 422 if problems else 200
    return await show_shop(visit, "count", shop, context, page="shop_count", status=status)


@form(router, "shop_count")
async def keep_count(visit: Visiting, slug: str) -> Response:
    """Book the difference of every packing that was counted."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    problems: list[Wrong] = []
    changed: list[Mapping[str, Any]] = []
    left: dict[str, str] = {}
    for name in list(dict.fromkeys(sent))[: MOST_COUNTED + 1]:
        text = text_of(sent, name).strip()
        if not name.startswith("c.") or not text:
            continue
        wrong = await _count_one(visit, name.removeprefix("c."), text)
        if wrong:
            left[name] = text
            problems += [Wrong(field=name, message=message) for message in wrong]
        else:
            changed.append({"id": name.removeprefix("c."), "count": text})
    return await _sheet(visit, shop, left, problems, changed)


async def _count_one(visit: Visit, variant: str, text: str) -> list[str]:
    counted = read_count(text)
    if counted is None:
        return [translate(WHOLE, visit.language)]
    found = await visit.run("set_stock", id=variant, onHand=counted)
    return [one["message"] for one in problems_of(found["productVariantStockSet"])]
