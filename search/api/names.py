"""The names of what was found, in the language asked for, with the searched words marked."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from strawberry.dataloader import DataLoader

from businesses.api.loaders import BusinessLoaders
from marketplace.content.api.loaders import ContentLoaders
from marketplace.kernel.context import RequestContext
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, Language
from marketplace.kernel.text import fold
from marketplace.places.api.loaders import PlaceLoaders
from search.api.loaders import Things
from search.rules.questions import Hit, SearchKind
from search.rules.vocabulary import Vocabulary
from search.rules.words import highlight

_NAME_FIELDS: Final = {
    SearchKind.BUSINESS: "name",
    SearchKind.PLACE: "full_name",
    SearchKind.PAGE: "title",
}


async def names_of(
    context: RequestContext,
    things: Things,
    language: Language,
) -> dict[Hit, str]:
    """The name of every thing, by its hit."""
    names: dict[Hit, str] = {}
    for key, product in things.products.items():
        names[Hit(SearchKind.PRODUCT, key)] = product.name
    for key, business in things.businesses.items():
        names[Hit(SearchKind.BUSINESS, key)] = business.name
    for key, place in things.places.items():
        names[Hit(SearchKind.PLACE, key)] = place.full_name
    for key, page in things.pages.items():
        names[Hit(SearchKind.PAGE, key)] = page.title
    if language != DEFAULT_LANGUAGE:
        names.update(await _translated(context, things, language))
    return names


async def _translated(
    context: RequestContext,
    things: Things,
    language: Language,
) -> Mapping[Hit, str]:
    found: dict[tuple[SearchKind, UUID], str | None] = {}
    if things.products and things.batch is not None:
        for (key, spoken), row in (await things.batch.translations.get()).items():
            if spoken == language:
                found[SearchKind.PRODUCT, key] = row.name
    wanted: dict[SearchKind, tuple[DataLoader[tuple[UUID, str], Any], Mapping[UUID, Any]]] = {
        SearchKind.BUSINESS: (context.once(BusinessLoaders).translation, things.businesses),
        SearchKind.PLACE: (context.once(PlaceLoaders).translation, things.places),
        SearchKind.PAGE: (context.once(ContentLoaders).page_translation, things.pages),
    }
    for kind, (loader, rows) in wanted.items():
        keys = [(key, language) for key in rows]
        for (key, _spoken), words in zip(keys, await loader.load_many(keys), strict=True):
            found[kind, key] = None if words is None else getattr(words, _NAME_FIELDS[kind])
    return {Hit(kind, key): name for (kind, key), name in found.items() if name}


class Marker:
    """Marks the words of a query, and what means the same, in names."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        written = vocabulary.significant(text)
        self._last = fold(written[-1]) if written else None
        self._alike = frozenset(
            word
            for phrases in vocabulary.alternatives(written)
            for phrase in phrases
            for word in phrase
        )

    def mark(self, name: str) -> str:
        """The name as safe HTML, with the words inside `<mark>`."""
        return highlight(name, self._alike, self._last)
