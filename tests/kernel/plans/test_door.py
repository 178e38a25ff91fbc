"""What is left to graphql-core, what is refused, and what happens when nobody waits any more."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from graphql import DocumentNode, GraphQLError

from marketplace.kernel.graph.plans.plans import Plans
from tests.kernel.plans.ways import both, plans
from tests.kernel.plans.world import Counted, schema

# A coroutine that is cancelled before it starts is reported by Python, by whomever it was made.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

LEFT = [
    "mutation { change }",
    "{ __schema { queryType { name } } }",
    '{ __type(name: "Node") { name } }',
    "{ node { quiet } }",
    "{ node { streamed } }",
    "{ node { noShape { name } } }",
    "query A { node { number } } query B { node { text } }",
    "{ node { unknown } }",
    "{ node { number ",
    "{ node { ...A } }",
    "query ($a: Boolean) { node { number @skip(if: $a) } }",
    "{ node(number: true) { number } }",
]


@pytest.mark.parametrize("document", LEFT)
async def test_what_the_compiler_does_not_know_is_left_to_graphql_core(document: str) -> None:
    core, planned = await both(document)
    assert planned is None
    result = await plans.execute(document, None, Counted())
    assert [each.formatted for each in result.errors or ()] == [each for each, _ in core.errors]


async def test_an_operation_of_another_name_is_left_to_graphql_core() -> None:
    assert await plans.planned("query A { node { number } }", None, Counted(), "B") is None
    assert await plans.planned("query A { node { number } }", None, Counted(), "A") is not None


async def test_a_switch_that_is_null_is_left_to_graphql_core() -> None:
    document = "query ($a: Boolean = true) { node { number @skip(if: $a) } }"
    core, planned = await both(document, {"a": None})
    assert planned is None
    assert core.errors


async def test_the_judge_refuses_before_anything_runs_and_tells_its_reasons() -> None:
    asked: list[Any] = []

    def judge(
        document: DocumentNode,
        variables: Mapping[str, Any],
        name: str | None,
        context: object,
    ) -> tuple[dict[str, Any], GraphQLError | None]:
        asked.append((len(document.definitions), dict(variables), name, context))
        return {"cost": 7}, GraphQLError("too much") if variables else None

    judged, context = Plans(schema, judge), Counted()
    document = "query Q($n: Int) { node(number: $n) { loaded } }"
    refused = await judged.execute(document, {"n": 1}, context)
    assert (refused.data, [str(each) for each in refused.errors or ()]) == (None, ["too much"])
    assert refused.extensions == {"cost": 7}
    assert context.batches == []
    assert (await judged.execute(document, None, context)).extensions == {"cost": 7}
    assert asked == [(1, {"n": 1}, "Q", context), (1, {}, "Q", context)]


async def test_who_cancels_is_obeyed() -> None:
    for run in (plans.planned, plans.execute):
        task = asyncio.ensure_future(
            run("{ laterNodes { later laterChild { later } } }", None, Counted()),
        )
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_executions_at_the_same_time_do_not_meet() -> None:
    document = "query ($n: Int) { node(number: $n) { later told children(count: $n) { loaded } } }"
    expected = [(await both(document, {"n": number}))[0].data for number in range(4)]
    found = await asyncio.gather(*(both(document, {"n": number}) for number in range(4)))
    assert [planned.data for _core, planned in found if planned is not None] == expected
