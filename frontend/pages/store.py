"""What a store's pages need beside themselves: its colours as a style sheet, the drawn map."""

import re
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from frontend.rendering import render
from frontend.routing import Visiting, page
from frontend.store_map import labelled
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _

router = APIRouter()
_COLOURS: Final = re.compile(r"^([0-9a-f]{6})-([0-9a-f]{6})\.css$")
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


@page(router, "store_colours")
async def store_colours(_visit: Visiting, slug: str) -> Response:
    """A store's colour by day and by night; its address tells both, so that it never changes."""
    found = _COLOURS.match(slug)
    if found is None:
        raise NotFoundError(_("There is no such page."))
    by_day, by_night = found.groups()
    style = (
        f".store{{--accent:#{by_day};--on-accent:#fff}}"
        f"@media (prefers-color-scheme:dark){{.store{{--accent:#{by_night};--on-accent:#13151d}}}}"
    )
    headers = {"Cache-Control": _FOR_GOOD, "X-Content-Type-Options": "nosniff"}
    return Response(style, headers=headers, media_type="text/css")


@page(router, "land_map")
async def land_map(visit: Visiting) -> Response:
    """The drawn map of the communes as a picture, to be pointed at in a form."""
    frame = await visit.site.frame(visit.language)
    words = {"map": frame.atlas, "labelled": labelled(frame.atlas)}
    drawn = render("pages/store/map.html", visit.language, words)
    headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return Response(drawn.strip(), headers=headers, media_type="image/svg+xml")
