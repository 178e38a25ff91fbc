"""The pages for what cannot be shown: not found, not permitted, too often, broken."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode
from uuid import uuid4

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from frontend.addresses import path_to
from frontend.rendering import render
from frontend.session import ForgedFormError
from frontend.visit import language_of_path, visit
from marketplace.kernel.errors import (
    DomainError,
    ForeignCursorError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
    TooManyAttemptsError,
)
from marketplace.kernel.i18n import Language, _, translate

# Machines ask here; they get their errors as JSON.
FOR_MACHINES: Final = (
    "/graphql",
    "/health",
    "/ready",
    "/metrics",
    "/static",
    "/media",
    "/.well-known",
)
log = structlog.get_logger(__name__)
Handler = Callable[[Request, Exception], Awaitable[Response]]

LOST: Final = (
    _("This page is not here"),
    _("It may have moved, or the goods are sold out and gone. The stalls are still open."),
)
CLOSED: Final = (
    _("This is not for you to see"),
    _("You are signed in, but this belongs to somebody else."),
)
HURRIED: Final = _("A little slower, please")
FORGED: Final = (
    _("The form was open for too long"),
    _("For your safety we did not take it. Go back, load the page anew and send it again."),
)
BROKEN: Final = (
    _("Something broke on our side"),
    _("It is not your fault. We have been told; please try again in a moment."),
)
UNREADABLE: Final = (
    _("We could not read that"),
    _("There are signs in the form or in the address that cannot be read. Please try once more."),
)
TOO_LONG: Final = (
    _("That is too much at once"),
    _("What you sent is longer than we can take. Please shorten it, or choose a smaller file."),
)
BY_STATUS: Final = {
    HTTPStatus.BAD_REQUEST: UNREADABLE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TOO_LONG,
}
_CURSORS: Final = ("after", "before")


def install(app: FastAPI) -> None:
    """Let the application answer people with pages, and machines as before."""
    handlers: dict[type[Exception], Handler] = {
        HTTPException: not_routed,
        NotFoundError: not_found,
        ForeignCursorError: foreign_cursor,
        NotSignedInError: not_signed_in,
        NotPermittedError: not_permitted,
        TooManyAttemptsError: too_often,
        ForgedFormError: forged,
        Exception: broken,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _page(request: Request, words: tuple[str, str], status: int) -> Response:
    asked = await visit(request)
    context = {
        "heading": translate(words[0], asked.language),
        "sentence": translate(words[1], asked.language),
    }
    return await asked.show("errors/error.html", context, status=status)


async def not_routed(request: Request, error: Exception) -> Response:
    """No route, a method that the route does not know, or a body that nobody can read."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    detail = error.detail if isinstance(error, HTTPException) else ""
    if request.url.path.startswith(FOR_MACHINES):
        return JSONResponse({"detail": detail}, status_code=status)
    return await _page(request, BY_STATUS.get(HTTPStatus(status), LOST), status)


async def foreign_cursor(request: Request, error: Exception) -> Response:
    """A place that the list does not have, or not any more: begin at its first page."""
    asked = request.query_params.multi_items()
    kept = [(name, value) for name, value in asked if name not in _CURSORS]
    if len(kept) == len(asked):
        return await broken(request, error)
    path = quote(request.url.path)
    return RedirectResponse(f"{path}?{urlencode(kept)}" if kept else path, status_code=303)


async def not_found(request: Request, _error: Exception) -> Response:
    """The thing does not exist, or not for this viewer."""
    return await _page(request, LOST, 404)


async def not_signed_in(request: Request, _error: Exception) -> Response:
    """Ask to sign in, and come back here."""
    language = language_of_path(request.url.path)
    onward = request.url.path if request.method == "GET" else ""
    return RedirectResponse(path_to("sign_in", language, next=onward), status_code=303)


async def not_permitted(request: Request, _error: Exception) -> Response:
    """Somebody else's thing."""
    return await _page(request, CLOSED, 403)


async def too_often(request: Request, error: Exception) -> Response:
    """The same thing was tried too often."""
    asked = await visit(request)
    sentence = error.text(asked.language) if isinstance(error, DomainError) else ""
    context = {"heading": translate(HURRIED, asked.language), "sentence": sentence}
    return await asked.show("errors/error.html", context, status=429)


async def forged(request: Request, _error: Exception) -> Response:
    """A form that no page of ours has sent."""
    return await _page(request, FORGED, 403)


async def broken(request: Request, error: Exception) -> Response:
    """A bug or an outage: a number to name, and nothing that needs the database."""
    number = str(getattr(request.state, "request_id", "") or uuid4().hex[:8])
    log.error("page_broken", error_number=number, path=request.url.path, exc_info=error)
    if request.url.path.startswith(FOR_MACHINES):
        return JSONResponse({"detail": "Something went wrong.", "number": number}, status_code=500)
    return _bare(language_of_path(request.url.path), BROKEN, 500, error_number=number)


def refusal_page(path: str, status: int) -> Response | None:
    """What the door says of a request that it does not let in; nothing where machines ask."""
    if path.startswith(FOR_MACHINES):
        return None
    words = BY_STATUS.get(HTTPStatus(status), UNREADABLE)
    return _bare(language_of_path(path), words, status)


def _bare(
    language: Language, words: tuple[str, str], status: int, error_number: str = ""
) -> Response:
    """A page that needs neither the database nor who asks."""
    context = {
        "heading": translate(words[0], language),
        "sentence": translate(words[1], language),
        "error_number": error_number,
    }
    html = render("errors/bare.html", language, context)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
