"""Request ids, counters and traces around every request.

With several web processes each one writes its counters into files of PROMETHEUS_MULTIPROC_DIR
(the supervisor sets it); `/metrics` adds them up, whichever process answers.
"""

import contextlib
import importlib
import os
import re
import secrets
import time
from typing import Any, Final

import structlog
from fastapi import FastAPI
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from marketplace.app.settings import Settings

REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")
SLOW_SECONDS: Final = 1.0
SERVER_ERROR: Final = 500
UNKNOWN: Final = "(none)"

REQUESTS = Counter("http_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "http_request_seconds",
    "Time from a request's first byte to the last one of its answer.",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)

log = structlog.get_logger(__name__)


class RequestTelemetry:
    """Gives each request an id, counts it, and logs those that are slow or fail."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps the application as the outermost layer."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and observes the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status = SERVER_ERROR
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                _observe(scope, status, time.perf_counter() - started)


def instrument(app: FastAPI, settings: Settings) -> None:
    """Puts telemetry around the application; traces only where an endpoint is set."""
    app.add_middleware(RequestTelemetry)
    if settings.otel_exporter_otlp_endpoint is not None:
        # Loaded only here: the libraries cost half a second at every start.
        tracing = importlib.import_module("marketplace.app.tracing")
        tracing.add_tracing(app, settings.otel_exporter_otlp_endpoint)


def current_request_id() -> str | None:
    """The id of the request being answered; the number a masked error shows."""
    found: Any = structlog.contextvars.get_contextvars().get("request_id")
    return found if isinstance(found, str) else None


def metrics_registry() -> CollectorRegistry:
    """The counters to show: of this process, or of all web processes together."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library is untyped here
    return registry


def _request_id(scope: Scope) -> str:
    """The id a proxy gave, if it looks like one, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return secrets.token_hex(8)


def _observe(scope: Scope, status: int, seconds: float) -> None:
    """Counts by route template, never by path, so that the number of series stays small."""
    route = getattr(scope.get("route"), "path", UNKNOWN)
    with contextlib.suppress(ValueError):
        REQUESTS.labels(scope["method"], route, str(status)).inc()
        SECONDS.labels(route).observe(seconds)
    if status >= SERVER_ERROR or seconds >= SLOW_SECONDS:
        log.warning(
            "A request failed." if status >= SERVER_ERROR else "A request was slow.",
            method=scope["method"],
            path=scope["path"],
            status=status,
            milliseconds=round(seconds * 1000),
        )
