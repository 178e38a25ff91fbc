"""Composing one schema out of packages that do not know each other."""

from inspect import getdoc

import strawberry
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType
from strawberry.types import get_object_definition
from strawberry.types.base import StrawberryObjectDefinition

from marketplace.kernel.graph.descriptions import ARGUMENTS

Described = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


def extend_type(target: type, extension: type) -> None:
    """Add the fields of `extension` to the GraphQL type `target`, as SDL's `extend type` does.

    Raises:
        TypeError: a field of that name is there already.
    """
    target_definition = get_object_definition(target, strict=True)
    taken = {field.python_name for field in target_definition.fields}
    for field in get_object_definition(extension, strict=True).fields:
        if field.python_name in taken:
            raise TypeError(f"{target_definition.name}.{field.python_name} is already defined")
        target_definition.fields.append(field)


def describe_from_docstrings(schema: strawberry.Schema) -> None:
    """Make every docstring the description its type or field shows: written once, read twice."""
    for concrete in schema.schema_converter.type_map.values():
        definition, shown = concrete.definition, concrete.implementation
        if not isinstance(definition, StrawberryObjectDefinition) or not isinstance(
            shown,
            Described,
        ):
            continue
        if definition.name not in {"Query", "Mutation"}:
            shown.description = shown.description or getdoc(definition.origin)
        for field in definition.fields:
            resolver = field.base_resolver
            if resolver is not None and field.description is None:
                name = schema.config.name_converter.get_graphql_name(field)
                shown.fields[name].description = getdoc(resolver.wrapped_func)
        if isinstance(shown, GraphQLObjectType | GraphQLInterfaceType):
            _describe_arguments(shown)


def _describe_arguments(shown: GraphQLObjectType | GraphQLInterfaceType) -> None:
    for field in shown.fields.values():
        for name, argument in field.args.items():
            argument.description = argument.description or ARGUMENTS.get(name)
