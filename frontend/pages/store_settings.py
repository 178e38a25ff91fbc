"""A store in its owner's workspace: its look, hours, holidays, promises and address."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of, typed
from frontend.pages.makers import page_of_business
from frontend.routing import Visiting, form, page
from frontend.store_form import (
    COLOURS,
    DAYS,
    OWN,
    PROMISES,
    accent_of,
    hours_of,
    input_of,
    look_of,
    promises_of,
    read_hours,
    read_look,
    read_promises,
    with_look,
)
from frontend.store_map import SHOWN_WIDTH, point_of_click, spot_of
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
PICTURES: Final = ("logo", "banner")
NOTICES: Final = {
    "kept": _("It is kept. Buyers see it now."),
    "closed": _("The holiday is kept. Your page and your goods say so on those days."),
    "reopened": _("The holiday is gone."),
    "moved": _("Your shop stands at its new address. The former one leads there."),
}


async def _managed(visit: Visit, slug: str) -> tuple[Shop, Mapping[str, Any]]:
    """The workspace and its store, for those who may change it.

    Raises:
        NotPermittedError: a clerk.
    """
    shop = await shop_of(visit, slug)
    if not shop.may_manage:
        raise NotPermittedError
    return shop, await visit.run("shop_store", slug=slug)


def _notice(visit: Visit) -> str:
    found = NOTICES.get(visit.request.query_params.get("done", ""), "")
    return translate(found, visit.language) if found else ""


@page(router, "shop_store")
async def store_look(visit: Visiting, slug: str) -> Response:
    """How the store looks."""
    shop, found = await _managed(visit, slug)
    return await _show_look(visit, shop, found, look_of(found["workspace"]["business"]), [])


@form(router, "shop_store")
async def keep_look(visit: Visiting, slug: str) -> Response:
    """Keep the look, or the point on the map."""
    shop, found = await _managed(visit, slug)
    sent = await visit.form()
    business = found["workspace"]["business"]
    if text_of(sent, "action") == "point":
        return await _keep_point(visit, shop, found, sent)
    values = {**look_of(business), **read_look(sent)}
    has_new_name = values["name"] != business["name"]
    given = input_of(values, with_name=has_new_name)
    problems = await _pictures(visit, sent, given)
    if not problems:
        problems = await _update(visit, business["id"], given)
    if problems:
        return await _show_look(visit, shop, found, values, problems)
    return visit.redirect("shop_store", slug, done="kept")


async def _keep_point(
    visit: Visit, shop: Shop, found: Mapping[str, Any], sent: FormData
) -> Response:
    """The point as it was clicked on the map, or typed."""
    business = found["workspace"]["business"]
    atlas = (await visit.site.frame(visit.language)).atlas
    clicked = point_of_click(atlas, text_of(sent, "map.x"), text_of(sent, "map.y"))
    point = clicked or text_of(sent, "point").strip()
    problems = await _update(visit, business["id"], {"point": point})
    if problems:
        values = {**look_of(business), "point": point}
        return await _show_look(visit, shop, found, values, problems)
    return visit.redirect("shop_store", shop.slug, done="kept")


async def _pictures(visit: Visit, sent: FormData, given: dict[str, Any]) -> list[Wrong]:
    """Hand in what was chosen; `given` learns what hangs from now on, and what no longer does."""
    problems: list[Wrong] = []
    given["drop"] = [name.upper() for name in PICTURES if text_of(sent, f"drop.{name}")]
    for name in PICTURES:
        picture = sent.get(name)
        if not isinstance(picture, UploadFile) or not picture.size:
            continue
        payload = (await visit.run("upload_picture", file=picture, alt=""))["mediaUpload"]
        wrong = problems_of(payload)
        problems += [Wrong(field=name, message=one["message"]) for one in wrong]
        if not wrong:
            given[name] = payload["media"]["id"]
    return problems


async def _update(visit: Visit, business: str, given: Mapping[str, Any]) -> list[Wrong]:
    found = await visit.run("update_store", business=business, input=given)
    return problems_of(found["storeUpdate"])


async def _show_look(
    visit: Visit,
    shop: Shop,
    found: Mapping[str, Any],
    values: Mapping[str, str],
    problems: list[Wrong],
) -> Response:
    store = found["workspace"]["business"]["store"]
    atlas = (await visit.site.frame(visit.language)).atlas
    spot = None
    if store["latitude"] is not None:
        spot = spot_of(atlas, store["latitude"], store["longitude"])
    palette = [(one["colour"]["colour"], COLOURS[one["name"]]) for one in found["storePalette"]]
    is_own = accent_of(values) not in {"", *(colour for colour, _words in palette)}
    context = {
        "store_business": found["workspace"]["business"],
        "values": {**values, "accent": OWN if is_own else values["accent"]},
        "problems": problems,
        "palette": palette,
        "own": OWN,
        "map_width": SHOWN_WIDTH,
        "map_height": round(SHOWN_WIDTH * atlas.height / atlas.width),
        "spot": spot,
        "notice": _notice(visit),
    }
    status = 422 if problems else 200
    return await show_shop(visit, "store_look", shop, context, page="shop_store", status=status)


@form(router, "shop_store_preview")
async def preview_store(visit: Visiting, slug: str) -> Response:
    """The store's page as buyers would see it, with what was typed and nothing kept."""
    _shop, found = await _managed(visit, slug)
    sent = await visit.form()
    values = {**look_of(found["workspace"]["business"]), **read_look(sent)}
    thing = (await visit.run("business_page", slug=slug))["business"]
    colour = None
    if accent_of(values):
        colour = (await visit.run("store_colour", colour=accent_of(values)))["storeColour"]
    shown = with_look(thing, values, colour, visit.language)
    return await page_of_business(visit, shown, is_preview=True)


@page(router, "shop_settings")
async def store_settings(visit: Visiting, slug: str) -> Response:
    """Hours, holidays, promises, the address."""
    shop, found = await _managed(visit, slug)
    return await _show_settings(visit, shop, found, {}, [])


@form(router, "shop_settings")
async def keep_settings(visit: Visiting, slug: str) -> Response:
    """Keep one part of the page; each has its own form."""
    shop, found = await _managed(visit, slug)
    sent = await visit.form()
    business, action = found["workspace"]["business"]["id"], text_of(sent, "action")
    if action == "hours":
        values, done = read_hours(sent), "kept"
        problems = await _update(visit, business, {"hours": list(values.values())})
    elif action == "promises":
        values, done = read_promises(sent), "kept"
        given = {
            name: {part: values[f"{part}.{code}"] for part in PROMISES}
            for name, code in (("policies", "vi"), ("policiesEn", "en"))
        }
        problems = await _update(visit, business, given)
    elif action == "close":
        values, done = typed(sent, "firstDay", "lastDay", "note", "noteEn"), "closed"
        problems = await _close(visit, business, values)
    elif action == "reopen":
        values, done = {}, "reopened"
        payload = await visit.run("remove_closure", id=text_of(sent, "id"))
        problems = problems_of(payload["storeClosureRemove"])
    elif action == "slug":
        values, done = typed(sent, "slug"), "moved"
        payload = (await visit.run("change_slug", business=business, slug=values["slug"]))[
            "businessSlugChange"
        ]
        problems = problems_of(payload)
        slug = slug if problems else payload["business"]["slug"]
    else:
        raise NotFoundError(_("There is no such page."))
    if problems:
        return await _show_settings(visit, shop, found, values, problems)
    return visit.redirect("shop_settings", slug, done=done)


async def _close(visit: Visit, business: str, values: Mapping[str, str]) -> list[Wrong]:
    given = {name: values[name] or None for name in ("firstDay", "lastDay")}
    words = {name: values[name] for name in ("note", "noteEn")}
    found = await visit.run("add_closure", business=business, input={**given, **words})
    return problems_of(found["storeClosureAdd"])


async def _show_settings(
    visit: Visit,
    shop: Shop,
    found: Mapping[str, Any],
    values: Mapping[str, str],
    problems: list[Wrong],
) -> Response:
    business = found["workspace"]["business"]
    store = business["store"]
    stored = {**hours_of(store), **promises_of(store), "slug": business["slug"]}
    context = {
        "store": store,
        "store_business": business,
        "days": DAYS,
        "values": {**stored, **values},
        "problems": problems,
        "notice": _notice(visit),
    }
    status = 422 if problems else 200
    page_name = "shop_settings"
    return await show_shop(visit, "store_settings", shop, context, page=page_name, status=status)
