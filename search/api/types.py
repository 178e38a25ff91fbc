"""GraphQL types of what was found."""

import strawberry

from businesses.api.types import Business
from catalog.api.types.products import Product
from marketplace.content.api.types import Page
from marketplace.places.api.types import Place
from search.rules.questions import SearchKind, SearchSort

strawberry.enum(
    SearchKind,
    name="SearchKindEnum",
    description="The kinds of things that one search goes through.",
)
strawberry.enum(
    SearchSort,
    name="SearchSortEnum",
    description="In which order hits are wanted.",
)


@strawberry.type
class FacetValue:
    """One value of a facet."""

    value: str = strawberry.field(description="What to send in the filter.")
    label: str = strawberry.field(description="Its name in the language asked for.")
    count: int = strawberry.field(
        description="How many hits have it, whatever else is chosen in this facet.",
    )
    is_chosen: bool = strawberry.field(description="Whether the search is narrowed to it.")


@strawberry.type
class Facet:
    """A property hits can be narrowed by."""

    name: str = strawberry.field(description="Its name among the filters.")
    label: str = strawberry.field(description="Its name in the language asked for.")
    values: list[FacetValue] = strawberry.field(description="Its values, with their counts.")


@strawberry.type
class SearchHit:
    """Something that was found; exactly one of the things is there."""

    kind: SearchKind = strawberry.field(description="What it is.")
    highlighted_name: str = strawberry.field(
        description="Its name as safe HTML, with what was searched inside `<mark>`.",
    )
    product: Product | None = strawberry.field(default=None, description="The product.")
    business: Business | None = strawberry.field(default=None, description="The business.")
    place: Place | None = strawberry.field(default=None, description="The place.")
    page: Page | None = strawberry.field(default=None, description="The page.")


@strawberry.type
class SearchResults:
    """What a search found."""

    total_count: int = strawberry.field(description="How many things fit.")
    page: int = strawberry.field(description="Which page this is, from 1.")
    page_count: int = strawberry.field(description="How many pages there are.")
    is_reduced: bool = strawberry.field(
        description="Whether the search engine is away and slips of the pen are not forgiven.",
    )
    corrected_query: str | None = strawberry.field(
        description="The query as it was understood, where it was not understood as typed.",
    )
    hits: list[SearchHit] = strawberry.field(description="The things of this page.")
    facets: list[Facet] = strawberry.field(description="What the hits can be narrowed by.")
    kinds: list[FacetValue] = strawberry.field(description="How many of each kind fit.")


@strawberry.type
class Suggestion:
    """One thing that may be meant."""

    label: str = strawberry.field(description="Its name.")
    highlighted: str = strawberry.field(
        description="Its name as safe HTML, with what was typed inside `<mark>`.",
    )
    note: str | None = strawberry.field(description="What tells it from others of that name.")
    url: str = strawberry.field(description="The path of its page.")
    slug: str = strawberry.field(description="Its name in addresses.")
    kind: SearchKind = strawberry.field(description="What it is.")
    image_url: str | None = strawberry.field(description="A small picture.")


@strawberry.type
class SuggestionGroup:
    """What may be meant, of one kind."""

    kind: SearchKind = strawberry.field(description="What they are.")
    suggestions: list[Suggestion] = strawberry.field(description="The likeliest first.")
