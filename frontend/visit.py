"""One request to the site: who asks, in which language, and how it is answered."""

import asyncio
import gzip
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import structlog
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontend.addresses import in_every_language, path_to
from frontend.brand import Brand, read_brand
from frontend.forms import read_form
from frontend.maps import DrawnMap, draw_map
from frontend.operations import Operations
from frontend.rendering import render
from frontend.session import FORM_FIELD, SESSION_COOKIE, FormGuard, keep_form_salt
from marketplace.kernel.i18n import Language
from marketplace.kernel.viewer import VISITOR, Viewer

log = structlog.get_logger(__name__)
ViewerOf = Callable[[str], Awaitable[Viewer]]
KEPT_SECONDS: Final = 30.0
LONGEST_KEPT_SECONDS: Final = 60.0
# Beyond this level zlib takes far longer and saves next to nothing on our pages.
COMPRESSION: Final = 4
# Pages bring no inline script or style; data blocks (JSON-LD) are not scripts to the policy.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: {media}; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the roof tells the site about this deployment."""

    province: Path
    public_url: str
    secret: str
    is_secure: bool = False
    media_origin: str = ""


@dataclass(slots=True)
class Frame:
    """What stands around every page: menus and the map."""

    menus: Mapping[str, Any]
    atlas: DrawnMap


@dataclass(slots=True)
class Site:
    """The running site; one per application, in `app.state.site`."""

    operations: Operations
    settings: SiteSettings
    viewer_of: ViewerOf
    kept: dict[tuple[str, Language], tuple[float, Mapping[str, Any]]] = field(default_factory=dict)
    frames: dict[Language, Frame] = field(default_factory=dict)
    reading: dict[tuple[str, Language], asyncio.Task[Mapping[str, Any]]] = field(
        default_factory=dict
    )

    @property
    def brand(self) -> Brand:
        """Name, words and operator of the province."""
        return read_brand(self.settings.province)

    async def frame(self, language: Language) -> Frame:
        """The frame of a language; the map is drawn anew only when there is something to draw."""
        answer = await self.for_everybody("frame", language)
        found = self.frames.get(language)
        if found is None or found.menus["places"] != answer["places"]:
            atlas = draw_map(answer["places"], self.brand.landmarks(language))
            found = self.frames[language] = Frame(answer, atlas)
        found.menus = answer
        return found

    async def for_everybody(
        self, name: str, language: Language, **variables: object
    ) -> Mapping[str, Any]:
        """What an operation answers to visitors, at most a minute old.

        Only for what every visitor sees and nobody expects to the second: the frame and the home
        page, which would otherwise cost more than all other pages together. After half a minute it
        is read anew beside the request that noticed; only after a minute does anybody wait.
        """
        key = (name, language)
        read_at, answer = self.kept.get(key, (-math.inf, None))
        age = time.monotonic() - read_at
        if answer is not None and age <= KEPT_SECONDS:
            return answer
        reading = self.reading.get(key)
        if reading is None:
            reading = asyncio.ensure_future(self._read(name, language, variables))
            self.reading[key] = reading
            reading.add_done_callback(partial(self._note, key))
        if answer is not None and age <= LONGEST_KEPT_SECONDS:
            return answer
        return await asyncio.shield(reading)

    async def _read(
        self, name: str, language: Language, variables: Mapping[str, object]
    ) -> Mapping[str, Any]:
        answer = await self.operations.run(name, VISITOR, language, **variables)
        self.kept[name, language] = (time.monotonic(), answer)
        return answer

    def _note(self, key: tuple[str, Language], reading: asyncio.Task[Mapping[str, Any]]) -> None:
        """Let the next request try again, whatever became of this reading."""
        del self.reading[key]
        if not reading.cancelled() and (error := reading.exception()) is not None:
            log.warning("site.not_read", operation=key[0], error=repr(error))


@dataclass(slots=True)
class Visit:
    """A request, with what pages need to answer it."""

    request: Request
    site: Site
    language: Language
    viewer: Viewer
    guard: FormGuard

    async def run(self, name: str, **variables: object) -> Mapping[str, Any]:
        """The site's operation of that name, asked by this viewer."""
        return await self.site.operations.run(name, self.viewer, self.language, **variables)

    def to(self, name: str, slug: str = "", item: str = "", **query: object) -> str:
        """The path of a page in this visit's language."""
        return path_to(name, self.language, slug, item, **query)

    def absolute(self, path: str) -> str:
        """The public address of a path."""
        return f"{self.site.settings.public_url}{path}"

    def redirect(
        self, name: str, slug: str = "", item: str = "", **query: object
    ) -> RedirectResponse:
        """Send the browser on to another page, with GET."""
        return RedirectResponse(self.to(name, slug, item, **query), status_code=303)

    async def form(self) -> FormData:
        """What was sent, once it is sure that our own page sent it."""
        sent = await read_form(self.request)
        self.guard.check(sent.get(FORM_FIELD))
        return sent

    @property
    def is_partial(self) -> bool:
        """Whether htmx asks for a piece of a page only."""
        return self.request.headers.get("HX-Request") == "true"

    async def show(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        page: str | None = None,
        slug: str = "",
        item: str = "",
        status: int = 200,
    ) -> Response:
        """The template as a complete page."""
        frame = await self.site.frame(self.language)
        everywhere = in_every_language(page, {"vi": slug}, item) if page else {}
        words = {
            "visit": self,
            "brand": self.site.brand,
            "frame": frame,
            "page": page,
            "alternates": {lang: self.absolute(path) for lang, path in everywhere.items()},
            "switches": everywhere or in_every_language("home"),
            "status": status,
            **(context or {}),
        }
        return self._answer(render(template, self.language, words), status)

    def _answer(self, html: str, status: int) -> Response:
        """The page with its headers: cacheable for visitors, private for people."""
        media = f"{self.site.settings.public_url} {self.site.settings.media_origin}".strip()
        headers = {
            "Content-Language": self.language,
            "Content-Security-Policy": CONTENT_SECURITY_POLICY.format(media=media),
            "Vary": "Cookie, Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }
        if self.viewer.is_signed_in or self.guard.was_used or self.request.method != "GET":
            headers["Cache-Control"] = "private, no-store"
        elif status == HTTPStatus.OK:
            headers["Cache-Control"] = "public, max-age=0, s-maxage=30, stale-while-revalidate=60"
            headers["ETag"] = f'W/"{blake2b(html.encode(), digest_size=12).hexdigest()}"'
            if headers["ETag"] in self.request.headers.get("If-None-Match", ""):
                return Response(status_code=304, headers=headers)
        else:
            headers["Cache-Control"] = "no-store"
        response = Response(self._packed(html, headers), status, headers, "text/html")
        if self.guard.fresh_salt:
            secure = self.site.settings.is_secure
            keep_form_salt(response, self.guard.fresh_salt, is_secure=secure)
        return response

    def _packed(self, html: str, headers: dict[str, str]) -> bytes:
        """The page's bytes, compressed when the browser takes that."""
        if "gzip" not in self.request.headers.get("Accept-Encoding", ""):
            return html.encode()
        headers["Content-Encoding"] = "gzip"
        return gzip.compress(html.encode(), COMPRESSION, mtime=0)


def language_of_path(path: str) -> Language:
    """English under /en, Vietnamese elsewhere."""
    return "en" if path == "/en" or path.startswith("/en/") else "vi"


async def visit(request: Request) -> Visit:
    """The visit of a request; an unknown or ended session is a visitor's."""
    site: Site = request.app.state.site
    token = request.cookies.get(SESSION_COOKIE)
    viewer = await site.viewer_of(token) if token else VISITOR
    return Visit(
        request=request,
        site=site,
        language=language_of_path(request.url.path),
        viewer=viewer,
        guard=FormGuard(request, site.settings.secret),
    )
