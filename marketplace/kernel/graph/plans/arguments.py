"""Arguments of fields: coerced by graphql-core, converted by Strawberry, kept where safe."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, Final
from uuid import UUID

import strawberry
from graphql import FieldNode, GraphQLField, ListValueNode, ObjectValueNode, ValueNode, VariableNode
from graphql.execution.values import get_argument_values
from strawberry.types.arguments import convert_arguments

from marketplace.kernel.graph.plans.information import PlannedInfo
from marketplace.kernel.graph.plans.slots import AbandonedPlan, Facts, Place, Run

# What nobody can change in place may be handed to every call; anything else is made anew.
_CONSTANT: Final = (str, int, float, bool, NoneType, Enum, date, datetime, Decimal, UUID)
Arguments = Callable[[Run, Place | None, str], Mapping[str, Any]]


def arguments_of(schema: strawberry.Schema, field: GraphQLField, facts: Facts) -> Arguments:
    """Builds the keyword arguments of a field's resolver."""
    node, definition = facts.nodes[0], facts.definition
    converter = schema.schema_converter
    is_literal = not _has_variables(node)
    kept: list[Mapping[str, Any]] = []

    def build(run: Run, parent: Place | None, key: str) -> Mapping[str, Any]:
        if kept:
            return kept[0]
        found = run.arguments.get(id(facts))
        if found is not None:
            return found
        coerced = get_argument_values(field, node, run.variables)
        try:
            made = convert_arguments(
                coerced,
                definition.arguments,
                scalar_registry=converter.scalar_registry,
                config=converter.config,
                info=PlannedInfo(run, facts, parent, key),
            )
        except Exception as error:
            # Strawberry tells this at once or later, depending on the resolver.
            raise AbandonedPlan from error
        if all(isinstance(value, _CONSTANT) for value in made.values()):
            if is_literal:
                kept.append(made)
            else:
                run.arguments[id(facts)] = made
        return made

    return build


def _has_variables(node: FieldNode) -> bool:
    return any(_is_variable(argument.value) for argument in node.arguments or ())


def _is_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(_is_variable(item) for item in value.values)
    if isinstance(value, ObjectValueNode):
        return any(_is_variable(field.value) for field in value.fields)
    return isinstance(value, VariableNode)
