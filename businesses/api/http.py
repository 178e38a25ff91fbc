"""Addresses of stores for paper: the poster at the stall and the code alone."""

from typing import Final

from fastapi import APIRouter, Request, Response

from businesses.api.loaders import BusinessLoaders
from businesses.models import Business
from businesses.ports import POSTERS, PosterText
from businesses.queries.businesses import visible_businesses
from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.accounts.rules.contacts import read_phone, show_phone
from marketplace.kernel.context import Asking, ContextFactory, RequestContext
from marketplace.kernel.i18n import Language, _, language_of, translate
from marketplace.kernel.viewer import VISITOR
from marketplace.places.api.loaders import PlaceLoaders

INVITATION: Final = _("Scan to look in")
_KINDS: Final = {"svg": "image/svg+xml", "png": "image/png"}
_STORE: Final = {"vi": "/b/", "en": "/en/b/"}


def store_router(contexts: ContextFactory) -> APIRouter:
    """The routes of stores; what is printed may be seen by everybody, so everybody may print it."""
    router = APIRouter()

    @router.get("/store/{slug}/poster.pdf", name="store_poster")
    async def store_poster(request: Request, slug: str, lang: str = "vi") -> Response:
        """The poster of a store that is open to buyers."""
        language: Language = "en" if lang == "en" else "vi"
        async with contexts(_asking(request)) as context:
            business = await _open_store(context, slug)
            if business is None:
                return Response(status_code=404)
            text = await _text(context, business, language)
            content = context.ports[POSTERS].poster(text)
        disposition = f'inline; filename="{business.slug}.pdf"'
        return _answer(content, "application/pdf", disposition)

    @router.get("/store/{slug}/qr.{kind}", name="store_code")
    async def store_code(request: Request, slug: str, kind: str) -> Response:
        """The code of a store that is open to buyers."""
        async with contexts(_asking(request)) as context:
            business = await _open_store(context, slug) if kind in _KINDS else None
            if business is None:
                return Response(status_code=404)
            posters, address = context.ports[POSTERS], _address(context, business, "vi")
            content = posters.code_svg(address) if kind == "svg" else posters.code_png(address)
        return _answer(content, _KINDS[kind], f'inline; filename="{business.slug}.{kind}"')

    return router


def _asking(request: Request) -> Asking:
    return Asking(language=language_of(request.headers.get("accept-language")))


async def _open_store(context: RequestContext, slug: str) -> Business | None:
    statement = visible_businesses(VISITOR).where(Business.slug == slug)
    return await context.reader.first(statement)


def _address(context: RequestContext, business: Business, language: Language) -> str:
    return f"{context.ports[ACCOUNT_SETTINGS].public_url}{_STORE[language]}{business.slug}"


async def _text(context: RequestContext, business: Business, language: Language) -> PosterText:
    translation = await context.once(BusinessLoaders).translation.load((business.id, language))
    place = None
    if business.place_id is not None:
        place = await context.once(PlaceLoaders).by_id.load(business.place_id)
    phone = read_phone(business.phone or "")
    return PosterText(
        market=context.ports[ACCOUNT_SETTINGS].site_name,
        name=(translation.name if translation else None) or business.name,
        place=", ".join(
            part for part in (business.hamlet, place.full_name if place else "") if part
        ),
        address=_address(context, business, language),
        invitation=translate(INVITATION, language),
        phone="" if phone is None else show_phone(phone),
        language=language,
    )


def _answer(content: bytes, kind: str, disposition: str) -> Response:
    headers = {
        "Cache-Control": "public, max-age=300",
        "Content-Disposition": disposition,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)
