"""What can be asked about places."""

from typing import Annotated

import strawberry
from graphql import GraphQLError

from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import LARGEST_PAGE
from marketplace.kernel.graph.ids import from_global
from marketplace.places import queries
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.api.types import Place
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.services.matching import search_places


@strawberry.type
class PlaceQueries:
    """Root query fields of the places."""

    @strawberry.field
    async def place(
        self,
        info: Info,
        id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="The id of the place."),
        ] = None,
        code: Annotated[
            str | None,
            strawberry.argument(description="Or its code."),
        ] = None,
    ) -> Place | None:
        """One unit, by its id or its code; of a code the one in force first."""
        if id is not None:
            key = from_global("Place", id)
            row = None if key is None else await info.context.once(PlaceLoaders).by_id.load(key)
        elif code is not None:
            row = await info.context.reader.first(
                queries.place_with_code(info.context.viewer, code),
            )
        else:
            row = None
        return None if row is None else Place.of(row)

    @strawberry.field
    async def places(
        self,
        info: Info,
        search: Annotated[
            str | None,
            strawberry.argument(description="A name of today or of old, as people write it."),
        ] = None,
        level: Annotated[
            PlaceLevel | None,
            strawberry.argument(description="The rank of the units wanted."),
        ] = PlaceLevel.COMMUNE,
        first: Annotated[
            int,
            strawberry.argument(description="How many at most."),
        ] = 50,
    ) -> list[Place]:
        """Units of a rank by the alphabet, or those a text means, the likeliest first.

        Old names lead to today's communes: "huyện Ba Bể" to five, "TT Bằng Lũng" to one.
        """
        if not 0 <= first <= LARGEST_PAGE:
            raise GraphQLError(f"A page holds at most {LARGEST_PAGE} things.")
        context, wanted = info.context, level or PlaceLevel.COMMUNE
        if search is not None and search.strip():
            found = await search_places(context.reader, context.viewer, search, wanted)
        else:
            found = await context.reader.all(queries.places_at_level(context.viewer, wanted))
        return [Place.of(place) for place in found[:first]]
