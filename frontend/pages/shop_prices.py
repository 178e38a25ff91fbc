"""Price lists in the workspace: what a packing costs from which quantity on, in each channel."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.listing import read_money
from frontend.pages.shop_editor import stored_product
from frontend.routing import Visiting, form, page
from frontend.shop_form import read_count
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.i18n import Language, _, translate

router = APIRouter()
CHANNELS: Final = ("retail", "wholesale")
# Lines of a price list on the page; two more than stand are open for new ones.
MOST_TIERS: Final = 8


@page(router, "shop_prices")
async def prices(visit: Visiting, slug: str, item: str) -> Response:
    """The price lists of every packing."""
    shop = await shop_of(visit, slug)
    found = await stored_product(visit, shop, item)
    return await _shown(visit, shop, found["workspace"]["product"], {}, [])


async def _shown(
    visit: Visit,
    shop: Shop,
    stored: Mapping[str, Any],
    values: Mapping[str, str],
    problems: list[Wrong],
) -> Response:
    is_kept = "kept" in visit.request.query_params and not problems
    context = {
        "stored": stored,
        "lists": [_lists(each, values) for each in stored["variants"] if each["isActive"]],
        "problems": problems,
        "item": stored["product"]["slug"],
        "notice": translate(_("It is kept."), visit.language) if is_kept else "",
    }
    status = 422 if problems else 200
    return await show_shop(
        visit, "prices", shop, context, page="shop_prices", item=context["item"], status=status
    )


def _lists(variant: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The lines of a packing's price lists, with two open ones behind those that stand."""
    channels = []
    for channel in CHANNELS:
        tiers = [
            tier
            for one in variant["priceLists"]
            if one["channel"] == channel
            for tier in one["tiers"]
        ]
        prefix = f"{variant['id']}.{channel}"
        lines = []
        for index in range(min(len(tiers) + 2, MOST_TIERS)):
            tier = tiers[index] if index < len(tiers) else None
            lines.append(
                {
                    "from": values.get(f"{prefix}.{index}.from", _text(tier, "minimumQuantity")),
                    "amount": values.get(f"{prefix}.{index}.amount", _text(tier, "amount")),
                    "name": f"{prefix}.{index}",
                }
            )
        channels.append({"channel": channel, "lines": lines, "prefix": prefix})
    return {"variant": variant, "channels": channels}


def _text(tier: Mapping[str, Any] | None, name: str) -> str:
    return "" if tier is None else f"{tier[name]:,}".replace(",", ".")


@form(router, "shop_prices")
async def keep_prices(visit: Visiting, slug: str, item: str) -> Response:
    """Keep every price list that was changed."""
    shop = await shop_of(visit, slug)
    if not shop.may_manage:
        raise NotPermittedError
    sent = await visit.form()
    found = await stored_product(visit, shop, item)
    stored = found["workspace"]["product"]
    problems: list[Wrong] = []
    for variant in stored["variants"]:
        if not variant["isActive"]:
            continue
        for channel in CHANNELS:
            problems += await _keep(visit, sent, variant, channel)
    if problems:
        values = {name: text_of(sent, name).strip() for name in sent}
        return await _shown(visit, shop, stored, values, problems)
    return visit.redirect("shop_prices", slug, item, kept="1")


async def _keep(
    visit: Visit, sent: FormData, variant: Mapping[str, Any], channel: str
) -> list[Wrong]:
    prefix = f"{variant['id']}.{channel}"
    tiers, problems = read_tiers(sent, prefix, visit.language)
    before = [
        {"minimumQuantity": tier["minimumQuantity"], "amount": tier["amount"]}
        for one in variant["priceLists"]
        if one["channel"] == channel
        for tier in one["tiers"]
    ]
    if problems or tiers == before:
        return problems
    usual = {
        tier["minimumQuantity"]: tier["undiscountedAmount"]
        for one in variant["priceLists"]
        if one["channel"] == channel
        for tier in one["tiers"]
    }
    for tier in tiers:
        full = usual.get(tier["minimumQuantity"])
        if full is not None and full > tier["amount"]:
            tier["undiscountedAmount"] = full
    found = await visit.run("set_prices", id=variant["id"], channel=channel, tiers=tiers)
    return [
        Wrong(field=f"{prefix}.0.amount", message=one["message"])
        for one in problems_of(found["productVariantPricesSet"])
    ]


def read_tiers(
    sent: FormData, prefix: str, language: Language
) -> tuple[list[dict[str, Any]], list[Wrong]]:
    """The lines of a price list as they were typed; an empty price takes its line away."""
    tiers: list[dict[str, Any]] = []
    problems: list[Wrong] = []
    for index in range(MOST_TIERS):
        name = f"{prefix}.{index}"
        amount_text = text_of(sent, f"{name}.amount").strip()
        from_text = text_of(sent, f"{name}.from").strip()
        if not amount_text:
            continue
        amount, start = read_money(amount_text), read_count(from_text or "1")
        if amount is None:
            message = translate(_("This is no amount of money. Type 45.000 or 45k."), language)
            problems.append(Wrong(field=f"{name}.amount", message=message))
        if start is None:
            message = translate(_("Please type a whole number here."), language)
            problems.append(Wrong(field=f"{name}.from", message=message))
        tiers.append({"minimumQuantity": start, "amount": amount})
    return sorted(tiers, key=lambda tier: tier["minimumQuantity"] or 0), problems
