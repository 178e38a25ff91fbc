"""A whole catalogue from a spreadsheet: handed in, its columns named, tried, taken in."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
# What a column may hold, in the order in which sellers think of it.
FIELDS: Final = (
    ("code", _("Code of the product")),
    ("name", _("Name")),
    ("category", _("Category")),
    ("description", _("Description")),
    ("price", _("Price")),
    ("undiscounted_price", _("Price before the discount")),
    ("unit", _("Unit")),
    ("packing", _("Packing")),
    ("sku", _("Code of the packing")),
    ("net_content", _("Net content")),
    ("weight", _("Weight with its packing")),
    ("stock", _("Stock")),
    ("wholesale_price", _("Wholesale price")),
    ("wholesale_minimum", _("Wholesale from how many")),
    ("place", _("Commune")),
    ("pictures", _("Photos")),
    ("harvest_months", _("In season")),
    ("published", _("On the shelf or not")),
    ("product_type", _("Kind of goods")),
    ("name_en", _("Name in English")),
    ("description_en", _("Description in English")),
)


@page(router, "shop_import")
async def imports(visit: Visiting, slug: str) -> Response:
    """Hand a file in, and see what became of earlier ones."""
    shop = await shop_of(visit, slug)
    return await _handed(visit, shop, [])


async def _handed(visit: Visit, shop: Shop, problems: list[Wrong]) -> Response:
    found = (await visit.run("shop_imports", slug=shop.slug))["workspace"]
    context = {"runs": found["imports"], "problems": problems}
    status = 422 if problems else 200
    return await show_shop(visit, "import", shop, context, page="shop_import", status=status)


@form(router, "shop_import")
async def hand_in(visit: Visiting, slug: str) -> Response:
    """Keep the file, and go on to its columns."""
    shop = await shop_of(visit, slug)
    if not shop.may_manage:
        raise NotPermittedError
    file = (await visit.form()).get("file")
    if not isinstance(file, UploadFile) or not file.size:
        message = translate(_("Please choose a file first."), visit.language)
        return await _handed(visit, shop, [Wrong(field="file", message=message)])
    business = shop.workspace["business"]["id"]
    payload = (await visit.run("receive_import", business=business, file=file))["importReceive"]
    if problems := problems_of(payload):
        wrong = [Wrong(field="file", message=one["message"]) for one in problems]
        return await _handed(visit, shop, wrong)
    return visit.redirect("shop_import_run", slug, payload["run"]["id"])


@page(router, "shop_import_run")
async def run(visit: Visiting, slug: str, item: str) -> Response:
    """How far a file is: its columns to be named, being tried, tried, taken in."""
    shop = await shop_of(visit, slug)
    return await _shown(visit, shop, item, [])


async def _run(visit: Visit, shop: Shop, item: str) -> Mapping[str, Any]:
    found = (await visit.run("shop_import_run", slug=shop.slug, id=item))["workspace"]
    if found["importRun"] is None:
        raise NotFoundError(_("There is no such import."))
    shown: Mapping[str, Any] = found["importRun"]
    return shown


async def _shown(visit: Visit, shop: Shop, item: str, problems: list[Wrong]) -> Response:
    context = {
        "run": await _run(visit, shop, item),
        "fields": FIELDS,
        "problems": problems,
        "item": item,
        "maps": "columns" in visit.request.query_params or bool(problems),
    }
    template = "import_state" if visit.is_partial else "import_run"
    status = 422 if problems else 200
    return await show_shop(
        visit, template, shop, context, page="shop_import_run", item=item, status=status
    )


@form(router, "shop_import_run")
async def start(visit: Visiting, slug: str, item: str) -> Response:
    """Let the file be tried with these columns, or be taken in."""
    shop = await shop_of(visit, slug)
    sent = await visit.form()
    found = await _run(visit, shop, item)
    is_real = text_of(sent, "action") == "take"
    payload = (
        await visit.run(
            "start_import",
            id=item,
            dryRun=not is_real,
            policy="SKIP_BAD_ROWS",
            mapping=mapping_of(sent, found),
        )
    )["importStart"]
    if problems := problems_of(payload):
        wrong = [Wrong(field=None, message=one["message"]) for one in problems]
        return await _shown(visit, shop, item, wrong)
    return visit.redirect("shop_import_run", slug, item)


def mapping_of(sent: FormData, run: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the owner said the columns hold; where nothing was asked, what they were taken for."""
    found = []
    for index, column in enumerate(run["columns"]):
        name = f"m{index}"
        said = text_of(sent, name) if name in sent else (column["field"] or "")
        if said:
            found.append({"column": column["name"], "field": said})
    return found
