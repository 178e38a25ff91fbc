"""Leaves: what a scalar or an enum shows, with short ways for what shows as it is."""

from collections.abc import Callable
from enum import Enum
from math import isfinite
from typing import Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
)
from graphql.execution.executor import Executor

from marketplace.kernel.graph.plans.slots import Completer, Place, Run

_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_PLAIN: Final[dict[GraphQLLeafType, type]] = {
    GraphQLString: str,
    GraphQLID: str,
    GraphQLBoolean: bool,
}
_coerce: Callable[[GraphQLLeafType, Any], Any] = Executor.complete_leaf_value


def leaf(type_: GraphQLLeafType) -> tuple[type | None, Completer]:
    """The class whose values show as they are, and what completes all others."""

    def complete(_run: Run, value: Any, _parent: Place | None, _key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        return _coerce(type_, value)

    def complete_int(_run: Run, value: Any, _parent: Place | None, _key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        is_plain = type(value) is int and _SMALLEST <= value <= _LARGEST
        return value if is_plain else _coerce(type_, value)

    def complete_float(_run: Run, value: Any, _parent: Place | None, _key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        is_plain = type(value) is float and isfinite(value)
        return value if is_plain else _coerce(type_, value)

    if type_ is GraphQLInt:
        return None, complete_int
    if type_ is GraphQLFloat:
        return None, complete_float
    if isinstance(type_, GraphQLEnumType):
        return None, _enum(type_)
    return _PLAIN.get(type_), complete


def _enum(type_: GraphQLEnumType) -> Completer:
    wrapped = getattr(type_, "wrapped_cls", None)
    names: dict[str, str] = {}
    if isinstance(wrapped, type) and issubclass(wrapped, Enum):
        known = {value.value for value in type_.values.values()}
        names = {member.name: _coerce(type_, member) for member in wrapped if member.value in known}

    def complete(_run: Run, value: Any, _parent: Place | None, _key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        if type(value) is wrapped:
            name = names.get(value._name_)
            if name is not None:
                return name
        return _coerce(type_, value)

    return complete
