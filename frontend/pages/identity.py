"""Signing in through an outside identity provider, and tying it to one's account."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from frontend.forms import Wrong, problems_of, text_of
from frontend.pages.sign_in import safe_next
from frontend.routing import Visiting, form, page
from frontend.session import keep_session
from frontend.visit import Visit
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _, translate

router = APIRouter()
# What this browser must bring back, so that nobody finishes a trip that another browser began.
TRIP_COOKIE: Final = "trip"
NEXT_COOKIE: Final = "trip_next"
TRIP_SECONDS: Final = 600
_SECRET_BYTES: Final = 24


async def provider_of(visit: Visit) -> Mapping[str, Any]:
    """The provider that is connected.

    Raises:
        NotFoundError: none is, so its pages do not exist.
    """
    found = (await visit.run("identity_provider"))["identityProvider"]
    if found is None:
        raise NotFoundError(_("There is no such page."))
    provider: Mapping[str, Any] = found
    return provider


def keep_trip(visit: Visit, response: Response, secret: str, onward: str) -> None:
    """Remember the trip in this browser alone."""
    secure = visit.site.settings.is_secure
    for name, value in ((TRIP_COOKIE, secret), (NEXT_COOKIE, onward)):
        response.set_cookie(
            name, value, max_age=TRIP_SECONDS, httponly=True, secure=secure, samesite="lax"
        )


@page(router, "identity")
async def begin(visit: Visiting) -> Response:
    """Send the browser to the provider; nothing is signed in by this."""
    provider = await provider_of(visit)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    payload = (
        await visit.run(
            "begin_identity",
            redirectUri=visit.absolute(visit.to("identity_back")),
            browser=secret,
            purpose="SIGN_IN",
        )
    )["identityBegin"]
    if problems := problems_of(payload):
        return await show_failure(visit, provider, problems)
    response = RedirectResponse(payload["address"], status_code=303)
    onward = safe_next(visit.request.query_params.get("next", ""))
    keep_trip(visit, response, secret, onward)
    return response


@page(router, "identity_back")
async def come_back(visit: Visiting) -> Response:
    """Take the provider's answer."""
    provider = await provider_of(visit)
    asked = visit.request.query_params
    payload = (
        await visit.run(
            "finish_identity",
            state=asked.get("state", ""),
            code=asked.get("code", ""),
            issuer=asked.get("iss", ""),
            browser=visit.request.cookies.get(TRIP_COOKIE) or secrets.token_urlsafe(_SECRET_BYTES),
        )
    )["identityFinish"]
    if problems := problems_of(payload):
        return await show_failure(visit, provider, problems)
    if payload["isLink"]:
        response: Response = visit.redirect("account_identity", kept="1")
    else:
        onward = safe_next(visit.request.cookies.get(NEXT_COOKIE, "")) or visit.to("account")
        response = RedirectResponse(onward, status_code=303)
        keep_session(response, payload["token"], is_secure=visit.site.settings.is_secure)
    response.delete_cookie(TRIP_COOKIE)
    response.delete_cookie(NEXT_COOKIE)
    return response


@page(router, "account_identity")
async def account_identity(visit: Visiting) -> Response:
    """Whether the account is tied to the provider, and how to tie it."""
    return await show_account(visit, [])


@form(router, "account_identity")
async def tie(visit: Visiting) -> Response:
    """Prove the password, and show the way to the provider.

    The way is a link to press, because a form of ours may lead to pages of ours only.
    """
    password = text_of(await visit.form(), "password")
    await provider_of(visit)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    payload = (
        await visit.run(
            "begin_identity",
            redirectUri=visit.absolute(visit.to("identity_back")),
            browser=secret,
            purpose="LINK",
            password=password,
        )
    )["identityBegin"]
    if problems := problems_of(payload, {"oldPassword": "password"}):
        return await show_account(visit, problems)
    response = await show_account(visit, [], address=payload["address"])
    keep_trip(visit, response, secret, "")
    return response


async def show_account(visit: Visit, problems: Sequence[Wrong], address: str = "") -> Response:
    """The page of the account about the provider."""
    if not visit.viewer.is_signed_in:
        raise NotSignedInError
    notice = translate(_("It is kept."), visit.language)
    context = {
        "provider": await provider_of(visit),
        "problems": problems,
        "address": address,
        "values": {},
        "notice": notice if "kept" in visit.request.query_params else "",
    }
    status = 422 if problems else 200
    return await visit.show(
        "pages/account_identity.html", context, page="account_identity", status=status
    )


async def show_failure(
    visit: Visit, provider: Mapping[str, Any], problems: Sequence[Wrong]
) -> Response:
    """What went wrong, and the other ways in."""
    context = {"provider": provider, "problems": problems}
    return await visit.show("pages/identity_failed.html", context, status=422)
