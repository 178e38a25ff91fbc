"""Plans answer as graphql-core does: documents nobody thought of."""

from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kernel.plans.ways import both
from tests.kernel.plans.world import schema

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

CORE = schema._schema  # noqa: SLF001 - the types to choose from
ARGUMENTS: dict[str, list[str]] = {
    "node": ["", "(number: $n)", "(number: 2)"],
    "nodes": ["", "(count: 2)", "(count: $n)"],
    "children": ["", "(count: 2)", "(count: 0)"],
    "child": ["", "(step: $n)", "(step: 3)"],
    "loaded": ["", "(step: 1)", "(step: $n)"],
    "told": ["", "(text: null)", "(text: $t)"],
    "echo": ["", "(box: $b)", "(box: {parts: [{size: $n}]})", "(numbers: [1, 2], colour: RED)"],
    "changesItsList": ["(numbers: [1])", "(numbers: [$n])"],
    "ofParent": ["", "(add: $n)"],
}
SWITCHES = ["", "", "", "", " @skip(if: $yes)", " @include(if: $yes)", " @skip(if: false)"]
LEFT_TO_CORE = {"quiet", "streamed", "noShape", "noThing"}
DECLARED = {
    "$n": "Int! = 1",
    "$t": "String",
    "$b": "Box",
    "$yes": "Boolean! = true",
}
VARIABLES: list[dict[str, Any] | None] = [
    None,
    {"n": 3, "yes": False},
    {"t": "văn", "b": {"parts": [{"size": 1, "colours": ["RED"]}]}},
    {"b": None, "t": None, "yes": True},
]


@st.composite
def selections(draw: st.DrawFn, type_: GraphQLNamedType, depth: int) -> str:
    """A valid selection of the type; every field with arguments has an alias of its own."""
    lines = [
        draw(fragments(type_, depth) if draw(st.integers(0, 5)) == 0 else fields(type_, depth))
        for _ in range(draw(st.integers(1, 4)))
    ]
    return "{ " + " ".join(lines) + " }"


@st.composite
def fields(draw: st.DrawFn, type_: GraphQLNamedType, depth: int) -> str:
    if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        return "__typename"
    names = [
        name
        for name, field in type_.fields.items()
        if name not in LEFT_TO_CORE
        and (depth > 0 or not is_composite_type(get_named_type(field.type)))
    ]
    name = draw(st.sampled_from([*names, "__typename"]))
    if name == "__typename":
        return "__typename"
    below = get_named_type(type_.fields[name].type)
    given_ = ARGUMENTS.get(name, [""])
    place = draw(st.integers(0, len(given_) - 1))
    alias = f"{name}{place}{type_.name}: " if place or isinstance(type_, GraphQLObjectType) else ""
    switch = draw(st.sampled_from(SWITCHES))
    under = draw(selections(below, depth - 1)) if is_composite_type(below) else ""
    return f"{alias}{name}{given_[place]}{switch} {under}"


@st.composite
def fragments(draw: st.DrawFn, type_: GraphQLNamedType, depth: int) -> str:
    options: list[GraphQLNamedType] = [type_]
    if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
        options.extend(CORE.get_possible_types(type_))
    chosen = draw(st.sampled_from(options))
    return f"... on {chosen.name}{draw(st.sampled_from(SWITCHES))} " + draw(
        selections(chosen, depth),
    )


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(selections(CORE.type_map["Query"], 3), st.sampled_from(VARIABLES))
async def test_any_document(selection: str, variables: dict[str, Any] | None) -> None:
    core, planned = await both(document_of(selection), variables)
    assert planned == core


def document_of(selection: str) -> str:
    """The query of that selection, with the variables it uses."""
    used = [f"{name}: {type_}" for name, type_ in DECLARED.items() if name in selection]
    return f"query Q{'(' + ', '.join(used) + ')' if used else ''} {selection}"
