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
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)
from strawberry.extensions import SchemaExtension

from marketplace.kernel.context import RequestContext

LARGEST_COST: Final = 50_000
DEEPEST: Final = 15
MOST_ALIASES: Final = 30
LONGEST_DOCUMENT: Final = 30_000
LARGEST_PAGE: Final = 100
# Plain lists have no page argument; this is what one of them may hold.
PLAIN_LISTS: Final = {"variants": 10, "media": 10, "collections": 5, "places": 100, "menu": 30}
_PAGES: Final = ("first", "last", "perPage", "limit")


@dataclass(slots=True)
class Measure:
    """What was counted in a document."""

    cost: int = 0
    depth: int = 0
    aliases: int = 0


class _Counter:
    def __init__(self, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._variables = variables
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self.measure = Measure()
        self._open: set[str] = set()

    def count(self, selection: SelectionSetNode, factor: int, depth: int) -> None:
        self.measure.depth = max(self.measure.depth, depth)
        if depth > DEEPEST:
            return
        for node in selection.selections:
            if isinstance(node, FieldNode):
                self._count_field(node, factor, depth)
            elif isinstance(node, FragmentSpreadNode):
                self._count_fragment(node.name.value, factor, depth)
            else:
                self.count(node.selection_set, factor, depth)  # type: ignore[attr-defined]

    def _count_field(self, node: FieldNode, factor: int, depth: int) -> None:
        self.measure.cost += factor
        if node.alias is not None:
            self.measure.aliases += 1
        if node.selection_set is not None and not node.name.value.startswith("__"):
            self.count(node.selection_set, factor * self._page(node), depth + 1)

    def _count_fragment(self, name: str, factor: int, depth: int) -> None:
        fragment = self._fragments.get(name)
        if fragment is None or name in self._open:
            return
        self._open.add(name)
        self.count(fragment.selection_set, factor, depth)
        self._open.discard(name)

    def _page(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value not in _PAGES:
                continue
            size: Any = None
            if isinstance(argument.value, IntValueNode):
                size = int(argument.value.value)
            elif isinstance(argument.value, VariableNode):
                size = self._variables.get(argument.value.name.value)
            if isinstance(size, int):
                return max(1, min(size, LARGEST_PAGE))
        return PLAIN_LISTS.get(node.name.value, 1)


def measured(
    document: DocumentNode,
    variables: Mapping[str, Any],
    operation_name: str | None = None,
) -> Measure:
    """Depth, aliases and cost of the operation that will run."""
    counter = _Counter(document, variables)
    for node in document.definitions:
        if not isinstance(node, OperationDefinitionNode):
            continue
        if operation_name is None or (node.name and node.name.value == operation_name):
            counter.count(node.selection_set, 1, 1)
    return counter.measure


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
                context.variables or {},
                context.operation_name,
                context.context,
            )
            if refusal is not None:
                raise refusal
        yield

    def get_results(self) -> dict[str, Any]:
        """The cost, for `extensions` of the answer."""
        return self._told
