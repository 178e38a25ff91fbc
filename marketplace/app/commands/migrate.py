"""`marketplace migrate`: the database, brought up to date."""

import asyncio

import typer

from marketplace.app.database import wait_for_database
from marketplace.app.embedded.parts import running_parts
from marketplace.app.migrate import upgrade_database
from marketplace.app.seeding.reference import keep_reference
from marketplace.app.settings import read_settings


def run() -> None:
    """Apply the migrations that are missing."""
    with running_parts(read_settings(), with_search=False) as parts:
        url = str(parts.settings.database_url)
        wait_for_database(url)
        if not upgrade_database(url, wants_demo=parts.settings.wants_demo):
            typer.echo("Nothing to do: the database is up to date.")
        asyncio.run(keep_reference(parts.settings))
