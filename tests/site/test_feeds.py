"""The sitemaps over a small list of products, without the rest of the house."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from starlette.requests import Request

from frontend.operations import Operations
from frontend.pages.feeds import sitemap, sitemap_index
from frontend.session import FormGuard
from frontend.visit import Site, SiteSettings, Visit
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import Language
from marketplace.kernel.viewer import VISITOR, Viewer

SOMEBODY = Viewer(user_id=uuid4())


class Shop:
    """Answers with a list of that length and remembers who asked for how much."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[tuple[Viewer, Any]] = []

    async def __call__(
        self, document: str, variables: Mapping[str, Any], viewer: Viewer, language: Language
    ) -> Mapping[str, Any]:
        assert document
        assert language == "vi"
        self.asked.append((viewer, variables.get("first")))
        start = int(variables.get("after") or 0)
        end = min(start + variables.get("first", 0), self.total)
        products = {
            "totalCount": self.total,
            "pageInfo": {"hasNextPage": end < self.total, "endCursor": str(end)},
            "edges": [{"node": {"slug": f"p{place}"}} for place in range(start, end)],
        }
        return {"products": products, "places": []}


def visit_of(shop: Shop) -> Visit:
    async def viewer_of(_token: str) -> Viewer:
        return SOMEBODY

    request = Request({"type": "http", "method": "GET", "path": "/", "headers": []})
    settings = SiteSettings(Path(), "https://site.example", "secret")
    site = Site(Operations(shop), settings, viewer_of)
    return Visit(request, site, "vi", SOMEBODY, FormGuard(request, "secret"))


async def test_what_is_kept_for_everybody_is_what_a_visitor_sees() -> None:
    shop = Shop(total=3)

    await sitemap_index(visit_of(shop))
    await sitemap(visit_of(shop), "products-1")
    await sitemap(visit_of(shop), "places")

    assert shop.asked
    assert all(viewer is VISITOR for viewer, _first in shop.asked)


async def test_products_fill_as_many_files_as_they_need() -> None:
    shop = Shop(total=5001)

    index = await sitemap_index(visit_of(shop))
    last = await sitemap(visit_of(shop), "products-2")

    assert b"products-2.xml" in index.body
    assert b"products-3.xml" not in index.body
    assert bytes(last.body).count(b"<url>") == 2
    assert b"/san-pham/p5000" in last.body


@pytest.mark.parametrize("number", ["0", "2", "999999", "9" * 5000, "x", "\u00b2"])
async def test_a_file_that_is_not_listed_is_not_read(number: str) -> None:
    shop = Shop(total=250)

    with pytest.raises(NotFoundError):
        await sitemap(visit_of(shop), f"products-{number}")

    assert all(first == 1 for _viewer, first in shop.asked)
