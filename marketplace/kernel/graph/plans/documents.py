"""Documents: which of them may be planned, and the plans made of one."""

from collections.abc import Iterator, Mapping
from typing import Final

import strawberry
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    parse,
    specified_rules,
)
from graphql.execution.values import VariableValues
from strawberry.schema.schema import validate_document

from marketplace.kernel.graph.plans.compiling import Compiler
from marketplace.kernel.graph.plans.slots import Completer, UnplannableError

# So many sets of answers to `@skip` and `@include` are kept compiled for one document.
MOST_VARIANTS: Final = 8


class Blueprint:
    """An operation that may be planned."""

    def __init__(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        switches: tuple[str, ...],
    ) -> None:
        self.document = document
        self.operation = operation
        self.fragments = fragments
        # The variables of `@skip` and `@include`: on them it depends what is selected.
        self._switches = switches
        self._plans: dict[tuple[bool, ...], Completer | None] = {}

    def plan(
        self,
        schema: strawberry.Schema,
        core: GraphQLSchema,
        variables: VariableValues,
    ) -> Completer | None:
        """The plan for these variables, unless graphql-core has to run the operation."""
        found = [variables.coerced.get(name) for name in self._switches]
        answers = tuple(answer for answer in found if isinstance(answer, bool))
        if len(answers) != len(found):
            return None
        if answers in self._plans:
            return self._plans[answers]
        if len(self._plans) >= MOST_VARIANTS:
            return None
        compiler = Compiler(schema, core, self.operation, self.fragments, variables)
        try:
            plan: Completer | None = compiler.compile()
        except (UnplannableError, GraphQLError, RecursionError):
            plan = None
        self._plans[answers] = plan
        return plan


def read_blueprint(core: GraphQLSchema, text: str, operation_name: str | None) -> Blueprint | None:
    """The operation of the document, unless graphql-core has to run it or tell what is wrong."""
    try:
        document = parse(text)
        if validate_document(core, document, tuple(specified_rules)):
            return None
        operation = _operation(document, operation_name)
        fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        switches = _switches(operation, fragments)
    except (UnplannableError, GraphQLError, RecursionError):
        return None
    return Blueprint(document, operation, fragments, switches)


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The one operation of the document.

    Raises:
        UnplannableError: there is none, or another one, or a choice of them.
    """
    found = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    if len(found) != 1 or found[0].operation is not OperationType.QUERY:
        raise UnplannableError
    if name is not None and (found[0].name is None or found[0].name.value != name):
        raise UnplannableError
    return found[0]


def _switches(
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> tuple[str, ...]:
    if operation.directives or any(
        each.directives for each in operation.variable_definitions or ()
    ):
        raise UnplannableError
    if any(each.directives or each.variable_definitions for each in fragments.values()):
        raise UnplannableError
    names: set[str] = set()
    for top in (operation, *fragments.values()):
        for directive in _directives(top.selection_set):
            if directive.name.value not in {"skip", "include"}:
                raise UnplannableError
            names.update(
                argument.value.name.value
                for argument in directive.arguments or ()
                if isinstance(argument.value, VariableNode)
            )
    return tuple(sorted(names))


def _directives(selection_set: SelectionSetNode) -> Iterator[DirectiveNode]:
    for node in selection_set.selections:
        yield from node.directives or ()
        if isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set is not None:
            yield from _directives(node.selection_set)
