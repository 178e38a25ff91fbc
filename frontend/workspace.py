"""The frame of a seller's workspace: whose it is, and the way to each of its pages.

A page of the workspace stands at /gian-hang/{slug}/…, `slug` being the business's. Whoever adds
one adds its entry to `ENTRIES`, in the order in which sellers need them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the workspace's menu; `also` are pages that belong to it."""

    page: str
    icon: str
    words: str
    also: tuple[str, ...] = ()
    for_managers: bool = False


# The first four stand in the bar at the bottom of a phone, the others behind "More".
ENTRIES: Final[tuple[Entry, ...]] = (
    Entry("shop_today", "sprout", _("Today")),
    Entry(
        "shop_products",
        "package",
        _("Goods"),
        ("shop_product", "shop_new", "shop_photos", "shop_prices"),
    ),
    Entry("shop_stock", "warehouse", _("Stockroom"), ("shop_stock_line", "shop_count")),
    Entry("shop_import", "upload", _("Spreadsheets"), ("shop_import_run",)),
    Entry("join_papers", "scroll-text", _("Papers"), for_managers=True),
    Entry("shop_members", "users-round", _("Members")),
    Entry("shop_store", "store", _("Shop page"), for_managers=True),
    Entry("shop_settings", "clock", _("Shop settings"), ("shop_data",), for_managers=True),
    Entry("shop_connections", "globe", _("Connections"), ("shop_connection",), for_managers=True),
    Entry("shop_connector", "download", _("Saleor shop"), for_managers=True),
    Entry("shop_log", "history", _("Log")),
)
IN_BAR: Final = 4


@dataclass(frozen=True, slots=True)
class Shop:
    """The workspace somebody is in, and the others they may change to."""

    workspace: Mapping[str, Any]
    others: tuple[Mapping[str, Any], ...]

    @property
    def slug(self) -> str:
        """The business's slug: part of every address of its workspace."""
        return str(self.workspace["business"]["slug"])

    @property
    def may_manage(self) -> bool:
        """Whether the viewer sets prices and changes the profile."""
        return bool(self.workspace["mayManage"])

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines of the menu for this viewer."""
        return tuple(each for each in ENTRIES if self.may_manage or not each.for_managers)


async def shop_of(visit: Visit, slug: str) -> Shop:
    """The workspace of that business.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is none for this viewer.
    """
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    found = await visit.run("shop_frame", slug=slug)
    if found["workspace"] is None:
        raise NotFoundError(_("There is no such workspace."))
    others = tuple(each for each in found["workspaces"] if each["business"]["slug"] != slug)
    return Shop(found["workspace"], others)


async def show_shop(
    visit: Visit,
    template: str,
    shop: Shop,
    context: Mapping[str, Any] | None = None,
    *,
    page: str,
    item: str = "",
    status: int = 200,
) -> Response:
    """A page inside the workspace's frame; `pages/workspace/<template>.html`."""
    shown = {"shop": shop, "in_bar": IN_BAR, **(context or {})}
    return await visit.show(
        f"pages/workspace/{template}.html",
        shown,
        page=page,
        slug=shop.slug,
        item=item,
        status=status,
    )
