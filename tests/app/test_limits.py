"""What a document is said to cost before it runs."""

from typing import Any

import orjson
import pytest
from graphql import parse

from marketplace.app.endpoint import run
from marketplace.app.limits import DEEPEST, LARGEST_COST, MOST_ALIASES, measured
from marketplace.kernel.context import Asking
from tests.factories.world import World

NODES = "{ edges { node { id } } }"


def doubling(links: int, last: str) -> str:
    """Fragments of which each spreads the next one twice."""
    chain = " ".join(
        f"fragment F{each} on Query {{ ...F{each + 1} ...F{each + 1} }}" for each in range(links)
    )
    return f"{{ ...F0 }} {chain} fragment F{links} on Query {{ {last} }}"


@pytest.mark.parametrize(
    ("links", "cost", "aliases"),
    [(1, 2, 2), (3, 8, 8), (50, LARGEST_COST + 1, MOST_ALIASES + 1)],
)
def test_a_fragment_is_counted_once_and_costs_every_time(
    links: int, cost: int, aliases: int
) -> None:
    found = measured(parse(doubling(links, "a: __typename")), {})

    assert min(found.cost, LARGEST_COST + 1) == cost
    assert min(found.aliases, MOST_ALIASES + 1) == aliases
    assert found.depth == 1


def test_fragments_in_fragments_without_end_are_too_deep() -> None:
    assert measured(parse(doubling(400, "__typename")), {}).depth > DEEPEST


def test_a_fragment_costs_as_much_as_the_list_around_it_is_long() -> None:
    fields = "{ products(first: 7) { ...P } } fragment P on ProductCountableConnection { a b }"

    assert measured(parse(fields), {}).cost == 1 + 7 * 2


@pytest.mark.parametrize(
    ("size", "page"),
    [
        ("", 20),
        ("(perPage: null)", 20),
        ("(perPage: -1)", 1),
        ("(perPage: 5)", 5),
        ("(perPage: 5000)", 100),
        ("(perPage: " + "9" * 5000 + ")", 100),
        ("(perPage: 5.0)", 100),
    ],
)
def test_a_size_that_is_not_known_is_the_largest(size: str, page: int) -> None:
    assert measured(parse(f"{{ search{size} {{ totalCount }} }}"), {}).cost == 1 + page


@pytest.mark.parametrize(
    ("head", "variables"),
    [
        ("($n: Int = 100)", {}),
        ("($n: Int)", {"n": 100.0}),
        ("($n: Int = 1)", {"n": 100}),
    ],
)
@pytest.mark.parametrize("beside", ["", " __schema { queryType { name } }"])
async def test_a_document_is_judged_by_the_values_its_resolvers_see(
    province: World, head: str, variables: dict[str, Any], beside: str
) -> None:
    query = f"query{head} {{ products(first: $n) {NODES}{beside} }}"
    written = f"{{ products(first: 100) {NODES}{beside} }}"
    cost = []
    for body in ({"query": query, "variables": variables}, {"query": written}):
        answer = orjson.loads((await run(province.composition, Asking(), body)).body)
        assert answer["data"]["products"]["edges"]
        cost.append(answer["extensions"]["cost"]["requestedQueryCost"])

    assert cost[0] == cost[1] > 100
