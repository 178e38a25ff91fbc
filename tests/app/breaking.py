"""The application with pages that break, for a real server to be tried with."""

from collections.abc import AsyncGenerator

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from marketplace.app.asgi import create_app
from marketplace.app.composition import Composition
from marketplace.app.logging import configure_logging
from marketplace.app.settings import read_settings


class PageBrokenError(Exception):
    """What nobody expected."""


async def _at_once(request: Request) -> Response:
    password = request.query_params.get("password", "")
    if password:
        # Long enough that it is worth measuring how long its variables take to write down.
        return await _deeper(request, password, 30)
    raise PageBrokenError


async def _deeper(request: Request, password: str, levels: int) -> Response:
    house = vars(request.app.state.composition)
    if levels and house:
        return await _deeper(request, password, levels - 1)
    raise PageBrokenError


async def _within(_request: Request) -> Response:
    async def parts() -> AsyncGenerator[bytes, None]:
        yield b"begun"
        raise PageBrokenError

    return StreamingResponse(parts())


class _Afterwards:
    """Breaks when everything was said already."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("whole")(scope, receive, send)
        raise PageBrokenError


def make() -> FastAPI:
    """The application over the environment's settings."""
    settings = read_settings()
    configure_logging(settings)
    app = create_app(Composition(settings))
    app.router.routes[:0] = [
        Route("/breaks/at-once", _at_once, methods=["GET", "POST"]),
        Route("/breaks/within", _within),
        Route("/breaks/afterwards", _Afterwards()),
    ]
    return app
