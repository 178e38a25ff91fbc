"""How much a `filter` or `where` may name: every entry becomes a part of the statement."""

from dataclasses import fields, is_dataclass
from typing import Final

from graphql import GraphQLError

MOST_CONDITIONS: Final = 200


def check_breadth(*inputs: object) -> None:
    """Everything the inputs list, nested lists included, stays below a limit.

    Raises:
        GraphQLError: they name too much.
    """
    count = 0
    waiting = list(inputs)
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            count += len(each)
            waiting.extend(each)
        elif is_dataclass(each):
            waiting.extend(getattr(each, field.name) for field in fields(each))
    if count > MOST_CONDITIONS:
        raise GraphQLError(
            f"At most {MOST_CONDITIONS} conditions can be given at once.",
            extensions={"code": "QUERY_TOO_EXPENSIVE"},
        )
