"""Addresses for filled forms: PDF to print, JSON for other programs."""

import asyncio
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from marketplace.kernel.context import Asking, ContextFactory
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.sealing import SEALER
from marketplace.media.rules.links import read_link
from marketplace.registration.ports import FORM_LINKS, FORM_PRINTER, REGISTRATION_BOOK
from marketplace.registration.services.dossiers import Desk
from marketplace.registration.services.papers import OpenedForm, open_form

_LOCKED_UP: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def registration_router(contexts: ContextFactory) -> APIRouter:
    """The routes of registration."""
    router = APIRouter()

    @router.get("/dossier-forms/{token}.{ending}", name="dossier_form")
    async def dossier_form(request: Request, token: str, ending: str) -> Response:
        """The filled form, for whoever holds a link that is still good."""
        address = None if request.client is None else request.client.host
        async with contexts(Asking(address=address)) as context:
            links = context.ports[FORM_LINKS]
            link = read_link(token, links.secret, datetime.now(UTC))
            if link is None or ending not in {"pdf", "json"}:
                return Response(status_code=404, headers=_LOCKED_UP)
            desk = Desk(context.ports[REGISTRATION_BOOK], context.ports[SEALER])
            try:
                async with context.change() as unit:
                    opened = await open_form(unit, desk, link.media_id, link.viewer_id, address)
            except NotFoundError:
                return Response(status_code=404, headers=_LOCKED_UP)
            if ending == "json":
                return JSONResponse(opened.data, headers=_named(opened, "json"))
            # Typesetting is work for the processor: beside the event loop.
            document = await asyncio.to_thread(context.ports[FORM_PRINTER].print_form, opened.form)
            return Response(document, media_type="application/pdf", headers=_named(opened, "pdf"))

    return router


def _named(opened: OpenedForm, ending: str) -> dict[str, str]:
    name = f"{opened.dossier.our_code}.{ending}"
    return {**_LOCKED_UP, "Content-Disposition": f'inline; filename="{name}"'}
