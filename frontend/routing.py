"""One page function, one route per language."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from starlette.responses import Response

from frontend.addresses import PATHS
from frontend.visit import Visit, visit
from marketplace.kernel.i18n import LANGUAGES

Visiting = Annotated[Visit, Depends(visit)]
Page = Callable[..., Awaitable[Response]]
# Some functions answer both a page and its HEAD, as search engines ask for.
_READ: Final = ("GET", "HEAD")


def page(router: APIRouter, name: str) -> Callable[[Page], Page]:
    """Register the function for reading the page of that name, in every language."""
    return _register(router, name, _READ)


def form(router: APIRouter, name: str) -> Callable[[Page], Page]:
    """Register the function for the form that is sent to that page, in every language."""
    return _register(router, name, ("POST",))


def _register(router: APIRouter, name: str, methods: tuple[str, ...]) -> Callable[[Page], Page]:
    def register(function: Page) -> Page:
        options: dict[str, Any] = {"methods": list(methods), "include_in_schema": False}
        for language in LANGUAGES:
            path = PATHS[name][language]
            router.add_api_route(path, function, response_model=None, **options)
        return function

    return register
