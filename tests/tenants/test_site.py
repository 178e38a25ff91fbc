"""No page, feed, line of the log or document of the search tells what a seller keeps."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import httpx
import pytest
from sqlalchemy import text

from frontend.addresses import PATHS
from frontend.session import SESSION_COOKIE
from marketplace.app.asgi import create_app, site_of
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import Viewer
from tests.tenants.conftest import Tenants

BASE: Final = "http://localhost:8000"
# What the first seller has, by the kinds of things that stand in addresses.
SLUGS: Final = ("business", "suspended", "joining", "draft", "secret_collection", "secret_page")
THINGS: Final = (
    ("Product", "draft"),
    ("ProductVariant", "draft_variant"),
    ("Verification", "waiting_case"),
    ("Dossier", "filed_dossier"),
    ("Assistance", "assistance"),
    ("WebhookEndpoint", "endpoint"),
)


def client_of(tenants: Tenants, viewer: Viewer) -> httpx.AsyncClient:
    """A browser in which that person has signed in."""
    composition = tenants.world.composition
    app = create_app(composition)

    async def viewer_of(_token: str) -> Viewer:
        return viewer

    app.state.site = replace(site_of(composition), viewer_of=viewer_of)
    cookies = {SESSION_COOKIE: "x"} if viewer.is_signed_in else {}
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=BASE, cookies=cookies, timeout=60
    )


def addresses(tenants: Tenants, pattern: str) -> Iterator[str]:
    """The pattern with the first seller's names and ids."""
    if "{" not in pattern:
        yield pattern
        return
    world = tenants.world
    ids = [to_global(kind, world[name].id) for kind, name in THINGS]
    slugs = [world[name].slug for name in SLUGS]
    if "{item}" not in pattern:
        yield from (pattern.replace("{slug}", each) for each in (*slugs, *ids))
        return
    items = [*ids, str(world["draft"].id), world["draft"].slug]
    yield from (pattern.replace("{slug}", slugs[0]).replace("{item}", each) for each in items)


def plain_routes(app: Any) -> list[str]:
    """Every address of the house that can be got as it stands."""
    found = []
    for route in app.router.routes:
        path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or ()
        if "GET" in methods and "{" not in path:
            found.append(path)
    return found


@pytest.mark.parametrize("name", ["all at once", "visitor"])
async def test_no_page_shows_anything_of_the_other_seller(
    tenants: Tenants, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    shown: dict[str, set[str]] = {}
    broken: dict[str, int] = {}

    async with client_of(tenants, tenants.outsiders.viewers[name]) as client:
        for paths in PATHS.values():
            for path in addresses(tenants, paths["vi"]):
                answer = await client.get(path)
                if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                    broken[path] = answer.status_code
                # What was asked for may be repeated, as links to other languages do.
                said = answer.text + str(answer.headers)
                for part in filter(None, path.split("/")):
                    said = said.replace(part, "")
                if found := tenants.marks.found_in(said):
                    shown[path] = found

    assert (shown, broken) == ({}, {})
    assert tenants.marks.found_in(re.sub(r"path=\S+", "", capsys.readouterr().out)) == set()


async def test_no_feed_or_map_shows_anything_of_the_other_seller(tenants: Tenants) -> None:
    shown: dict[str, set[str]] = {}
    app = create_app(tenants.world.composition)
    feeds = ["/sitemap.xml", "/robots.txt", "/feed.xml", "/sitemap-1.xml", *plain_routes(app)]

    async with client_of(tenants, tenants.outsiders.viewers["visitor"]) as client:
        for path in feeds:
            answer = await client.get(path)
            if found := tenants.marks.found_in(answer.text):
                shown[path] = found

    assert shown == {}


async def test_no_document_of_the_search_holds_anything_private(tenants: Tenants) -> None:
    async with tenants.world.composition.sessions() as session:
        documents = (await session.scalars(text("SELECT d::text FROM search_documents d"))).all()

    assert len(documents) > 2
    assert tenants.marks.found_in("\n".join(documents)) == set()


async def test_the_owner_sees_what_nobody_else_does(tenants: Tenants) -> None:
    path = PATHS["shop_products"]["vi"].replace("{slug}", tenants.world["business"].slug)

    async with client_of(tenants, tenants.world.viewers["owner"]) as client:
        answer = await client.get(path)

    assert "products.name" in tenants.marks.found_in(answer.text)
