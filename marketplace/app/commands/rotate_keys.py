"""`marketplace rotate-keys`: another key pair signs tokens from now on."""

import asyncio
from typing import Annotated

import typer

from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.accounts.services.keys import rotate_keys
from marketplace.app.composition import Composition
from marketplace.app.database import wait_for_database
from marketplace.app.embedded.parts import running_parts
from marketplace.app.settings import Settings, read_settings
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM


def run(
    leaked: Annotated[
        bool, typer.Option(help="Drop the old keys: everybody who came by token signs in again.")
    ] = False,
) -> None:
    """Sign tokens with a new key; those of the old one stay good until they lapse."""
    with running_parts(read_settings(), with_search=False) as parts:
        wait_for_database(str(parts.settings.database_url))
        kid = asyncio.run(_rotate(parts.settings, is_leaked=leaked))
    typer.echo(f"Tokens are signed with {kid}.")
    if leaked:
        typer.echo("The old keys are dropped: tokens they signed are refused.")


async def _rotate(settings: Settings, *, is_leaked: bool) -> str:
    composition = Composition(settings)
    try:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            account_settings = composition.ports[ACCOUNT_SETTINGS]
            signer = await rotate_keys(unit, account_settings, is_leaked=is_leaked)
        return signer.kid
    finally:
        await composition.close()
