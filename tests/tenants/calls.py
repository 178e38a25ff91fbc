"""Everything that can be asked, with the first seller's ids: built from the schema.

The arguments of a root field are those of its rows in the matrix of `tests/house`, which every
root field has; what is selected is everything the schema knows below it, some levels deep. Ids
are then exchanged for those of all other things of the same table.
"""

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    parse,
    print_ast,
)

from marketplace.app.schema import schema
from tests.factories.world import World
from tests.house.matrix import MUTATIONS, QUERIES, Row

GRAPHQL: Final = schema._schema  # noqa: SLF001 - graphql-core's schema has no public name
DEEPEST: Final = 4
_DEEPEST_CHANGE: Final = 3
_LITERALS: Final = {"Int": "3", "Float": "1", "String": '"vi"', "Boolean": "true"}


@dataclass(frozen=True)
class Call:
    """One document, and what makes its variables anew for each run: files are read but once."""

    field: str
    document: str
    variables: Callable[[World], Mapping[str, object]]
    is_change: bool
    exchanged: tuple[tuple[str, str], ...] = ()

    def values(self, world: World) -> dict[str, object]:
        """The variables with the exchanged ids."""
        found = dict(self.variables(world))
        for old, new in self.exchanged:
            found = {name: _exchange(value, old, new) for name, value in found.items()}
        return found


def _exchange(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: _exchange(each, old, new) for name, each in value.items()}
    if isinstance(value, list):
        return [_exchange(each, old, new) for each in value]
    return new if value == old else value


def all_calls() -> list[Call]:
    """A call for each row of the matrix, with all that can be selected."""
    found = []
    for rows, is_change in ((QUERIES, False), (MUTATIONS, True)):
        seen = set()
        for row in rows:
            call = Call(row.field, _widened(row, is_change), row.variables, is_change)
            key = (call.document, row.variables if "$" in call.document else None)
            if key not in seen:
                seen.add(key)
                found.append(call)
    return found


def _widened(row: Row, is_change: bool) -> str:
    operation = parse(row.document).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    (root,) = operation.selection_set.selections
    assert isinstance(root, FieldNode)
    kind = GRAPHQL.mutation_type if is_change else GRAPHQL.query_type
    assert kind is not None
    selected = selection(
        get_named_type(kind.fields[row.field].type), _DEEPEST_CHANGE if is_change else DEEPEST
    )
    variables = ", ".join(print_ast(each) for each in operation.variable_definitions or ())
    arguments = ", ".join(print_ast(each) for each in root.arguments or ())
    return (
        f"{'mutation' if is_change else 'query'} {f'({variables})' if variables else ''} "
        f"{{ {row.field} {f'({arguments})' if arguments else ''} {selected} }}"
    )


def selection(kind: Any, depth: int, above: tuple[str, ...] = ()) -> str:
    """Everything below a type, no type twice on the way down; nothing for a leaf."""
    if is_leaf_type(kind):
        return ""
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        parts = [
            f"... on {each.name} {{ {_fields(each, depth, above, f'{each.name}_')} }}"
            for each in GRAPHQL.get_possible_types(kind)
        ]
        return f"{{ __typename {' '.join(parts)} }}"
    return f"{{ __typename {_fields(kind, depth, above)} }}"


def _fields(kind: GraphQLObjectType, depth: int, above: tuple[str, ...], prefix: str = "") -> str:
    found = ["__typename"]
    for name, each in kind.fields.items():
        below = get_named_type(each.type)
        if not is_leaf_type(below) and (depth <= 1 or below.name in above):
            continue
        arguments = _arguments(each)
        if arguments is None:
            continue
        alias = f"{prefix}{name}: " if prefix else ""
        found.append(f"{alias}{name}{arguments}{selection(below, depth - 1, (*above, kind.name))}")
    return " ".join(found)


def _arguments(each: GraphQLField) -> str | None:
    """The arguments a field needs, and the size of its page; None if they cannot be made up."""
    given = {"first": "3"} if "first" in each.args else {}
    for name, argument in each.args.items():
        if isinstance(argument.type, GraphQLNonNull) and name not in given:
            kind = get_named_type(argument.type)
            if isinstance(kind, GraphQLEnumType):
                given[name] = next(iter(kind.values))
            elif kind.name in _LITERALS:
                given[name] = _LITERALS[kind.name]
            else:
                return None
    if not given:
        return ""
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})"


def gids_in(value: Any) -> Iterator[tuple[str, str, UUID]]:
    """The global ids somewhere in variables: the id, its type, its key."""
    if isinstance(value, dict):
        for each in value.values():
            yield from gids_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from gids_in(each)
    elif isinstance(value, str):
        try:
            name, _colon, key = b64decode(value, validate=True).decode("ascii").partition(":")
            yield value, name, UUID(key)
        except ValueError:
            return


def with_other(call: Call, old: str, new: str) -> Call:
    """The same call about another thing."""
    return replace(call, exchanged=(*call.exchanged, (old, new)))
