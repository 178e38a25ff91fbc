"""`marketplace worker`: runs jobs."""

import asyncio
from typing import Annotated

import typer

from marketplace.app.database import wait_for_database
from marketplace.app.embedded.parts import running_parts
from marketplace.app.settings import read_settings
from marketplace.app.working import work


def run(
    once: Annotated[bool, typer.Option(help="Run the jobs that are due, then end.")] = False,
) -> None:
    """Run jobs: letters, pictures, the search index."""
    with running_parts(read_settings()) as parts:
        wait_for_database(str(parts.settings.database_url))
        asyncio.run(work(parts.settings, waits=not once))
