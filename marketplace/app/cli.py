"""The command line `marketplace`."""

import importlib
import sys

import typer

from marketplace.app.commands import COMMANDS
from marketplace.app.logging import configure_logging
from marketplace.app.problems import told_plainly
from marketplace.app.settings import read_settings


def main() -> None:
    """Runs the command that was asked for; only its own modules are loaded."""
    asked = next((word for word in sys.argv[1:] if word in COMMANDS), None)
    with told_plainly():
        configure_logging(read_settings())
        build_cli([asked] if asked else list(COMMANDS))()


def build_cli(names: list[str]) -> typer.Typer:
    """The command line with the named commands."""
    cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    # With a callback, a single command keeps its name on the command line.
    cli.callback()(_describe)
    for name in names:
        module = importlib.import_module(COMMANDS[name])
        if hasattr(module, "group"):
            cli.add_typer(module.group, name=name)
        else:
            cli.command(name)(module.run)
    return cli


def _describe() -> None:
    """The open marketplace and business portal of a Vietnamese province."""
