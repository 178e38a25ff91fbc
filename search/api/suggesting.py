"""Suggestions while typing: names only, few of each kind, quick."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from businesses.api.loaders import BusinessLoaders
from catalog.api.types.products import Product
from catalog.models import Channel
from marketplace.content.models import Page
from marketplace.kernel.context import Info
from marketplace.kernel.i18n import Language, _, translate
from marketplace.kernel.text import fold
from marketplace.media.ports import MEDIA_STORE
from marketplace.media.rules.sizes import rendition_key
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.models import Place
from search.api.loaders import Things, fetch_things
from search.api.names import Marker, names_of
from search.api.types import Suggestion, SuggestionGroup
from search.ports import SEARCH_ENGINE, VOCABULARY
from search.rules.questions import Hit, SearchKind
from search.rules.telex import decode_keys
from search.rules.words import has_marks, marked_words

LIMITS: Final = {
    SearchKind.PRODUCT: 5,
    SearchKind.BUSINESS: 3,
    SearchKind.PLACE: 3,
    SearchKind.PAGE: 2,
}
_FETCHED: Final = 12
_PICTURE_SIZE: Final = 64
_PATHS: Final[Mapping[SearchKind, Mapping[Language, str]]] = {
    SearchKind.PRODUCT: {"vi": "/san-pham/{slug}", "en": "/en/products/{slug}"},
    SearchKind.BUSINESS: {"vi": "/b/{slug}", "en": "/en/b/{slug}"},
    SearchKind.PLACE: {"vi": "/xa/{slug}", "en": "/en/places/{slug}"},
    SearchKind.PAGE: {"vi": "/trang/{slug}", "en": "/en/pages/{slug}"},
}


async def suggest(
    info: Info,
    text: str,
    channel: Channel | None,
    language: Language,
) -> list[SuggestionGroup]:
    """What may be meant by what has been typed so far."""
    engine = info.context.ports[SEARCH_ENGINE]
    found = await engine.suggest(text, list(LIMITS), _FETCHED)
    decoded = decode_keys(text) if not any(found.values()) else None
    if decoded is not None:
        text = decoded
        found = await engine.suggest(text, list(LIMITS), _FETCHED)
    hits = [hit for each in found.values() for hit in each]
    things = await fetch_things(info.context, hits, channel, frozenset({"thumbnail"}))
    names = await names_of(info.context, things, language)
    best = {
        kind: _exact_first(text, [hit for hit in found[kind] if hit in names], names)[:limit]
        for kind, limit in LIMITS.items()
    }
    marker = Marker(text, info.context.ports[VOCABULARY])
    # Asked for all at once, so that what they need is fetched together.
    suggestions = await asyncio.gather(
        *(
            _suggestion(info, hit, things, names[hit], marker, text, language)
            for hits in best.values()
            for hit in hits
        ),
    )
    return [
        SuggestionGroup(kind=kind, suggestions=[each for each in suggestions if each.kind is kind])
        for kind, hits in best.items()
        if hits
    ]


def _exact_first(text: str, hits: Sequence[Hit], names: Mapping[Hit, str]) -> list[Hit]:
    """Names with the typed marks first; otherwise in the engine's order."""
    if not has_marks(text):
        return list(hits)
    typed = " ".join(marked_words(text))
    return sorted(hits, key=lambda hit: typed not in " ".join(marked_words(names[hit])))


async def _suggestion(
    info: Info,
    hit: Hit,
    things: Things,
    name: str,
    marker: Marker,
    text: str,
    language: Language,
) -> Suggestion:
    slug, note = await _slug_and_note(info, hit, things, text, language)
    image = None
    if hit.kind is SearchKind.PRODUCT:
        image = await _picture(info, things.products[hit.thing_id])
    return Suggestion(
        label=name,
        highlighted=marker.mark(name),
        note=note,
        url=_PATHS[hit.kind][language].replace("{slug}", slug),
        slug=slug,
        kind=hit.kind,
        image_url=image,
    )


async def _slug_and_note(
    info: Info,
    hit: Hit,
    things: Things,
    text: str,
    language: Language,
) -> tuple[str, str | None]:
    if hit.kind is SearchKind.PRODUCT:
        product = things.products[hit.thing_id]
        maker = await info.context.once(BusinessLoaders).by_id.load(product.row.business_id)
        return product.slug, None if maker is None else maker.name
    if hit.kind is SearchKind.BUSINESS:
        business = things.businesses[hit.thing_id]
        home = (
            await info.context.once(PlaceLoaders).by_id.load(business.place_id)
            if business.place_id is not None
            else None
        )
        return business.slug, None if home is None else home.full_name
    if hit.kind is SearchKind.PLACE:
        place = things.places[hit.thing_id]
        return f"{place.code}-{place.slug}", await _former(info, place, text, language)
    page: Page = things.pages[hit.thing_id]
    return page.slug, None


async def _former(info: Info, place: Place, text: str, language: Language) -> str | None:
    """The old unit that was meant, where it is not today's name that fits."""
    typed = fold(text)
    if typed in fold(place.full_name):
        return None
    for unit in await info.context.once(PlaceLoaders).predecessors.load(place.id):
        if typed in fold(unit.full_name):
            return translate(_("Before July 2025: {name}"), language, name=unit.full_name)
    return None


async def _picture(info: Info, product: Product) -> str | None:
    if product.row.cover_id is None:
        return None
    media = (await product.batch.covers.get()).get(product.row.cover_id)
    if media is None:
        return None
    key = rendition_key(media.renditions, media.storage_key, _PICTURE_SIZE, "webp")
    return info.context.ports[MEDIA_STORE].base_url + key
