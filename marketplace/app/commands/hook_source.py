"""`marketplace hook-source`: the systems whose messages are believed here."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from marketplace.app.composition import Composition
from marketplace.app.embedded.parts import running_parts
from marketplace.app.problems import OperatorError
from marketplace.app.settings import Settings, read_settings
from marketplace.hooks.models import HookSource
from marketplace.hooks.services.sources import add_source, rotate_source_secret
from marketplace.kernel.errors import DomainError
from marketplace.kernel.sealing import SEALER, Sealer
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM

group = typer.Typer(no_args_is_help=True, help="Systems whose messages are believed here.")
Name = Annotated[str, typer.Argument(help="The last part of its address: /hooks/<name>.")]
Change = Callable[[UnitOfWork, Sealer, str], Awaitable[tuple[HookSource, str]]]


@group.command()
def add(name: Name) -> None:
    """Believe a system from now on; its secret is shown once."""
    _run(add_source, name)


@group.command()
def rotate(name: Name) -> None:
    """Give a system a new secret; the old one counts for another day."""
    _run(rotate_source_secret, name)


def _run(change: Change, name: str) -> None:
    with running_parts(read_settings(), with_search=False) as parts:
        secret = asyncio.run(_change(parts.settings, change, name))
        typer.echo(f"{parts.settings.public_url}/hooks/{name}\n{secret}")


async def _change(settings: Settings, change: Change, name: str) -> str:
    composition = Composition(settings)
    try:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            _source, secret = await change(unit, composition.ports[SEALER], name)
    except DomainError as refusal:
        raise OperatorError(refusal.text("en")) from refusal
    finally:
        await composition.close()
    return secret
