"""What can be asked of stores."""

from typing import Annotated

import strawberry

from businesses.api.stores import PaletteColour, StoreColour
from businesses.api.types import Business
from businesses.queries import stores as queries
from businesses.rules import colours
from marketplace.kernel.context import Info


@strawberry.type
class StoreQueries:
    """Root query fields of stores."""

    @strawberry.field
    async def business_moved(
        self,
        info: Info,
        slug: Annotated[str, strawberry.argument(description="A slug of former days.")],
    ) -> Business | None:
        """The business that was called so in addresses before; its slug is today's."""
        row = await info.context.reader.first(queries.moved_from(info.context.viewer, slug))
        return None if row is None else Business.of(row)

    @strawberry.field
    def store_colour(
        self,
        colour: Annotated[str, strawberry.argument(description="Six signs, as 1e2a56.")],
    ) -> StoreColour | None:
        """Whether a colour can be read on our pages, and which near it can; null for no colour."""
        read = colours.read_colour(colour)
        return None if read is None else StoreColour.of(read)

    @strawberry.field
    def store_palette(self) -> list[PaletteColour]:
        """Colours that suit a store, all of them readable."""
        return [
            PaletteColour(name=name, colour=StoreColour.of(colour))
            for colour, name in colours.PALETTE
        ]
