"""`marketplace create-user`: a person who may sign in; the first administrator, above all."""

import asyncio
from typing import Annotated

import typer

from marketplace.accounts.services.users import create_user
from marketplace.app.composition import Composition
from marketplace.app.embedded.parts import running_parts
from marketplace.app.problems import OperatorError
from marketplace.app.settings import Settings, read_settings
from marketplace.kernel.errors import DomainError
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM


def run(
    contact: Annotated[str, typer.Argument(help="An e-mail address or a Vietnamese number.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    first_name: Annotated[str, typer.Option()] = "",
    last_name: Annotated[str, typer.Option()] = "",
    administrator: Annotated[bool, typer.Option(help="May do everything.")] = False,
) -> None:
    """Make an account that may sign in at once."""
    with running_parts(read_settings(), with_search=False) as parts:
        asyncio.run(
            _create(parts.settings, contact, password, first_name, last_name, administrator)
        )
    typer.echo(f"{contact} may sign in.")


async def _create(
    settings: Settings,
    contact: str,
    password: str,
    first_name: str,
    last_name: str,
    is_administrator: bool,
) -> None:
    composition = Composition(settings)
    is_email = "@" in contact
    try:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            await create_user(
                unit,
                password=password,
                email=contact if is_email else None,
                phone=None if is_email else contact,
                first_name=first_name,
                last_name=last_name,
                is_administrator=is_administrator,
            )
    except DomainError as refusal:
        problems = [problem.text("en") for problem in refusal.problems]
        raise OperatorError("\n".join(problems)) from refusal
    finally:
        await composition.close()
