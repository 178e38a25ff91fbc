"""The photos of a product in the workspace: handed in, arranged, told in words, cut square."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.pages.shop_editor import hand_in, stored_product
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
CROPS: Final = ("START", "MIDDLE", "END")


@page(router, "shop_photos")
async def photos(visit: Visiting, slug: str, item: str) -> Response:
    """Every photo in its order."""
    shop = await shop_of(visit, slug)
    return await _shown(visit, shop, item, [])


async def _shown(visit: Visit, shop: Shop, item: str, problems: list[Wrong]) -> Response:
    found = await stored_product(visit, shop, item)
    is_kept = "kept" in visit.request.query_params and not problems
    context = {
        "product": found["workspace"]["product"]["product"],
        "problems": problems,
        "item": item,
        "notice": translate(_("It is kept."), visit.language) if is_kept else "",
    }
    status = 422 if problems else 200
    return await show_shop(
        visit, "photos", shop, context, page="shop_photos", item=item, status=status
    )


@form(router, "shop_photos")
async def arrange(visit: Visiting, slug: str, item: str) -> Response:
    """Hand in photos, or move, name, cut or take away one that hangs."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    found = await stored_product(visit, shop, item)
    product = found["workspace"]["product"]["product"]
    action, _colon, key = text_of(sent, "action").partition(":")
    hung: list[Mapping[str, Any]] = [
        {"media": one["id"], "alt": one["alt"]} for one in product["media"]
    ]
    problems: list[Wrong] = []
    if action == "add":
        new = [one for one in sent.getlist("photos") if isinstance(one, UploadFile) and one.size]
        new_media = [one for one in sent.getlist("media") if isinstance(one, str) and one]
        added, problems = await hand_in(visit, new)
        hung += [{"media": one, "alt": ""} for one in (*new_media, *added)]
        if not added and not new_media and not problems:
            message = translate(_("Please choose a photo first."), visit.language)
            problems = [Wrong(field="photos", message=message)]
    else:
        hung = _arranged(hung, action, key, sent)
    payload = (await visit.run("set_pictures", id=product["id"], pictures=hung))[
        "productPicturesSet"
    ]
    problems += [Wrong(field="photos", message=one["message"]) for one in problems_of(payload)]
    if problems:
        return await _shown(visit, shop, item, problems)
    return visit.redirect("shop_photos", slug, item, kept="1")


def _arranged(
    hung: Sequence[Mapping[str, Any]], action: str, key: str, sent: FormData
) -> list[Mapping[str, Any]]:
    """The photos after one of them was moved, named, cut or taken away.

    Raises:
        NotFoundError: it does not hang there, or not any more.
    """
    order = list(hung)
    if action == "order":
        wanted = [one for one in key.split(",") if one]
        by_key = {one["media"]: one for one in order}
        if set(wanted) != set(by_key):
            raise NotFoundError(_("One of the pictures does not exist."))
        return [by_key[one] for one in wanted]
    place = next((index for index, one in enumerate(order) if one["media"] == key), None)
    if place is None:
        raise NotFoundError(_("One of the pictures does not exist."))
    if action == "remove":
        order.pop(place)
    elif action in {"up", "down"}:
        other = min(max(place + (1 if action == "down" else -1), 0), len(order) - 1)
        order.insert(other, order.pop(place))
    elif action == "first":
        order.insert(0, order.pop(place))
    elif action == "alt":
        order[place] = {**order[place], "alt": text_of(sent, f"alt.{key}").strip()[:250]}
    elif action in {"crop-start", "crop-middle", "crop-end"}:
        order[place] = {**order[place], "crop": action.removeprefix("crop-").upper()}
    return order
