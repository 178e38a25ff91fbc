"""Fetching what was found, as far as the viewer may see it, and the words of facets."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from sqlalchemy.orm import defer

from businesses.api.loaders import BusinessLoaders
from businesses.api.types import Business
from businesses.models import Business as BusinessRow
from catalog.api.loaders import Batch, CatalogLoaders
from catalog.api.queries.lists import prefetch
from catalog.api.types.products import Product
from catalog.models import Category, CategoryTranslation, Channel
from catalog.models import Product as ProductRow
from catalog.queries.products import visible_products
from marketplace.content.models import Page as PageRow
from marketplace.content.queries import visible_pages
from marketplace.kernel.context import RequestContext
from marketplace.kernel.i18n import Language
from marketplace.places import queries as place_queries
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.api.types import Place
from marketplace.places.models import Place as PlaceRow
from marketplace.places.models import PlaceTranslation
from search.rules.questions import Answer, Facet, Hit, SearchKind


@dataclass(frozen=True, slots=True)
class Things:
    """The things behind hits; what the viewer may not see is not among them."""

    products: Mapping[UUID, Product] = field(default_factory=dict)
    businesses: Mapping[UUID, BusinessRow] = field(default_factory=dict)
    places: Mapping[UUID, PlaceRow] = field(default_factory=dict)
    pages: Mapping[UUID, PageRow] = field(default_factory=dict)
    batch: Batch | None = None

    def business(self, key: UUID) -> Business | None:
        """The business as the schema shows it."""
        row = self.businesses.get(key)
        return None if row is None else Business.of(row)

    def place(self, key: UUID) -> Place | None:
        """The place as the schema shows it."""
        row = self.places.get(key)
        return None if row is None else Place.of(row)


async def fetch_things(
    context: RequestContext,
    hits: Iterable[Hit],
    channel: Channel | None,
    selected: frozenset[str],
) -> Things:
    """Fetch the things, one statement for each kind; `selected` names fields that will be read."""
    ids: defaultdict[SearchKind, list[UUID]] = defaultdict(list)
    for hit in hits:
        ids[hit.kind].append(hit.thing_id)
    rows, batch = await _products(context, ids[SearchKind.PRODUCT], channel, selected)
    businesses = await context.once(BusinessLoaders).by_id.load_many(ids[SearchKind.BUSINESS])
    places = await context.once(PlaceLoaders).by_id.load_many(ids[SearchKind.PLACE])
    pages: Sequence[PageRow] = []
    if ids[SearchKind.PAGE]:
        statement = visible_pages(context.viewer).where(PageRow.id.in_(ids[SearchKind.PAGE]))
        pages = await context.reader.all(statement)
    return Things(
        products={row.id: Product.of(row, batch) for row in rows},
        businesses={row.id: row for row in businesses if row is not None},
        places={row.id: row for row in places if row is not None},
        pages={row.id: row for row in pages},
        batch=batch,
    )


async def _products(
    context: RequestContext,
    ids: Sequence[UUID],
    channel: Channel | None,
    selected: frozenset[str],
) -> tuple[Sequence[ProductRow], Batch]:
    rows: Sequence[ProductRow] = []
    if ids:
        statement = visible_products(context.viewer).where(
            ProductRow.id.in_(ids),
            ProductRow.is_displayed,
        )
        if "description" not in selected:
            statement = statement.options(defer(ProductRow.description, raiseload=True))
        rows = await context.reader.all(statement)
    batch = Batch(context, rows, channel)
    if rows:
        await prefetch(batch, selected)
    if rows and "pricing" in selected:
        await batch.listings.get()
    return rows, batch


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of categories and places in the language asked for."""

    language: Language
    categories: Mapping[UUID, Category]
    translations: Mapping[tuple[UUID, str], CategoryTranslation]
    places: Mapping[str, str]

    @classmethod
    async def fetch(cls, context: RequestContext, answer: Answer, language: Language) -> Self:
        """Fetch the names that the facets of the answer need."""
        loaders = context.once(CatalogLoaders)
        codes = [
            *answer.counts.get(Facet.COMMUNES, ()),
            *answer.counts.get(Facet.OLD_DISTRICTS, ()),
        ]
        return cls(
            language,
            await loaders.categories.get(),
            await loaders.category_translations.get(),
            await _place_names(context, codes, language),
        )

    def category(self, row: Category) -> str:
        """The name of a category."""
        translation = self.translations.get((row.id, self.language))
        return (translation.name if translation is not None else None) or row.name

    def place(self, code: str) -> str:
        """The full name of a commune or an old district."""
        return self.places.get(code, code)

    def tree(self) -> list[Category]:
        """All categories, each before what lies below it."""
        below: defaultdict[UUID | None, list[Category]] = defaultdict(list)
        for row in self.categories.values():
            below[row.parent_id].append(row)
        waiting = list(reversed(below[None]))
        found = []
        while waiting:
            row = waiting.pop()
            found.append(row)
            waiting.extend(reversed(below[row.id]))
        return found


async def _place_names(
    context: RequestContext,
    codes: Sequence[str],
    language: Language,
) -> dict[str, str]:
    if not codes:
        return {}
    statement = place_queries.visible_places(context.viewer).where(PlaceRow.code.in_(codes))
    rows = await context.reader.all(statement)
    translations: dict[UUID, PlaceTranslation] = {}
    if language != "vi":
        words = await context.reader.all(place_queries.translations_of([row.id for row in rows]))
        translations = {each.place_id: each for each in words if each.language == language}
    return {
        row.code: translations[row.id].full_name if row.id in translations else row.full_name
        for row in rows
    }
