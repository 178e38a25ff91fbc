"""A product in the workspace: begun, described, priced, shown."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.pages.shop_products import branches
from frontend.routing import Visiting, form, page
from frontend.shop_form import (
    NET_UNITS,
    UNITS,
    ProductForm,
    field_of,
    form_of,
    new_form,
    new_packing,
    read_form,
    variables_of,
)
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
MONTHS = tuple(range(1, 13))
MOST_NAME = 120


async def stored_product(visit: Visit, shop: Shop, item: str) -> Mapping[str, Any]:
    """The product of that slug with everything its form shows.

    Raises:
        NotFoundError: the business has none.
    """
    found = await visit.run("shop_product", slug=shop.slug, product=item)
    if found["workspace"]["product"] is None:
        raise NotFoundError(_("There is no such product."))
    return found


@page(router, "shop_new")
async def new_product(visit: Visiting, slug: str) -> Response:
    """First what it is called; then the whole form, with the likeliest category chosen."""
    shop = await shop_of(visit, slug)
    name = visit.request.query_params.get("name", "").strip()[:MOST_NAME]
    if not name:
        return await show_shop(visit, "new_product", shop, {"problems": []}, page="shop_new")
    found = await visit.run("shop_new", slug=shop.slug, goods=name)
    guesses = found["workspace"]["fittingCategories"]
    empty = new_form(name, guesses[0]["id"] if guesses else "")
    return await _edit(visit, shop, empty, found, guesses=guesses)


@form(router, "shop_new")
async def create_product(visit: Visiting, slug: str) -> Response:
    """Keep a new product, and show it if that was wished."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    typed = read_form(sent)
    found = await visit.run("shop_new", slug=shop.slug, goods=typed.values["name"])
    guesses = found["workspace"]["fittingCategories"]
    if text_of(sent, "action") == "category":
        return await _edit(visit, shop, typed, found, guesses=guesses)
    label = await _label(visit, shop, typed)
    variables = variables_of(typed, label, visit.language)
    product = await _saved(visit, shop, typed, variables)
    if product is None:
        return await _edit(visit, shop, typed, found, guesses=guesses, status=422)
    photos = [one for one in sent.getlist("photos") if isinstance(one, UploadFile) and one.size]
    problems = await add_photos(visit, product, photos)
    return await _shown(visit, shop, product["slug"], text_of(sent, "action"), problems)


@page(router, "shop_product")
async def product(visit: Visiting, slug: str, item: str) -> Response:
    """A product that stands."""
    shop = await shop_of(visit, slug)
    found = await stored_product(visit, shop, item)
    return await _edit(visit, shop, form_of(found["workspace"]["product"]), found, item=item)


@form(router, "shop_product")
async def keep_product(visit: Visiting, slug: str, item: str) -> Response:
    """Keep what was changed; show it, or take it off the shelf, if that was wished."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    action = text_of(sent, "action")
    found = await stored_product(visit, shop, item)
    stored = found["workspace"]["product"]
    if action == "withdraw":
        await visit.run("withdraw_product", id=stored["id"])
        return visit.redirect("shop_products", slug, done="withdrawn")
    typed = read_form(sent)
    if action == "category":
        return await _edit(visit, shop, typed, found, item=item)
    label = await _label(visit, shop, typed)
    variables = variables_of(typed, label, visit.language, stored["product"])
    saved = await _saved(visit, shop, typed, variables, stored["id"])
    if saved is None:
        return await _edit(visit, shop, typed, found, item=item, status=422)
    return await _shown(visit, shop, saved["slug"], action, [], is_kept=True)


async def _saved(
    visit: Visit,
    shop: Shop,
    typed: ProductForm,
    variables: Mapping[str, Any],
    key: str | None = None,
) -> Mapping[str, Any] | None:
    """The product as it was kept; None where something is wrong, which the form then holds."""
    if not shop.may_manage:
        for one in variables["variants"]:
            one.pop("price", None)
            one.pop("undiscountedPrice", None)
    if typed.problems:
        return None
    business = shop.workspace["business"]["id"]
    payload = (await visit.run("save_product", business=business, id=key, **variables))[
        "productSave"
    ]
    typed.problems += [
        Wrong(field=field_of(one["field"]), message=one["message"]) for one in problems_of(payload)
    ]
    found: Mapping[str, Any] | None = None if typed.problems else payload["product"]
    return found


async def _shown(
    visit: Visit,
    shop: Shop,
    item: str,
    action: str,
    problems: list[Wrong],
    *,
    is_kept: bool = False,
) -> Response:
    """Show the product to buyers if that was wished; tell what is missing if it cannot be."""
    found = await stored_product(visit, shop, item)
    stored = found["workspace"]["product"]
    if action == "publish" and stored["product"]["state"] != "PUBLISHED" and not problems:
        payload = (await visit.run("publish_product", id=stored["id"]))["productPublish"]
        problems = [
            Wrong(field=field_of(one["field"]), message=one["message"])
            for one in problems_of(payload)
        ]
        if not problems:
            return visit.redirect("shop_products", shop.slug, done="published")
    if not problems:
        if is_kept:
            return visit.redirect("shop_product", shop.slug, item, kept="1")
        return visit.redirect("shop_products", shop.slug, done="saved")
    typed = form_of(stored)
    typed.problems = problems
    kept = translate(_("The draft is kept. To show it, this is still missing:"), visit.language)
    return await _edit(visit, shop, typed, found, item=item, status=422, lead=kept)


async def add_photos(
    visit: Visit, product: Mapping[str, Any], photos: list[UploadFile]
) -> list[Wrong]:
    """Hand in photos and hang them behind those that hang already; what could not be taken."""
    added, problems = await hand_in(visit, photos)
    if not added:
        return problems
    hung = [one["id"] for one in product["media"] or []]
    pictures = [{"media": one} for one in (*hung, *added)]
    found = await visit.run("set_pictures", id=product["id"], pictures=pictures)
    wrong = problems_of(found["productPicturesSet"])
    return problems + [Wrong(field="photos", message=one["message"]) for one in wrong]


async def hand_in(visit: Visit, photos: list[UploadFile]) -> tuple[list[str], list[Wrong]]:
    """The ids of photos that were taken in, and why others were not."""
    added: list[str] = []
    problems: list[Wrong] = []
    for photo in photos:
        payload = (await visit.run("upload_picture", file=photo, alt=""))["mediaUpload"]
        wrong = problems_of(payload)
        problems += [
            Wrong(field="photos", message=f"{photo.filename}: {one['message']}") for one in wrong
        ]
        if not wrong:
            added.append(payload["media"]["id"])
    return added, problems


async def _label(visit: Visit, shop: Shop, typed: ProductForm) -> list[Mapping[str, Any]]:
    if not typed.values.get("category"):
        return []
    found = await visit.run("shop_label", slug=shop.slug, category=typed.values["category"])
    label: list[Mapping[str, Any]] = found["workspace"]["labelFields"]
    return label


async def _edit(
    visit: Visit,
    shop: Shop,
    typed: ProductForm,
    found: Mapping[str, Any],
    *,
    item: str = "",
    guesses: list[Mapping[str, Any]] | None = None,
    status: int = 200,
    lead: str = "",
) -> Response:
    """The form with what was typed."""
    stored = found["workspace"].get("product")
    packings = typed.packings or [new_packing()]
    is_kept = "kept" in visit.request.query_params and not typed.problems
    context = {
        "stored": stored,
        "typed": typed,
        "values": typed.values,
        "problems": typed.problems,
        "lead": lead,
        "packings": packings,
        "another": new_packing(packings[-1]["unit"]),
        "label": await _label(visit, shop, typed),
        "guesses": guesses or [],
        "categories": branches(found),
        "places": found["places"],
        "units": UNITS,
        "net_units": NET_UNITS,
        "months": MONTHS,
        "item": item,
        "notice": translate(_("It is kept."), visit.language) if is_kept else "",
    }
    page_name = "shop_product" if item else "shop_new"
    return await show_shop(
        visit, "product", shop, context, page=page_name, item=item, status=status
    )


@form(router, "shop_label")
async def label_part(visit: Visiting, slug: str) -> Response:
    """The label's fields for another category, with what was typed already (htmx)."""
    shop = await shop_of(visit, slug)
    typed = read_form(await visit.form())
    context = {
        "label": await _label(visit, shop, typed),
        "values": typed.values,
        "problems": [],
    }
    return await show_shop(visit, "label_part", shop, context, page="shop_label")


@form(router, "shop_preview")
async def preview_part(visit: Visiting, slug: str) -> Response:
    """How buyers would see what has been typed so far (htmx)."""
    shop = await shop_of(visit, slug)
    typed = read_form(await visit.form())
    label = await _label(visit, shop, typed)
    read = variables_of(typed, label, visit.language)
    context = {"values": typed.values, "given": read["input"], "packings": read["variants"]}
    return await show_shop(visit, "preview_part", shop, context, page="shop_preview")
