"""Plans answer as graphql-core does: documents by hand, one for each thing that can happen."""

from typing import Any

import pytest

from tests.kernel.plans.ways import both

# A coroutine that is cancelled before it starts is reported by Python, by whomever it was made.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

FIELDS = [
    "text",
    "maybe",
    "ratio",
    "flag",
    "key",
    "colour",
    "moment",
    "loose",
    "missing",
    "huge",
    "endless",
    "wrong",
    "failed",
    "numbers",
    "strict",
    "rows",
    "noList",
    "aTuple",
    "trouble",
    "hardTrouble",
    "oddTrouble",
    "later",
    "laterTrouble",
    "laterOddTrouble",
    "laterNothing",
    "lazy",
    "promised",
    "old",
    "promises",
    "strictPromises",
    "counted",
    "ofParent",
    "ofRoot",
    "told",
    "loaded",
    "loadedLazily",
    "echo",
]

PLACES = ["node", "laterNode", "nodes", "laterNodes"]

BY_HAND = [
    "{ node { number __typename } __typename kind: __typename }",
    "{ node { child { child { missing } } } other: node { number } }",
    "{ node { child { laterChild { child { missing } later } } } nodes { later } }",
    "{ node { children { child { missing } } number } }",
    "{ node { someChildren { missing number } } }",
    "{ node { someChildren { laterOddTrouble number laterNothing } } }",
    "{ nodes { children { oddTrouble } } }",
    "{ nodes { laterChildren { oddTrouble laterOddTrouble } } }",
    "{ nodes { later laterOddTrouble oddTrouble } }",
    "{ nodes { laterOddTrouble later children { laterOddTrouble } } laterNodes { later } }",
    "{ laterNodes { laterOddTrouble later hardTrouble } }",
    "{ node { grid { number missing } } }",
    "{ node { grid { number later loaded } } }",
    "{ node { shapes { name area __typename ... on Circle { radius laterRadius } } } }",
    (
        "{ node { shapes { name ... on Square { side trouble } ...C } } } "
        "fragment C on Circle { radius again: name ... on Shape { name area } }"
    ),
    "{ nodes { thing { __typename ... on Circle { name } ... on Odd { number: name } } } }",
    "{ node { castShape { __typename } thing { ... on Shape { area } } } }",
    "{ node { wrongCircle { name } number } }",
    (
        "{ node { number ...A ...B } } fragment A on Node { child { number } a: text }"
        " fragment B on Node { child { text ...C } text } fragment C on Node { number a: text }"
    ),
    "{ node { child { number } child { text child { number } } child { child { text } } } }",
    "{ node { child { number later } ... { child { loaded } } ... on Node { child { told } } } }",
    "query Named { node(number: 3) { told } }",
    'query Named { node { told(text: "a") child { told } children { told } } }',
    "{ node { changesItsList(numbers: [4]) children { changesItsList(numbers: [4]) } } }",
    "{ nodes { ofParent(add: 4) ofRoot a: ofParent } parented }",
    "{ node { echo(text: null, box: {parts: [{size: 1, colours: [RED, GREEN]}]}) } }",
    '{ node { echo(box: {name: "ô", rows: [[1], []], inner: {inner: null}}) b: echo(box: {}) } }',
    '{ node { echo(moment: "2026-11-22T00:00:00Z", colour: RED, numbers: 3) } }',
    "{ nodes { number @skip(if: true) text @include(if: false) later @include(if: true) } }",
    (
        "{ nodes { ... @skip(if: true) { number } ...A @include(if: true) } }"
        " fragment A on Node { loaded }"
    ),
    "{ node @skip(if: true) { number } }",
    "{ nodes(count: 0) { number later } }",
    "{ nodes(count: 12) { loaded loadedLazily a: loaded(step: 20) children { loaded } } }",
]

WITH_VARIABLES: list[tuple[str, dict[str, Any] | None]] = [
    ("query ($n: Int) { node(number: $n) { number } }", {"n": 5}),
    ("query ($n: Int) { node(number: $n) { number } }", {}),
    ("query ($n: Int) { node(number: $n) { number } }", None),
    ("query ($n: Int = 8) { node(number: $n) { number } }", None),
    ("query ($n: Int = 8) { node(number: $n) { number } }", {"n": None}),
    ("query ($n: Int!) { node(number: $n) { number } }", {}),
    ("query ($n: Int!) { node(number: $n) { number } }", {"n": "five"}),
    ("query ($n: Int!) { node(number: $n) { number } }", {"n": 2, "other": 3}),
    (
        "query ($n: Int) { node { child { laterChild { child(step: $n) { number } } } } }",
        {"n": None},
    ),
    ("query ($c: Colour!) { node { echo(colour: $c) } }", {"c": "CRIMSON"}),
    ("query ($c: Colour!) { node { echo(colour: $c) } }", {"c": "BLUE"}),
    ("query ($c: Colour!) { node { echo(colour: $c) } }", {"c": "GREEN"}),
    ("query ($b: Box) { nodes { echo(box: $b) } }", {"b": {"parts": [{"size": 2}]}}),
    ("query ($b: Box) { nodes { echo(box: $b) } }", {"b": {"parts": [{"size": None}]}}),
    ("query ($b: Box) { nodes { echo(box: $b) } }", {"b": None}),
    ("query ($b: Box) { nodes { echo(box: $b) } }", {}),
    ("query ($s: Int!) { node { echo(box: {parts: [{size: $s}]}) } }", {"s": 4}),
    ("query ($x: [Int!]!) { nodes { changesItsList(numbers: $x) } }", {"x": [7]}),
    ("query ($x: [Int!]!) { nodes { changesItsList(numbers: $x) } }", {"x": 7}),
    ("query ($a: Boolean!) { node { number @skip(if: $a) text @include(if: $a) } }", {"a": True}),
    ("query ($a: Boolean!) { node { number @skip(if: $a) text @include(if: $a) } }", {"a": False}),
    ("query ($a: Boolean!) { node { number @skip(if: $a) text @include(if: $a) } }", {}),
    ("query ($a: Boolean = true) { node { number @skip(if: $a) text } }", {}),
    ("query N($n: Int = 3) { node { told children(count: $n) { told(text: null) } } }", {}),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FIELDS)
async def test_each_field_at_each_place(name: str, place: str) -> None:
    document = f"{{ {place} {{ number {name} }} other: nodes {{ later {name} number }} }}"
    core, planned = await both(document)
    assert planned == core


@pytest.mark.parametrize("name", FIELDS)
async def test_each_field_deep_down(name: str) -> None:
    document = f"{{ node {{ children {{ laterChild {{ grid {{ later {name} }} }} later }} }} }}"
    core, planned = await both(document)
    assert planned == core


@pytest.mark.parametrize("document", BY_HAND)
async def test_documents_by_hand(document: str) -> None:
    core, planned = await both(document)
    assert planned == core
    again = await both(document)
    assert again == (core, planned)


@pytest.mark.parametrize(("document", "variables"), WITH_VARIABLES)
async def test_documents_with_variables(document: str, variables: dict[str, Any] | None) -> None:
    core, planned = await both(document, variables)
    assert planned == core


async def test_a_plan_serves_other_variables() -> None:
    document = "query ($n: Int, $a: Boolean!) { node(number: $n) { ofRoot text @skip(if: $a) } }"
    for number in range(3):
        for answer in (True, False):
            core, planned = await both(document, {"n": number, "a": answer})
            assert planned == core


async def test_loaders_batch_alike() -> None:
    core, planned = await both("{ nodes(count: 3) { loaded children { loaded } } }")
    assert planned is not None
    assert planned.batches == core.batches
    assert len(core.batches) <= 2
