"""What can be asked across all kinds of things."""

import math

import strawberry
from graphql import GraphQLError

from catalog.api.loaders import CatalogLoaders
from catalog.api.queries.lists import selected_names
from catalog.rules import RETAIL
from marketplace.content.api.types import Page
from marketplace.kernel.context import Info, RequestContext
from marketplace.kernel.graph.connection import LARGEST_PAGE
from marketplace.kernel.graph.scalars import LanguageCodeEnum
from marketplace.kernel.text import nfc
from search.api.facets import facets_of, kinds_of
from search.api.inputs import SearchFilterInput
from search.api.loaders import Labels, Things, fetch_things
from search.api.names import Marker, names_of
from search.api.suggesting import suggest
from search.api.types import SearchHit, SearchResults, SuggestionGroup
from search.ports import SEARCH_ENGINE, VOCABULARY
from search.rules.questions import Filters, Hit, Question, SearchKind, SearchSort
from search.services.finding import Finding, find

LONGEST_QUERY = 200
DEEPEST_HIT = 5_000


@strawberry.type
class SearchQueries:
    """Root query fields of finding."""

    @strawberry.field
    async def search(
        self,
        info: Info,
        query: str,
        kind: SearchKind | None = None,
        filter: SearchFilterInput | None = None,
        sort_by: SearchSort | None = SearchSort.RELEVANCE,
        page: int | None = 1,
        per_page: int | None = 20,
        channel: str | None = None,
        language_code: LanguageCodeEnum | None = LanguageCodeEnum.VI,
    ) -> SearchResults:
        """Products, businesses, places and pages that fit, as far as the viewer may see them."""
        loaders = info.context.once(CatalogLoaders)
        prices = await loaders.channel(channel) or await loaders.channel(RETAIL)
        size = _size(per_page)
        number = max(1, page or 1)
        names = selected_names(info)
        question = Question(
            text=nfc(query[:LONGEST_QUERY]),
            kind=kind,
            filters=await _filters(info.context, filter),
            sort=sort_by or SearchSort.RELEVANCE,
            near=filter.near.point() if filter is not None and filter.near is not None else None,
            channel=prices.slug if prices is not None else RETAIL,
            offset=min((number - 1) * size, DEEPEST_HIT),
            limit=size,
            has_facets=not names.isdisjoint({"facets", "kinds"}),
        )
        finding = await find(info.context.ports[SEARCH_ENGINE], question)
        things = await fetch_things(info.context, finding.answer.hits, prices, names)
        return await _results(info, finding, things, number, language_code or LanguageCodeEnum.VI)

    @strawberry.field
    async def suggestions(
        self,
        info: Info,
        query: str,
        channel: str | None = None,
        language_code: LanguageCodeEnum | None = LanguageCodeEnum.VI,
    ) -> list[SuggestionGroup]:
        """What may be meant by what has been typed so far, by kind."""
        text = nfc(query[:LONGEST_QUERY])
        if not text:
            return []
        loaders = info.context.once(CatalogLoaders)
        prices = await loaders.channel(channel) or await loaders.channel(RETAIL)
        language = (language_code or LanguageCodeEnum.VI).ours
        return await suggest(info, text, prices, language)


def _size(per_page: int | None) -> int:
    size = 20 if per_page is None else per_page
    if not 1 <= size <= LARGEST_PAGE:
        raise GraphQLError(f"A page holds between 1 and {LARGEST_PAGE} things.")
    return size


async def _filters(context: RequestContext, wanted: SearchFilterInput | None) -> Filters:
    """The filters; slugs of other languages are led back to ours."""
    if wanted is None:
        return Filters()
    slugs: dict[str, str] = {}
    if wanted.categories:
        loaders = context.once(CatalogLoaders)
        categories = await loaders.categories.get()
        for (key, _language), row in (await loaders.category_translations.get()).items():
            if row.slug and key in categories:
                slugs[row.slug] = categories[key].slug
        slugs.update({row.slug: row.slug for row in categories.values()})
    return wanted.filters(slugs)


async def _results(
    info: Info,
    finding: Finding,
    things: Things,
    number: int,
    code: LanguageCodeEnum,
) -> SearchResults:
    question, answer = finding.question, finding.answer
    marker = Marker(question.text, info.context.ports[VOCABULARY])
    names = await names_of(info.context, things, code.ours)
    labels = await Labels.fetch(info.context, answer, code.ours)
    return SearchResults(
        total_count=answer.total,
        page=number,
        page_count=math.ceil(answer.total / question.limit),
        is_reduced=answer.is_reduced,
        corrected_query=finding.corrected,
        hits=[_hit(hit, things, marker.mark(names[hit])) for hit in answer.hits if hit in names],
        facets=facets_of(question, answer, labels, code.ours),
        kinds=kinds_of(question, answer, code.ours),
    )


def _hit(hit: Hit, things: Things, highlighted: str) -> SearchHit:
    page = things.pages.get(hit.thing_id) if hit.kind is SearchKind.PAGE else None
    return SearchHit(
        kind=hit.kind,
        highlighted_name=highlighted,
        product=things.products.get(hit.thing_id) if hit.kind is SearchKind.PRODUCT else None,
        business=things.business(hit.thing_id) if hit.kind is SearchKind.BUSINESS else None,
        place=things.place(hit.thing_id) if hit.kind is SearchKind.PLACE else None,
        page=None if page is None else Page.of(page),
    )
