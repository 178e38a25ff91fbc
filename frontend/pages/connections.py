"""Connections to other systems: who is told what, how that went, and who is believed here.

The same page twice: for a business in its workspace, for the province at the administrator's desk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from frontend.forms import Wrong, problems_of, text_of, typed
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from frontend.wording import HANOI
from frontend.workspace import IN_BAR, Shop, shop_of
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
TYPES: Final = {
    "registration.dossier.status_changed": _("A registration dossier has moved on"),
    "business.activated": _("A registered business was opened"),
    "webhook.test": _("A test, which says nothing"),
}
PROBLEMS: Final = {
    "timeout": _("no answer in time"),
    "unknown_host": _("no machine of that name"),
    "no_connection": _("no connection"),
    "no_http": _("no answer that can be understood"),
    "forbidden_address": _("the address leads into a closed network"),
}
OUTCOMES: Final = {
    "applied": _("applied"),
    "same": _("known already"),
    "older": _("older than what is known"),
    "repeated": _("repeated"),
    "illegal": _("not a possible step"),
    "final": _("the dossier is over"),
    "not_filed": _("the dossier is not filed"),
    "unknown_status": _("an unknown status"),
    "not_confirmed": _("not confirmed when asked"),
    "not_ours": _("not about a dossier from here"),
    "unreadable": _("cannot be read"),
}
# What each button does: the operation, and what its id is called.
ACTIONS: Final = {
    "rotate": "rotate_connection",
    "enable": "enable_connection",
    "disable": "disable_connection",
    "remove": "remove_connection",
    "test": "test_connection",
}
SOURCE_ACTIONS: Final = {"source": "create_source", "source-rotate": "rotate_source"}
FIELDS: Final = {"name": "source"}


@dataclass(frozen=True, slots=True)
class Room:
    """Whose connections: a business's in its workspace, or the province's."""

    shop: Shop | None = None

    @property
    def slug(self) -> str:
        """The part of the address that names the business."""
        return "" if self.shop is None else self.shop.slug

    @property
    def business(self) -> str | None:
        """The business's id; none for the province."""
        return None if self.shop is None else str(self.shop.workspace["business"]["id"])

    def list_url(self, visit: Visit, done: str = "") -> str:
        """Where the list stands."""
        if self.shop is None:
            return visit.to("connections", done=done)
        return visit.to("shop_connections", self.slug, done=done)

    def one_url(self, visit: Visit, key: str, done: str = "") -> str:
        """Where one connection stands."""
        if self.shop is None:
            return visit.to("connection", key, done=done)
        return visit.to("shop_connection", self.slug, key, done=done)


async def desk(visit: Visit) -> Room:
    """The province's connections.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: it is no administrator.
    """
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    if not visit.viewer.is_administrator:
        raise NotFoundError(_("There is no such page."))
    return Room()


async def workspace(visit: Visit, slug: str) -> Room:
    """The connections of a business, for its owners and managers.

    Raises:
        NotFoundError: the viewer does not manage it.
    """
    shop = await shop_of(visit, slug)
    if not shop.may_manage:
        raise NotFoundError(_("There is no such page."))
    return Room(shop)


def moment(value: str | None) -> str:
    """22/11/2026 10:15, on Hanoi's clock."""
    if not value:
        return ""
    return f"{datetime.fromisoformat(value).astimezone(HANOI):%d/%m/%Y %H:%M}"


async def show(
    visit: Visit,
    room: Room,
    template: str,
    context: Mapping[str, Any],
    item: str = "",
) -> Response:
    """A page in the frame of the workspace or of the site."""
    shown = {
        "room": room,
        "moment": moment,
        "types_told": TYPES,
        "problems_told": PROBLEMS,
        "outcomes_told": OUTCOMES,
        "list_url": room.list_url(visit),
        "one_url": lambda key: room.one_url(visit, key),
        **context,
    }
    name = "connection" if item else "connections"
    if room.shop is None:
        shown["layout"] = "layouts/account.html"
    else:
        name = f"shop_{name}"
        shown |= {"layout": "layouts/workspace.html", "shop": room.shop, "in_bar": IN_BAR}
    return await visit.show(
        f"pages/hooks/{template}.html",
        shown,
        page=name,
        slug=room.slug or item,
        item=item if room.shop else "",
        status=422 if context.get("problems") else 200,
    )


async def show_list(
    visit: Visit,
    room: Room,
    values: Mapping[str, Any],
    problems: list[Wrong],
    secret: Mapping[str, str] | None = None,
) -> Response:
    """The list, with what was typed, what is wrong, and a new secret if there is one."""
    found = await visit.run("connections", business=room.business)
    context: dict[str, Any] = {
        "endpoints": found["webhookEndpoints"],
        "choices": found["webhookTypes"],
        "values": {"contactEmail": (found["me"] or {}).get("email", ""), **values},
        "problems": problems,
        "secret": secret,
        "notice": notice(visit),
    }
    if room.shop is None:
        context |= await visit.run("sources")
    return await show(visit, room, "connections", context)


def notice(visit: Visit) -> str:
    """What was done a moment ago."""
    words = {
        "kept": _("It is kept."),
        "sent": _("The message is on its way; look at the log in a moment."),
    }.get(visit.request.query_params.get("done", ""), "")
    return translate(words, visit.language) if words else ""


async def change(visit: Visit, room: Room) -> Response:
    """Add a connection, or do what a button beside one says."""
    sent = await visit.form()
    values = typed(sent, "action", "id", "label", "url", "contactEmail", "source")
    action = values["action"]
    if action == "create":
        return await create(visit, room, sent, values)
    if action in SOURCE_ACTIONS and room.shop is None:
        found = await visit.run(SOURCE_ACTIONS[action], source=values["source"])
        address = f"/hooks/{values['source']}"
        return await answered(visit, room, values, found, visit.absolute(address))
    if action not in ACTIONS:
        raise NotFoundError(_("There is no such page."))
    found = await visit.run(ACTIONS[action], id=values["id"])
    return await answered(visit, room, values, found, values["label"])


async def create(visit: Visit, room: Room, sent: FormData, values: Mapping[str, str]) -> Response:
    """Add a connection and show its secret, once."""
    types = [each for each in sent.getlist("types") if isinstance(each, str)]
    entry = {
        "business": room.business,
        "types": types,
        **{name: values[name] for name in ("label", "url", "contactEmail")},
    }
    found = await visit.run("create_connection", input=entry)
    return await answered(visit, room, {**values, "types": types}, found, values["label"])


async def answered(
    visit: Visit,
    room: Room,
    values: Mapping[str, Any],
    found: Mapping[str, Any],
    name: str,
) -> Response:
    """What is wrong, or the new secret, or back to the list."""
    (payload,) = found.values()
    if problems := problems_of(payload, FIELDS):
        return await show_list(visit, room, values, problems)
    if secret := payload.get("secret"):
        return await show_list(visit, room, {}, [], {"name": name, "words": secret})
    done = "sent" if values["action"] == "test" else "kept"
    return Response(status_code=303, headers={"location": room.list_url(visit, done=done)})


async def show_one(visit: Visit, room: Room, key: str) -> Response:
    """One connection and what was sent over it.

    Raises:
        NotFoundError: there is none of that key here.
    """
    found = await visit.run("connection", id=key)
    endpoint = found["webhookEndpoint"]
    if endpoint is None or endpoint["businessId"] != room.business:
        raise NotFoundError(_("There is no such page."))
    context = {
        "endpoint": endpoint,
        "deliveries": found["webhookDeliveries"],
        "problems": [],
        "notice": notice(visit),
    }
    return await show(visit, room, "connection", context, key)


async def resend(visit: Visit, room: Room, key: str) -> Response:
    """Send a message again."""
    delivery = text_of(await visit.form(), "id")
    found = await visit.run("resend_message", id=delivery)
    done = "" if problems_of(found["webhookDeliveryResend"]) else "sent"
    return Response(status_code=303, headers={"location": room.one_url(visit, key, done=done)})


@page(router, "connections")
async def province_list(visit: Visiting) -> Response:
    """The province's connections, and whom it believes."""
    return await show_list(visit, await desk(visit), {}, [])


@form(router, "connections")
async def change_province(visit: Visiting) -> Response:
    """Change the province's connections."""
    return await change(visit, await desk(visit))


@page(router, "connection")
async def province_one(visit: Visiting, slug: str) -> Response:
    """One of the province's connections."""
    return await show_one(visit, await desk(visit), slug)


@form(router, "connection")
async def resend_province(visit: Visiting, slug: str) -> Response:
    """Send one of the province's messages again."""
    return await resend(visit, await desk(visit), slug)


@page(router, "shop_connections")
async def shop_list(visit: Visiting, slug: str) -> Response:
    """A business's connections."""
    return await show_list(visit, await workspace(visit, slug), {}, [])


@form(router, "shop_connections")
async def change_shop(visit: Visiting, slug: str) -> Response:
    """Change a business's connections."""
    return await change(visit, await workspace(visit, slug))


@page(router, "shop_connection")
async def shop_one(visit: Visiting, slug: str, item: str) -> Response:
    """One of a business's connections."""
    return await show_one(visit, await workspace(visit, slug), item)


@form(router, "shop_connection")
async def resend_shop(visit: Visiting, slug: str, item: str) -> Response:
    """Send one of a business's messages again."""
    return await resend(visit, await workspace(visit, slug), item)
