"""The account of somebody signed in: profile, password, addresses, deletion."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend.forms import Wrong, join_name, problems_of, split_name, typed
from frontend.routing import Visiting, form, page
from frontend.session import forget_session
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
NAMES: Final = {"firstName": "name", "lastName": "name"}
ADDRESS: Final = ("name", "phone", "countryArea", "city", "streetAddress1", "streetAddress2")
NEW: Final = "new"


async def person(visit: Visit) -> Mapping[str, Any]:
    """Who is signed in.

    Raises:
        NotSignedInError: nobody is.
    """
    me = (await visit.run("account_page"))["me"] if visit.viewer.is_signed_in else None
    if me is None:
        raise NotSignedInError
    found: Mapping[str, Any] = me
    return found


async def show(visit: Visit, name: str, problems: list[Wrong], **context: object) -> Response:
    """A page of the account, with what is wrong and what was done."""
    notice = translate(_("It is kept."), visit.language)
    shown = {
        "problems": problems,
        "notice": notice if "kept" in visit.request.query_params else "",
        **context,
    }
    status = 422 if problems else 200
    return await visit.show(f"pages/{name}.html", shown, page=name, status=status)


@page(router, "account")
async def account(visit: Visiting) -> Response:
    """Name and contact."""
    me = await person(visit)
    return await show_profile(visit, [], me, {"name": join_name(me)})


async def show_profile(
    visit: Visit, problems: list[Wrong], me: Mapping[str, Any], values: Mapping[str, str]
) -> Response:
    """Name and contact, and the way to the identity provider if one is connected."""
    provider = (await visit.run("identity_provider"))["identityProvider"]
    return await show(visit, "account", problems, me=me, values=values, provider=provider)


@form(router, "account")
async def keep_profile(visit: Visiting) -> Response:
    """Change the name."""
    values = typed(await visit.form(), "name")
    me = await person(visit)
    found = await visit.run("change_account", input=split_name(values["name"]))
    if problems := problems_of(found["accountUpdate"], NAMES):
        return await show_profile(visit, problems, me, values)
    return visit.redirect("account", kept="1")


@page(router, "account_password")
async def password(visit: Visiting) -> Response:
    """Change the password, or sign out everywhere."""
    me = await person(visit)
    return await show(visit, "account_password", [], me=me, values={})


@form(router, "account_password")
async def keep_password(visit: Visiting) -> Response:
    """Change the password."""
    values = typed(await visit.form(), "oldPassword", "newPassword")
    me = await person(visit)
    found = await visit.run("change_password", **values)
    if problems := problems_of(found["passwordChange"]):
        return await show(visit, "account_password", problems, me=me, values={})
    return visit.redirect("account_password", kept="1")


@page(router, "account_addresses")
async def addresses(visit: Visiting) -> Response:
    """Every address kept."""
    return await show(visit, "account_addresses", [], me=await person(visit))


@form(router, "account_addresses")
async def change_addresses(visit: Visiting) -> Response:
    """Delete an address or make it the usual one."""
    values = typed(await visit.form(), "id", "action")
    await person(visit)
    name = "delete_address" if values["action"] == "delete" else "set_default_address"
    await visit.run(name, id=values["id"])
    return visit.redirect("account_addresses", kept="1")


@page(router, "account_address")
async def address(visit: Visiting, slug: str) -> Response:
    """One address to fill in or to change."""
    me = await person(visit)
    values: Mapping[str, Any] = {}
    if slug != NEW:
        kept = address_of(me, slug)
        values = {**kept, "name": join_name(kept)}
    return await show(visit, "account_address", [], values=values, slug=slug, is_new=slug == NEW)


def address_of(me: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """One of the person's own addresses.

    Raises:
        NotFoundError: there is none of that key.
    """
    for kept in me["addresses"]:
        if kept["id"] == key:
            found: Mapping[str, Any] = kept
            return found
    raise NotFoundError(_("There is no such address."))


@form(router, "account_address")
async def keep_address(visit: Visiting, slug: str) -> Response:
    """Keep a new or a changed address."""
    values = typed(await visit.form(), *ADDRESS)
    await person(visit)
    entry = {name: value for name, value in values.items() if name != "name"}
    entry |= {**split_name(values["name"]), "country": "VN"}
    if slug == NEW:
        payload = (await visit.run("create_address", input=entry))["accountAddressCreate"]
    else:
        payload = (await visit.run("change_address", id=slug, input=entry))["accountAddressUpdate"]
    if problems := problems_of(payload, NAMES):
        return await show(
            visit, "account_address", problems, values=values, slug=slug, is_new=slug == NEW
        )
    return visit.redirect("account_addresses", kept="1")


@page(router, "account_deletion")
async def deletion(visit: Visiting) -> Response:
    """What deletion means, and the button that asks for it."""
    await person(visit)
    asked = visit.request.query_params
    values = {"token": asked.get("token", "")}
    has_asked = "asked" in asked or bool(values["token"])
    return await show(visit, "account_deletion", [], asked=has_asked, values=values)


async def delete_account(visit: Visit, values: dict[str, str]) -> Response:
    """Close the account for good and forget who was signed in."""
    found = await visit.run("delete_account", token=values["token"])
    if problems := problems_of(found["accountDelete"]):
        return await show(visit, "account_deletion", problems, asked=True, values=values)
    response = visit.redirect("home")
    forget_session(response)
    return response


@form(router, "account_deletion")
async def ask_for_deletion(visit: Visiting) -> Response:
    """Send the message whose link deletes the account, or delete it with what it says."""
    values = typed(await visit.form(), "token")
    await person(visit)
    if values["token"]:
        return await delete_account(visit, values)
    target = visit.absolute(visit.to("account_deletion"))
    found = await visit.run("request_deletion", redirectUrl=target)
    if problems := problems_of(found["accountRequestDeletion"]):
        return await show(visit, "account_deletion", problems, asked=False, values=values)
    return visit.redirect("account_deletion", asked="1")
