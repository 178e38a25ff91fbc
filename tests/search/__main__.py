"""`python -m tests.search`: the relevance of search over the goods of the configured database."""

import asyncio
import sys

from marketplace.app.composition import Composition
from marketplace.app.embedded.parts import running_parts
from marketplace.app.settings import Settings, read_settings
from search.adapters.postgres import PostgresEngine
from search.ports import SEARCH_INDEX, VOCABULARY
from tests.search.relevance import relevance_of


async def print_relevance(settings: Settings) -> None:
    """Print the score of each engine and what was missed."""
    house = Composition(settings)
    own = PostgresEngine(house.sessions, house.ports[VOCABULARY])
    try:
        if house.ports[SEARCH_INDEX] is not None:
            sys.stdout.write(f"Meilisearch: {await relevance_of(house)}\n")
        sys.stdout.write(f"PostgreSQL: {await relevance_of(house, own)}\n")
    finally:
        await house.close()


with running_parts(read_settings()) as parts:
    asyncio.run(print_relevance(parts.settings))
