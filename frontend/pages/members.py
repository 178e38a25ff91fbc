"""The people of a business: who works for it, who is asked to, and who shall own it."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from frontend.forms import Wrong, problems_of, typed
from frontend.pages.helping import SCOPES
from frontend.routing import Visiting, form, page
from frontend.visit import Visit
from frontend.workspace import Shop, shop_of, show_shop
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
ROLES: Final = {"OWNER": _("owner"), "MANAGER": _("manager"), "CLERK": _("clerk")}
# What each button of the page does: the operation, and the name of its argument.
ACTIONS: Final = {
    "revoke": ("revoke_invitation", "id"),
    "role": ("change_member_role", "member"),
    "remove": ("remove_member", "member"),
    "leave": ("leave_business", "business"),
    "hand-over": ("ask_handover", "member"),
    "take": ("accept_handover", "id"),
    "refuse": ("decline_handover", "id"),
    "take-back": ("revoke_handover", "id"),
    "end-help": ("end_help", "id"),
}
NOTICES: Final = {
    "invited": _("The invitation is on its way. It can be accepted for 14 days."),
    "asked": _("The offer is on its way. The business stays yours until it is taken."),
    "kept": _("It is kept."),
}


async def show_members(
    visit: Visit, shop: Shop, values: Mapping[str, str], problems: list[Wrong]
) -> Response:
    """The page of the people, with what was typed and what is wrong."""
    people = (await visit.run("shop_members", slug=shop.slug))["workspace"]
    helps = (await visit.run("shop_helpers"))["assistances"]
    notice = NOTICES.get(visit.request.query_params.get("done", ""), "")
    context = {
        "people": people,
        "helpers": [
            each
            for each in helps
            if each["isOpen"] and not each["isHelper"] and each["business"]["slug"] == shop.slug
        ],
        "scopes": SCOPES,
        "roles": ROLES,
        "values": values,
        "problems": problems,
        "notice": translate(notice, visit.language) if notice else "",
    }
    status = 422 if problems else 200
    return await show_shop(visit, "members", shop, context, page="shop_members", status=status)


@page(router, "shop_members")
async def members(visit: Visiting, slug: str) -> Response:
    """Who works for the business."""
    return await show_members(visit, await shop_of(visit, slug), {}, [])


@form(router, "shop_members")
async def change_members(visit: Visiting, slug: str) -> Response:
    """Invite somebody, or do what a button beside a person says."""
    values = typed(await visit.form(), "action", "id", "contact", "role")
    shop = await shop_of(visit, slug)
    business = shop.workspace["business"]["id"]
    if values["action"] == "invite":
        role = values["role"] if values["role"] in ROLES else "CLERK"
        found = await visit.run(
            "invite_member", business=business, contact=values["contact"], role=role
        )
        return await done(visit, shop, values, found, "invited")
    if values["action"] not in ACTIONS:
        raise NotFoundError(_("There is no such page."))
    name, argument = ACTIONS[values["action"]]
    arguments = {argument: business if argument == "business" else values["id"]}
    if values["action"] == "role":
        arguments["role"] = values["role"] if values["role"] in ROLES else "CLERK"
    found = await visit.run(name, **arguments)
    return await done(visit, shop, values, found, "asked" if name == "ask_handover" else "kept")


async def done(
    visit: Visit, shop: Shop, values: Mapping[str, str], found: Mapping[str, Any], notice: str
) -> Response:
    """Back to the page, with what is wrong if anything is; who has left goes to their own list."""
    payload = next(iter(found.values()))
    if problems := problems_of(payload):
        return await show_members(visit, shop, values, problems)
    if values["action"] == "leave":
        return visit.redirect("shops")
    return visit.redirect("shop_members", shop.slug, done=notice)


@page(router, "invitation")
async def invitation(visit: Visiting, slug: str) -> Response:
    """The invitation whose link one holds."""
    return await show_invitation(visit, slug, [])


@form(router, "invitation")
async def answer_invitation(visit: Visiting, slug: str) -> Response:
    """Accept, or say no; a mere look at the page, as mail programs take, answers nothing."""
    values = typed(await visit.form(), "action")
    if values["action"] == "decline":
        found = await visit.run("decline_invitation", token=slug)
        if problems := problems_of(found["memberInvitationDecline"]):
            return await show_invitation(visit, slug, problems)
        return RedirectResponse(visit.to("invitation", slug, declined="1"), status_code=303)
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    payload = (await visit.run("accept_invitation", token=slug))["memberInvitationAccept"]
    if problems := problems_of(payload):
        return await show_invitation(visit, slug, problems)
    return visit.redirect("shop_today", payload["businessSlug"])


async def show_invitation(visit: Visit, token: str, problems: list[Wrong]) -> Response:
    """The page of an invitation; one that is over says so and how to go on."""
    found = (await visit.run("invitation_page", token=token))["memberInvitation"]
    context = {
        "invitation": found,
        "token": token,
        "roles": ROLES,
        "problems": problems,
        "has_declined": "declined" in visit.request.query_params,
        "onward": visit.to("invitation", token),
    }
    status = 422 if problems else 200
    return await visit.show("pages/people/invitation.html", context, status=status)
