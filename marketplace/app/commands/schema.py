"""`marketplace schema`: the contract of the API, written down."""

from pathlib import Path
from typing import Annotated, Final

import typer

from marketplace.app.problems import OperatorError
from marketplace.app.schema import schema

CONTRACT: Final = Path(__file__).parents[3] / "graphql" / "schema.graphql"


def run(
    check: Annotated[bool, typer.Option(help="Only say whether it is up to date.")] = False,
) -> None:
    """Write graphql/schema.graphql from the code."""
    words = schema.as_str() + "\n"
    if CONTRACT.exists() and CONTRACT.read_text(encoding="utf-8") == words:
        return
    if check:
        raise OperatorError("graphql/schema.graphql is not what the code offers: `make schema`.")
    CONTRACT.parent.mkdir(exist_ok=True)
    CONTRACT.write_text(words, encoding="utf-8")
    typer.echo(f"Wrote {CONTRACT}.")
