"""`marketplace migration`: a new migration, written from what the models have become."""

from typing import Annotated

import typer
from alembic import command

from marketplace.app.embedded.parts import running_parts
from marketplace.app.migrate import alembic_config
from marketplace.app.settings import read_settings


def run(sentence: Annotated[str, typer.Argument(help="What it does, in a few words.")]) -> None:
    """Write a new migration; read it and correct it before it is committed."""
    with running_parts(read_settings(), with_search=False) as parts:
        config = alembic_config(str(parts.settings.database_url))
        command.upgrade(config, "head")
        command.revision(config, message=sentence, autogenerate=True)
