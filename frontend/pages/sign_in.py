"""Signing in and out, opening an account, and finding a lost password again."""

from typing import Final
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from frontend.forms import Wrong, problems_of, split_name, text_of, typed
from frontend.routing import Visiting, form, page
from frontend.session import forget_session, keep_session
from frontend.visit import Visit
from frontend.wording import today
from marketplace.kernel.i18n import _, translate

router = APIRouter()
LOGIN: Final = {"email": "login"}
REGULATION: Final = "quy-che-hoat-dong"
PRIVACY: Final = "bao-mat"


def safe_next(address: str) -> str:
    """A path of our own to go on to; another site's address is dropped."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and not parts.netloc and not parts.scheme else ""


def onward(visit: Visit) -> str:
    """Where somebody was going when they were asked who they are."""
    return safe_next(visit.request.query_params.get("next", ""))


async def show_sign_in(
    visit: Visit, values: dict[str, str], problems: list[Wrong], status: int = 200
) -> Response:
    """The sign-in form with what was typed and what is wrong."""
    asked = visit.request.query_params
    notice = _("Your account is confirmed. You can sign in now.") if "confirmed" in asked else ""
    if "changed" in asked:
        notice = _("The new password is kept. Please sign in with it.")
    context = {
        "values": values,
        "problems": problems,
        "provider": (await visit.run("identity_provider"))["identityProvider"],
        "next": onward(visit),
        "notice": translate(notice, visit.language) if notice else "",
    }
    return await visit.show("pages/sign_in.html", context, page="sign_in", status=status)


@page(router, "sign_in")
async def sign_in(visit: Visiting) -> Response:
    """The sign-in form."""
    if visit.viewer.is_signed_in:
        return visit.redirect("account")
    return await show_sign_in(visit, {}, [])


@form(router, "sign_in")
async def check_sign_in(visit: Visiting) -> Response:
    """Keep the session in a cookie, or say what is wrong."""
    values = typed(sent := await visit.form(), "login")
    password = text_of(sent, "password")
    payload = (await visit.run("sign_in", login=values["login"], password=password))[
        "sessionCreate"
    ]
    if problems := problems_of(payload, LOGIN):
        return await show_sign_in(visit, values, problems, 422)
    response = RedirectResponse(onward(visit) or visit.to("account"), status_code=303)
    keep_session(response, payload["token"], is_secure=visit.site.settings.is_secure)
    return response


@form(router, "sign_out")
async def sign_out(visit: Visiting) -> Response:
    """End this session, or all of them."""
    await visit.form()
    if visit.viewer.is_signed_in:
        everywhere = "everywhere" in visit.request.query_params
        await visit.run("sign_out_everywhere" if everywhere else "sign_out")
    response = visit.redirect("home")
    forget_session(response)
    return response


async def show_sign_up(
    visit: Visit, values: dict[str, str], problems: list[Wrong], status: int = 200
) -> Response:
    """The form for a new account."""
    context = {
        "values": values,
        "problems": problems,
        "next": onward(visit),
        "regulation": await regulation_now(visit),
        "regulation_address": visit.to("page", REGULATION),
        "privacy_address": visit.to("page", PRIVACY),
    }
    return await visit.show("pages/sign_up.html", context, page="sign_up", status=status)


@page(router, "sign_up")
async def sign_up(visit: Visiting) -> Response:
    """The form for a new account."""
    return (
        visit.redirect("account")
        if visit.viewer.is_signed_in
        else await show_sign_up(visit, {}, [])
    )


async def regulation_now(visit: Visit) -> str:
    """The version of the operating regulation: the moment its page was changed last."""
    found = (await visit.run("regulation", slug=REGULATION))["page"]
    return "" if found is None else str(found["updatedAt"])


def registration(
    visit: Visit, values: dict[str, str], password: str, regulation: str
) -> dict[str, str]:
    """The new person as the mutation takes them; without a regulation, the day has to do."""
    return {
        **split_name(values["name"]),
        "email": values["login"],
        "password": password,
        "redirectUrl": visit.absolute(visit.to("confirm", next=onward(visit))),
        "acceptedRegulation": regulation or today().isoformat(),
        "channel": "retail",
    }


@form(router, "sign_up")
async def check_sign_up(visit: Visiting) -> Response:
    """Open the account; whether the address was known before is not told."""
    sent = await visit.form()
    values = typed(sent, "name", "login", "agreed")
    if not values["agreed"]:
        message = translate(_("Please read and accept the operating regulation."), visit.language)
        return await show_sign_up(visit, values, [Wrong(field="agreed", message=message)], 422)
    regulation = await regulation_now(visit)
    if text_of(sent, "regulation") not in {"", regulation}:
        message = translate(
            _("The operating regulation has changed: read it again."), visit.language
        )
        return await show_sign_up(visit, values, [Wrong(field="agreed", message=message)], 422)
    person = registration(visit, values, text_of(sent, "password"), regulation)
    payload = (await visit.run("sign_up", input=person))["accountRegister"]
    names = {**LOGIN, "firstName": "name", "lastName": "name"}
    if problems := problems_of(payload, names):
        return await show_sign_up(visit, values, problems, 422)
    return visit.redirect("confirm", login=values["login"], next=onward(visit))


@page(router, "confirm")
async def confirm(visit: Visiting, email: str = "", token: str = "", login: str = "") -> Response:
    """Where the link of a letter leads, and where the code of a text message is typed."""
    values = {"login": email or login, "token": token}
    context = {"values": values, "problems": [], "next": onward(visit)}
    return await visit.show("pages/confirm.html", context, page="confirm")


@form(router, "confirm")
async def check_confirm(visit: Visiting) -> Response:
    """Confirm the account; a mere look at the page, as mail programs take, confirms nothing."""
    values = typed(await visit.form(), "login", "token")
    found = await visit.run("confirm_account", email=values["login"], token=values["token"])
    if problems := problems_of(found["confirmAccount"], LOGIN):
        context = {"values": values, "problems": problems, "next": onward(visit)}
        return await visit.show("pages/confirm.html", context, page="confirm", status=422)
    return visit.redirect("sign_in", confirmed="1", next=onward(visit))


@page(router, "forgot")
async def forgot(visit: Visiting) -> Response:
    """Asks whose password was lost."""
    context: dict[str, object] = {"values": {}, "problems": []}
    return await visit.show("pages/forgot.html", context, page="forgot")


@form(router, "forgot")
async def send_reset(visit: Visiting) -> Response:
    """Send a link; whether somebody has that address is not told."""
    values = typed(await visit.form(), "login")
    target = visit.absolute(visit.to("new_password"))
    found = await visit.run("request_password_reset", email=values["login"], redirectUrl=target)
    if problems := problems_of(found["requestPasswordReset"], LOGIN):
        context = {"values": values, "problems": problems}
        return await visit.show("pages/forgot.html", context, page="forgot", status=422)
    return visit.redirect("new_password", login=values["login"])


@page(router, "new_password")
async def new_password(visit: Visiting) -> Response:
    """Follows the link of the reset message."""
    asked = visit.request.query_params
    values = {
        "login": asked.get("email") or asked.get("login", ""),
        "token": asked.get("token", ""),
    }
    context = {"values": values, "problems": []}
    return await visit.show("pages/new_password.html", context, page="new_password")


@form(router, "new_password")
async def keep_new_password(visit: Visiting) -> Response:
    """Set the password that the link allows to set."""
    values = typed(sent := await visit.form(), "login", "token")
    password = text_of(sent, "password")
    found = await visit.run(
        "set_password", email=values["login"], token=values["token"], password=password
    )
    if problems := problems_of(found["setPassword"], LOGIN):
        context = {"values": values, "problems": problems}
        return await visit.show("pages/new_password.html", context, page="new_password", status=422)
    return visit.redirect("sign_in", changed="1")
