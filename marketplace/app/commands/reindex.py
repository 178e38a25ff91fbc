"""`marketplace reindex`: the search index, made anew without a gap."""

import asyncio

import typer

from marketplace.app.composition import Composition
from marketplace.app.database import wait_for_database
from marketplace.app.embedded.parts import running_parts
from marketplace.app.problems import OperatorError
from marketplace.app.progress import shown_progress
from marketplace.app.reindex import reindex
from marketplace.app.settings import Settings, read_settings
from search.errors import EngineAwayError


def run() -> None:
    """Make all search documents and the index anew; searches go on meanwhile."""
    with running_parts(read_settings()) as parts:
        wait_for_database(str(parts.settings.database_url))
        documents = asyncio.run(_reindex(parts.settings))
    typer.echo(f"{documents} things can be found.")


async def _reindex(settings: Settings) -> int:
    composition = Composition(settings)
    try:
        with shown_progress("Search index") as advance:
            return await reindex(composition, advance)
    except EngineAwayError as away:
        raise OperatorError(
            f"Meilisearch does not answer ({away}). PostgreSQL finds everything; "
            "run this again when Meilisearch is back."
        ) from away
    finally:
        await composition.close()
