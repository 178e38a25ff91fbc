"""The sandbox registry: REST for programs, messages when something changes, a page for hands.

The contract that a real registry would keep is docs/guides/registry.md; everything below
`/control` exists only here.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from marketplace.app.sandbox.book import ASKED, STATUSES, Book, Dossier, Switches, read_book
from marketplace.app.sandbox.keys import SOURCE, sandbox_secret, sandbox_token
from marketplace.app.sandbox.post import Post
from marketplace.app.settings import Settings, read_settings

SLOW_SECONDS: Final = 3.0
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(),
)


def create_registry(book: Book, post: Post, token: str) -> FastAPI:
    """The registry over a book, whose messages go out by the post."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(_asked_by_programs(book, token))
    app.include_router(_shown(book, post))
    app.include_router(_changed_by_hand(book, post))
    app.include_router(_driven_by_hand(book, post))
    return app


def _admission(book: Book, token: str) -> Callable[[Request], Awaitable[None]]:
    """What stands before every answer to a program: the switches, and who asks."""

    async def admit(request: Request) -> None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if book.switches.slow:
            await asyncio.sleep(SLOW_SECONDS)
        if book.switches.down:
            raise HTTPException(503, "Down.")
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise HTTPException(401, "Who are you?")

    return admit


def _asked_by_programs(book: Book, token: str) -> APIRouter:
    router = APIRouter(dependencies=[Depends(_admission(book, token))])

    @router.post("/dossiers")
    async def open_dossier(request: Request) -> Response:
        told = await request.json()
        if not isinstance(told, dict) or not all(isinstance(told.get(k), str) for k in ASKED):
            return JSONResponse({"message": "Something is missing."}, status_code=422)
        dossier = book.open_dossier(told)
        return JSONResponse(dossier.told(), status_code=201)

    @router.get("/dossiers/{code}")
    async def show_dossier(code: str) -> Response:
        found = book.dossiers.get(code)
        return _not_there() if found is None else JSONResponse(found.told())

    @router.get("/companies/{code}")
    async def show_company(code: str) -> Response:
        found = book.companies.get(code)
        return _not_there() if found is None else JSONResponse(asdict(found))

    return router


def _shown(book: Book, post: Post) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    async def page() -> Response:
        words = _TEMPLATES.get_template("registry.html").render(
            book=book, post=post, statuses=STATUSES, switches=asdict(book.switches)
        )
        return HTMLResponse(words)

    @router.get("/control/state")
    async def state() -> Response:
        told = {code: each.told() for code, each in book.dossiers.items()}
        return JSONResponse({"dossiers": told, "log": list(post.log)})

    return router


def _changed_by_hand(book: Book, post: Post) -> APIRouter:
    router = APIRouter()

    @router.post("/control/dossiers/{code}")
    async def set_status(request: Request, code: str) -> Response:
        """Give a dossier a status, and tell it as the switches say."""
        form = await request.form()
        dossier = book.dossiers.get(code)
        status = str(form.get("status", ""))
        if dossier is None or status not in {str(each) for each in STATUSES}:
            return _not_there()
        book.set_status(dossier, int(status), str(form.get("note", "")))
        await post.tell(dossier)
        return RedirectResponse("/", status_code=303)

    @router.post("/control/companies/{code}")
    async def change_company(request: Request, code: str) -> Response:
        """Change what the register says of a company."""
        form = await request.form()
        company = book.companies.get(code)
        if company is None:
            return _not_there()
        for key in ("name", "representative", "address", "status"):
            if key in form:
                setattr(company, key, str(form[key]))
        book.save()
        return RedirectResponse("/", status_code=303)

    return router


def _driven_by_hand(book: Book, post: Post) -> APIRouter:
    router = APIRouter()

    @router.post("/control/switches")
    async def set_switches(request: Request) -> Response:
        """Turn on the named bad habits and off all others."""
        form = await request.form()
        book.switches = Switches(**{each.name: each.name in form for each in fields(Switches)})
        book.save()
        return RedirectResponse("/", status_code=303)

    @router.post("/control/day")
    async def pass_day() -> Response:
        """Let a working day pass, and tell what moved."""
        moved: list[Dossier] = book.pass_working_day()
        for dossier in moved:
            await post.tell(dossier)
        return RedirectResponse("/", status_code=303)

    @router.post("/control/release")
    async def release() -> Response:
        """Send what was held back."""
        await post.release()
        return RedirectResponse("/", status_code=303)

    return router


def _not_there() -> Response:
    return JSONResponse({"message": "There is none."}, status_code=404)


def sandbox_registry(settings: Settings) -> FastAPI:
    """The registry of this installation, which tells this installation."""
    book = read_book(settings.var_folder / "sandbox" / "registry.json")
    url = f"http://127.0.0.1:{settings.port}/hooks/{SOURCE}"
    post = Post(book, url, sandbox_secret(settings))
    return create_registry(book, post, sandbox_token(settings))


def __getattr__(name: str) -> FastAPI:
    """Make `app` when a server asks for it.

    Raises:
        AttributeError: another name was asked for.
    """
    if name != "app":
        raise AttributeError(name)
    made = sandbox_registry(read_settings())
    globals()["app"] = made
    return made
