"""`marketplace sandbox`: stand-ins for systems of others, for the demo and for trying things."""

import os
import sys

import typer

from marketplace.app.problems import OperatorError
from marketplace.app.programs import sandbox_command, shared_environment
from marketplace.app.settings import read_settings

group = typer.Typer(no_args_is_help=True, help="Stand-ins for systems of others.")


@group.callback()
def describe() -> None:
    """Stand-ins for systems of others."""


@group.command()
def registry() -> None:
    """Be the business registry, on the port after PORT; its page lets you be the officer."""
    settings = read_settings()
    if settings.is_production:
        raise OperatorError("The sandbox decides what anybody asks for; not in production.")
    command = sandbox_command(settings)
    typer.echo(f"Cơ quan đăng ký thử / Sandbox registry: http://localhost:{settings.port + 1}")
    sys.stdout.flush()
    # Nothing to look after: the server takes the place of this process.
    os.execve(command[0], command, os.environ | shared_environment(settings))  # noqa: S606
