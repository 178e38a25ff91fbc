"""What a stranger's document may cost, counted before it runs.

Depth, aliases and tokens keep the document small; the cost keeps its answer small: every field
is one, every list multiplies what is below it by the page that was asked for. Our own site's
documents are trusted and not counted.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_operation_ast,
)
from graphql.execution.values import get_variable_values
from strawberry.extensions import SchemaExtension

from marketplace.kernel.context import RequestContext

LARGEST_COST: Final = 50_000
DEEPEST: Final = 15
MOST_ALIASES: Final = 30
LONGEST_DOCUMENT: Final = 30_000
LARGEST_PAGE: Final = 100
# Plain lists have no page argument; this is what one of them may hold.
# `search` has a page of its own where none is asked for.
PLAIN_LISTS: Final = {
    "variants": 10,
    "media": 10,
    "collections": 5,
    "places": 100,
    "menu": 30,
    "search": 20,
}
_PAGES: Final = ("first", "last", "perPage", "limit")
# So many digits a size may have to be read; selections in selections, to be followed.
_LONGEST_SIZE: Final = 9
_MOST_NESTED: Final = 60
_HIGHEST: Final = 1_000_000_000


@dataclass(slots=True)
class Measure:
    """What was counted in a document, or in a part of it as if it stood at the top."""

    cost: int = 0
    depth: int = 0
    aliases: int = 0

    def add(self, other: "Measure", factor: int = 1, levels: int = 0) -> None:
        """Count what is below; no higher than `_HIGHEST`, which is refused all the same."""
        self.cost = min(self.cost + factor * other.cost, _HIGHEST)
        self.aliases = min(self.aliases + other.aliases, _HIGHEST)
        self.depth = max(self.depth, other.depth + levels)


class _Counter:
    """Counts every part of a document once, however often a fragment is spread."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._variables = variables
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._counted: dict[str, Measure] = {}

    def count(self, selection: SelectionSetNode, nesting: int = 1) -> Measure:
        """What the selection costs at the top, where `nesting` selections stand around it."""
        if nesting > _MOST_NESTED:
            return Measure(depth=DEEPEST + 1)
        found = Measure(depth=1)
        for node in selection.selections:
            if isinstance(node, FieldNode):
                self._add_field(found, node, nesting)
            elif isinstance(node, FragmentSpreadNode):
                found.add(self._fragment(node.name.value, nesting))
            elif isinstance(node, InlineFragmentNode):
                found.add(self.count(node.selection_set, nesting + 1))
        return found

    def _add_field(self, found: Measure, node: FieldNode, nesting: int) -> None:
        found.add(Measure(cost=1, aliases=0 if node.alias is None else 1))
        if node.selection_set is not None and not node.name.value.startswith("__"):
            below = self.count(node.selection_set, nesting + 1)
            found.add(below, self._page(node), levels=1)

    def _fragment(self, name: str, nesting: int) -> Measure:
        if name not in self._counted:
            # What a fragment spreads of itself is nothing: validation refuses it.
            self._counted[name] = Measure()
            fragment = self._fragments.get(name)
            if fragment is not None:
                self._counted[name] = self.count(fragment.selection_set, nesting + 1)
        return self._counted[name]

    def _page(self, node: FieldNode) -> int:
        sizes = [
            self._size(argument.value)
            for argument in node.arguments or ()
            if argument.name.value in _PAGES
        ]
        known = [size for size in sizes if size is not None]
        if known:
            return max(1, min(max(known), LARGEST_PAGE))
        return PLAIN_LISTS.get(node.name.value, 1)

    def _size(self, value: ValueNode) -> int | None:
        """How much is asked for; none if the argument is left out or null."""
        if isinstance(value, NullValueNode):
            return None
        if isinstance(value, IntValueNode) and len(value.value) <= _LONGEST_SIZE:
            return int(value.value)
        if isinstance(value, VariableNode):
            size = self._variables.get(value.name.value)
            if size is None or isinstance(size, int):
                return size
        return LARGEST_PAGE


def measured(
    document: DocumentNode,
    variables: Mapping[str, Any],
    operation_name: str | None = None,
) -> Measure:
    """Depth, aliases and cost of the operation that will run, with its coerced variables."""
    counter = _Counter(document, variables)
    total = Measure()
    for node in document.definitions:
        if not isinstance(node, OperationDefinitionNode):
            continue
        if operation_name is None or (node.name and node.name.value == operation_name):
            total.add(counter.count(node.selection_set))
    return total


def judge(
    document: DocumentNode,
    variables: Mapping[str, Any],
    operation_name: str | None,
    context: RequestContext,
) -> tuple[dict[str, Any], GraphQLError | None]:
    """What `extensions` tell of a document before it runs, and why it may not run, if so."""
    if context.asking.is_trusted:
        return {}, None
    found = measured(document, variables, operation_name)
    told = {"cost": {"requestedQueryCost": found.cost, "maximumAvailable": LARGEST_COST}}
    for count, most, name in (
        (found.depth, DEEPEST, "depth"),
        (found.aliases, MOST_ALIASES, "aliases"),
        (found.cost, LARGEST_COST, "cost"),
    ):
        if count > most:
            refusal = GraphQLError(
                f"The {name} of this document is {count}; at most {most} is allowed.",
                extensions={"code": "QUERY_TOO_EXPENSIVE"},
            )
            return told, refusal
    return told, None


class Limits(SchemaExtension):
    """Judges the documents that graphql-core runs."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, Any] = {}

    async def on_execute(self) -> AsyncIterator[None]:
        """Count before the first resolver runs."""
        context = self.execution_context
        if context.graphql_document is not None:
            self._told, refusal = judge(
                context.graphql_document,
                self._coerced(context.graphql_document),
                context.operation_name,
                context.context,
            )
            if refusal is not None:
                raise refusal
        yield

    def _coerced(self, document: DocumentNode) -> Mapping[str, Any]:
        """The values resolvers will see; none of a document that will not run for its values."""
        context = self.execution_context
        operation = get_operation_ast(document, context.operation_name)
        if operation is None:
            return {}
        found = get_variable_values(
            context.schema._schema,  # noqa: SLF001 - Strawberry shows it nowhere else
            operation.variable_definitions or (),
            context.variables or {},
            max_errors=1,
        )
        return {} if isinstance(found, list) else found.coerced

    def get_results(self) -> dict[str, Any]:
        """The cost, for `extensions` of the answer."""
        return self._told
