"""The commands of `marketplace`, one module each.

A module offers a function `run`, whose docstring is the command's help and whose annotated
parameters are its options, or a `group` (a `typer.Typer`) where a command has commands of its
own. Commands say little themselves: they read the settings, start the parts they need
(`running_parts`) and call a module of `marketplace.app`. Only the module of the command that
was asked for is imported.
"""

from typing import Final

COMMANDS: Final = {
    "up": "marketplace.app.commands.up",
    "serve": "marketplace.app.commands.serve",
    "worker": "marketplace.app.commands.worker",
    "migrate": "marketplace.app.commands.migrate",
    "migration": "marketplace.app.commands.migration",
    "seed": "marketplace.app.commands.seed",
    "reindex": "marketplace.app.commands.reindex",
    "import": "marketplace.app.commands.import_rows",
    "create-user": "marketplace.app.commands.create_user",
    "rotate-keys": "marketplace.app.commands.rotate_keys",
    "hook-source": "marketplace.app.commands.hook_source",
    "sandbox": "marketplace.app.commands.sandbox",
    "schema": "marketplace.app.commands.schema",
    "doctor": "marketplace.app.commands.doctor",
}
