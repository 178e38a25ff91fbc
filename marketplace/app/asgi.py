"""The ASGI application: the site, the API, the media and the operators' side."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import FastAPI
from granian.utils.proxies import wrap_asgi_with_proxy_headers
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

import marketplace.accounts.api.http
from businesses.api.http import store_router
from catalog.api.http import catalog_router
from frontend.session import SESSION_COOKIE
from frontend.site import install as install_site
from frontend.static_files import SiteFiles
from frontend.visit import Site, SiteSettings
from marketplace.app.composition import CALLER, Composition
from marketplace.app.door import Door
from marketplace.app.endpoint import bearer_of, graphql_endpoint, graphql_page
from marketplace.app.health import (
    health_router,
    probe_database,
    probe_jobs,
    probe_media,
    probe_search,
)
from marketplace.app.logging import configure_logging
from marketplace.app.memory import settle_memory
from marketplace.app.settings import Settings, read_settings
from marketplace.app.telemetry import instrument
from marketplace.connector.api.http import connector_router
from marketplace.hooks.api.http import hooks_router
from marketplace.kernel.context import Asking
from marketplace.kernel.errors import DomainError
from marketplace.kernel.graph.refusals import top_level
from marketplace.kernel.i18n import language_of
from marketplace.kernel.viewer import VISITOR, Viewer
from marketplace.media.api.http import media_router
from marketplace.registration.api.http import registration_router


class KnowCaller:
    """Remembers who is at the other end, for limits and logs, while a request runs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the caller, pass on, forget."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = scope.get("client")
        asking = Asking(
            language=language_of(headers.get("accept-language")),
            request_id=scope.get("state", {}).get("request_id"),
            address=client[0] if client else None,
            user_agent=(headers.get("user-agent") or "")[:300] or None,
        )
        token = CALLER.set(asking)
        try:
            await self._app(scope, receive, send)
        finally:
            CALLER.reset(token)


class KnowViewer:
    """Leaves the viewer in `request.state.viewer` where files are handed in or fetched.

    A cookie counts for uploads only when the browser says that our own page sent them, so that
    another site cannot make it send a form.
    """

    def __init__(self, app: ASGIApp, composition: Composition) -> None:
        self._app = app
        self._composition = composition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find out who asks, for files only; everything else finds out by itself."""
        if scope["type"] == "http" and scope["path"].startswith(("/files/", "/media")):
            request = Request(scope)
            if scope["method"] == "POST" or scope["path"].startswith("/files/"):
                try:
                    request.state.viewer = await self._viewer(request)
                except DomainError as error:
                    language = CALLER.get().language
                    answer = JSONResponse({"errors": [top_level(error, language).formatted]}, 401)
                    await answer(scope, receive, send)
                    return
        await self._app(scope, receive, send)

    async def _viewer(self, request: Request) -> Viewer:
        bearer = bearer_of(request.headers.get("authorization"))
        if bearer is not None:
            return await self._composition.viewer_of_bearer(bearer)
        session = request.cookies.get(SESSION_COOKIE)
        is_ours = request.headers.get("sec-fetch-site") in {"same-origin", "none"}
        if session is None or (request.method == "POST" and not is_ours):
            return VISITOR
        return await self._composition.viewer_of_session(session)


def create_app(composition: Composition) -> FastAPI:
    """The application over a composition."""
    settings = composition.settings

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None, None]:
        yield
        await composition.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.composition = composition
    app.state.context = composition.context
    app.state.site = site_of(composition)
    app.include_router(
        health_router(
            {
                "database": probe_database(composition.engine),
                "search": probe_search(settings.meili_url),
                "media": probe_media(settings.media_url),
                "jobs": probe_jobs(composition.engine),
            },
        ),
    )
    for path in ("/graphql/", "/graphql"):
        app.router.routes.append(Route(path, graphql_endpoint, methods=["POST"]))
        app.router.routes.append(Route(path, graphql_page, methods=["GET"]))
    app.include_router(marketplace.accounts.api.http.router)
    app.include_router(media_router(composition.context))
    app.include_router(registration_router(composition.context))
    app.include_router(store_router(composition.context))
    app.include_router(hooks_router(composition.context))
    app.include_router(connector_router(composition.context))
    app.include_router(catalog_router(composition.context))
    app.router.routes.append(Mount("/static", SiteFiles(), name="static"))
    install_site(app)
    app.add_middleware(KnowViewer, composition=composition)
    app.add_middleware(KnowCaller)
    app.add_middleware(Door)
    instrument(app, settings)
    return app


def site_of(composition: Composition) -> Site:
    """The website over the composition's own GraphQL."""
    settings = composition.settings
    return Site(
        operations=composition.operations,
        settings=SiteSettings(
            province=settings.province,
            public_url=settings.public_url,
            secret=settings.secret_key.get_secret_value(),
            is_secure=urlsplit(settings.public_url).scheme == "https",
            media_origin=_media_origin(settings),
        ),
        viewer_of=composition.viewer_of_session,
    )


def _media_origin(settings: Settings) -> str:
    """Where pictures come from when not from ourselves, for the content security policy."""
    if not settings.media_url.startswith("s3://"):
        return ""
    query = urlsplit(settings.media_url).query
    endpoint = next((p[13:] for p in query.split("&") if p.startswith("endpoint_url=")), "")
    return endpoint or "https://*.amazonaws.com"


def production_app() -> ASGIApp:
    """The application of a process started by the environment's settings."""
    settings = read_settings()
    configure_logging(settings)
    app: ASGIApp = create_app(Composition(settings))
    settle_memory()
    proxies = [each.strip() for each in settings.trusted_proxies.split(",") if each.strip()]
    return wrap_asgi_with_proxy_headers(app, trusted_hosts=proxies) if proxies else app


def __getattr__(name: str) -> ASGIApp:
    """Make `app` when a server asks for it, so that importing this module starts nothing.

    Raises:
        AttributeError: another name was asked for.
    """
    if name != "app":
        raise AttributeError(name)
    made = production_app()
    globals()["app"] = made
    return made
