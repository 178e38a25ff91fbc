"""What machines read: sitemaps, robots.txt, the web manifest and the security contact."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any, Final
from xml.sax.saxutils import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from frontend.addresses import in_every_language, path_to
from frontend.rendering import nodes
from frontend.routing import Visiting
from frontend.visit import Site, Visit
from frontend.wording import today
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, _
from marketplace.kernel.viewer import VISITOR

router = APIRouter(include_in_schema=False)
BATCH: Final = 100
PER_FILE: Final = 5000
_SECURITY_DAYS: Final = 180
# Of the number of a file; more files than that there will never be.
_MOST_DIGITS: Final = 6
# The sitemap's name, the operation and its root field, and the page the entries stand for.
PARTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "products": ("sitemap_products", "products", "product"),
    "makers": ("sitemap_businesses", "businesses", "business"),
    "categories": ("sitemap_categories", "categories", "category"),
    "pages": ("sitemap_pages", "pages", "page"),
}
STANDING: Final = ("home", "categories", "businesses", "places")


@router.get("/sitemap.xml")
async def sitemap_index(visit: Visiting) -> Response:
    """The list of sitemaps; products come in files of some thousands."""
    files = await _files(visit, "products")
    names = ["site", "places", "makers", "categories", "pages"]
    names += [f"products-{number}" for number in range(1, files + 1)]
    entries = "".join(
        f"<sitemap><loc>{escape(visit.absolute(f'/sitemaps/{name}.xml'))}</loc></sitemap>"
        for name in names
    )
    return _xml(
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'
    )


@router.get("/sitemaps/{name}.xml")
async def sitemap(visit: Visiting, name: str) -> Response:
    """One sitemap, each address beside its other languages."""
    if name == "site":
        entries = [_entry(visit, page, "") for page in STANDING]
    elif name == "places":
        places = (await _ask(visit, "place_index"))["places"]
        entries = [_entry(visit, "place", f"{one['code']}-{one['slug']}") for one in places]
    else:
        entries = [entry async for entry in _listed(visit, name)]
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    )
    return _xml(f"<urlset {spaces}>{''.join(entries)}</urlset>")


async def _ask(visit: Visit, name: str, **variables: object) -> Mapping[str, Any]:
    """What a visitor is answered, whoever asks: these files are kept for everybody."""
    return await visit.site.operations.run(name, VISITOR, visit.language, **variables)


async def _files(visit: Visit, part: str) -> int:
    """How many files the entries of a connection fill; only products can fill more than one."""
    if part != "products":
        return 1
    operation, field, _page = PARTS[part]
    found = (await _ask(visit, operation, first=1, after=None))[field]
    total: int = found["totalCount"]
    return max(1, -(-total // PER_FILE))


async def _listed(visit: Visit, name: str) -> AsyncIterator[str]:
    """The entries of a connection, read in batches; a file that is not in the index is none."""
    part, _dash, digits = name.partition("-")
    if part not in PARTS or len(digits) > _MOST_DIGITS or not (digits or "1").isdecimal():
        raise NotFoundError(_("There is no such sitemap."))
    number = int(digits or 1)
    if not 1 <= number <= await _files(visit, part):
        raise NotFoundError(_("There is no such sitemap."))
    operation, field, page = PARTS[part]
    first = (number - 1) * PER_FILE
    after, seen = None, 0
    while seen < first + PER_FILE:
        found: Mapping[str, Any] = (await _ask(visit, operation, first=BATCH, after=after))[field]
        for node in nodes(found):
            seen += 1
            if seen > first:
                yield _entry(visit, page, node["slug"])
        if not found["pageInfo"]["hasNextPage"]:
            return
        after = found["pageInfo"]["endCursor"]


def _entry(visit: Visit, page: str, slug: str) -> str:
    """One page in every language."""
    everywhere = in_every_language(page, {"vi": slug})
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{escape(visit.absolute(path))}"/>'
        for lang, path in everywhere.items()
    )
    return "".join(
        f"<url><loc>{escape(visit.absolute(path))}</loc>{links}</url>"
        for path in everywhere.values()
    )


def _xml(body: str) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(text, media_type="application/xml", headers=headers)


@router.get("/robots.txt")
async def robots(request: Request) -> Response:
    """What crawlers may read."""
    site: Site = request.app.state.site
    closed = ("account", "basket", "sign_in", "suggestions", "confirm", "new_password")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for name in closed for path in in_every_language(name).values()),
        "Disallow: /graphql/",
        f"Sitemap: {site.settings.public_url}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get("/manifest.webmanifest")
async def manifest(request: Request) -> Response:
    """Name and colours for a telephone's home screen."""
    site: Site = request.app.state.site
    name = site.brand.words("site_name", DEFAULT_LANGUAGE)
    facts = {
        "name": name,
        "short_name": name,
        "lang": DEFAULT_LANGUAGE,
        "start_url": path_to("home", DEFAULT_LANGUAGE),
        "display": "minimal-ui",
        "background_color": "#FBF8F1",
        "theme_color": "#FBF8F1",
        "icons": [
            {"src": "/static/pictures/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": "/static/pictures/favicon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "/static/pictures/favicon-512.png", "sizes": "512x512", "type": "image/png"},
        ],
    }
    return JSONResponse(facts, media_type="application/manifest+json")


@router.get("/.well-known/security.txt")
async def security(request: Request) -> Response:
    """Whom to tell about a hole (RFC 9116)."""
    site: Site = request.app.state.site
    mail = site.brand.operator("en").get("email", "")
    expires = today() + timedelta(days=_SECURITY_DAYS)
    lines = [
        f"Contact: mailto:{mail}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: vi, en",
        f"Canonical: {site.settings.public_url}/.well-known/security.txt",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")
