"""The two ways to run a document of the small schema, and what must be the same of both."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

from strawberry.types import ExecutionResult

from marketplace.kernel.graph.plans.plans import Plans
from tests.kernel.plans.world import Counted, schema

R = TypeVar("R")
plans = Plans(schema, lambda *_: ({}, None))


@dataclass
class Outcome:
    """What came of a document."""

    data: Any
    errors: list[tuple[Any, str | None]]
    batches: list[list[int]]


def outcome(result: ExecutionResult, context: Counted) -> Outcome:
    """What of a result must be the same, whoever made it."""
    errors = [
        (
            each.formatted,
            None if each.original_error is None else type(each.original_error).__name__,
        )
        for each in result.errors or ()
    ]
    return Outcome(ordered(result.data), errors, context.batches)


def ordered(data: object) -> object:
    """The data with the order of its keys, and whole numbers told from others."""
    if isinstance(data, dict):
        return [(key, ordered(value)) for key, value in data.items()]
    if isinstance(data, list):
        return [ordered(value) for value in data]
    return (type(data).__name__, data)


async def both(
    document: str,
    variables: dict[str, Any] | None = None,
    name: str | None = None,
) -> tuple[Outcome, Outcome | None]:
    """What graphql-core answers, and what the plan does, if there is one."""
    contexts = Counted(), Counted()
    core = await within(
        schema.execute(document, variables, context_value=contexts[0], operation_name=name),
    )
    planned = await within(plans.planned(document, variables, contexts[1], name))
    for _ in range(9):  # what was left in the background is let finish
        await asyncio.sleep(0)
    return outcome(core, contexts[0]), (None if planned is None else outcome(planned, contexts[1]))


async def within(work: Awaitable[R]) -> R:
    """The work, which must not hang."""
    return await asyncio.wait_for(work, 20)
