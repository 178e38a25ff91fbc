"""Compiling: from an operation to a tree of closures.

Which fields a selection holds is asked of graphql-core's own collector, once for every set of
answers to the `@skip` and `@include` of the document.
"""

from collections.abc import Callable, Mapping
from inspect import isasyncgenfunction
from operator import attrgetter
from typing import Any, Final

import strawberry
from graphql import (
    FragmentDefinitionNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import (
    FieldDetails,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from marketplace.kernel.graph.plans.arguments import arguments_of
from marketplace.kernel.graph.plans.information import PlannedInfo
from marketplace.kernel.graph.plans.leaves import leaf
from marketplace.kernel.graph.plans.running import branching, checked, listing, selection
from marketplace.kernel.graph.plans.slots import (
    Completer,
    Facts,
    Place,
    Run,
    Slot,
    UnplannableError,
)

# A plan beyond this is kept by nobody: graphql-core needs no memory for a document.
MOST_SLOTS: Final = 2_000
_BACKREF: Final = "strawberry-definition"
Call = Callable[[Run, Any, Place | None], Any]


class Compiler:
    """Compiles one operation for one set of answers to its `@skip` and `@include`."""

    def __init__(
        self,
        schema: strawberry.Schema,
        core: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
    ) -> None:
        self._schema = schema
        self._core = core
        self._operation = operation
        self._fragments = {name: FragmentDetails(node) for name, node in fragments.items()}
        self._variables = variables
        self._left = MOST_SLOTS

    def compile(self) -> Completer:
        """The plan of the whole operation.

        Raises:
            UnplannableError: graphql-core has to run it.
        """
        root = self._core.query_type
        if root is None:
            raise UnplannableError
        found = collect_fields(
            self._core,
            self._fragments,
            self._variables,
            root,
            self._operation,
        )
        return self._selection(root, found.grouped_field_set, None)

    def _selection(
        self,
        type_: GraphQLObjectType,
        fields: dict[str, list[FieldDetails]],
        owner: str | None,
    ) -> Completer:
        return selection(
            owner,
            [self._field(type_, key, details) for key, details in fields.items()],
        )

    def _field(self, parent: GraphQLObjectType, key: str, details: list[FieldDetails]) -> Slot:
        self._left -= 1
        if self._left < 0:
            raise UnplannableError
        nodes = [each.node for each in details]
        if nodes[0].name.value == "__typename":
            return _constant(nodes, key, parent)
        field = parent.fields.get(nodes[0].name.value)
        if field is None:  # introspection
            raise UnplannableError
        definition = field.extensions.get(_BACKREF)
        if (
            type(definition) is not StrawberryField
            or definition.extensions
            or definition.permission_classes
            or definition.is_subscription
        ):
            raise UnplannableError
        facts = Facts(nodes, field.type, parent, definition)
        slot = self._slot(field.type, details, facts, parent.name)
        slot.key = key
        self._set_source(slot, field, facts)
        return slot

    def _set_source(self, slot: Slot, field: GraphQLField, facts: Facts) -> None:
        resolver = facts.definition.base_resolver
        if resolver is None:
            slot.read = attrgetter(facts.definition.python_name)
            return
        function = resolver.wrapped_func
        if (
            type(resolver) is not StrawberryResolver
            or not callable(function)
            or isasyncgenfunction(function)
        ):
            raise UnplannableError
        if resolver.self_parameter and not field.args and not _names(resolver):
            slot.read = function
            return
        slot.call = self._call(slot.key, function, resolver, field, facts)

    def _call(
        self,
        key: str,
        function: Callable[..., Any],
        resolver: StrawberryResolver[Any],
        field: GraphQLField,
        facts: Facts,
    ) -> Call:
        arguments = arguments_of(self._schema, field, facts) if field.args else None
        info = resolver.info_parameter.name if resolver.info_parameter else None
        sources = [name for name in _names(resolver) if name != info]
        has_self = resolver.self_parameter is not None

        def call(run: Run, source: Any, place: Place | None) -> Any:  # noqa: ANN401 - any JSON or column
            given = arguments(run, place, key) if arguments is not None else {}
            if info is not None or sources:
                given = dict(given)
                for name in sources:
                    given[name] = source
                if info is not None:
                    given[info] = PlannedInfo(run, facts, place, key)
            return function(source, **given) if has_self else function(**given)

        return call

    def _slot(
        self,
        type_: GraphQLOutputType,
        details: list[FieldDetails],
        facts: Facts,
        owner: str | None,
    ) -> Slot:
        is_required = isinstance(type_, GraphQLNonNull)
        inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        plain: type | None = None
        if isinstance(inner, GraphQLList):
            complete = listing(owner, facts, self._slot(inner.of_type, details, facts, None))
        elif is_leaf_type(inner):
            plain, complete = leaf(inner)
        elif isinstance(inner, GraphQLObjectType):
            complete = self._object(inner, details, facts, owner)
        elif is_abstract_type(inner):
            complete = self._abstract(inner, details, facts, owner)
        else:
            raise UnplannableError
        message = f"Cannot return null for non-nullable field {facts.parent_type}.{facts.name}."
        return Slot(facts.nodes, message, owner, complete, plain, is_required)

    def _object(
        self,
        type_: GraphQLObjectType,
        details: list[FieldDetails],
        facts: Facts,
        owner: str | None,
    ) -> Completer:
        definition = type_.extensions.get(_BACKREF)
        if not isinstance(definition, StrawberryObjectDefinition) or definition.is_type_of:
            raise UnplannableError
        found = collect_subfields(
            self._core,
            self._fragments,
            self._variables,
            self._operation,
            type_,
            details,
        )
        complete = self._selection(type_, found.grouped_field_set, owner)
        if type_.is_type_of is None:
            return complete
        return checked(type_, type_.is_type_of, facts, complete)

    def _abstract(
        self,
        type_: GraphQLAbstractType,
        details: list[FieldDetails],
        facts: Facts,
        owner: str | None,
    ) -> Completer:
        definition = type_.extensions.get(_BACKREF)
        if isinstance(type_, GraphQLInterfaceType) and (
            not isinstance(definition, StrawberryObjectDefinition) or definition.resolve_type
        ):
            raise UnplannableError
        branches = {
            each.name: self._object(each, details, facts, owner)
            for each in self._core.get_possible_types(type_)
        }
        return branching(owner, type_, facts, branches)


def _names(resolver: StrawberryResolver[Any]) -> list[str]:
    """The parameters Strawberry fills itself, beside `self`."""
    found = (resolver.parent_parameter, resolver.root_parameter, resolver.info_parameter)
    return [parameter.name for parameter in found if parameter is not None]


def _constant(nodes: list[Any], key: str, parent: GraphQLObjectType) -> Slot:
    name = parent.name

    def complete(_run: Run, value: Any, _parent: Place | None, _key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        return value

    slot = Slot(nodes, "", name, complete, str, required=True)
    slot.key = key
    slot.read = lambda _source: name
    return slot
