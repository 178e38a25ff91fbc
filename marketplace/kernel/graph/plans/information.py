"""`info` as resolvers know it, made only as far as it is asked for."""

from functools import cached_property
from typing import Any, NamedTuple, cast

import strawberry
from graphql import GraphQLResolveInfo
from graphql.pyutils import Path, gather_with_cancel
from graphql.type import GraphQLResolveInfoHelpers

from marketplace.kernel.graph.plans.slots import Facts, Place, Run, is_awaitable, settle


class _RawInfo(NamedTuple):
    """The fields of graphql-core's `GraphQLResolveInfo`, and Strawberry's one beside them."""

    field_name: str
    field_nodes: Any
    return_type: Any
    parent_type: Any
    path: Path
    schema: Any
    fragments: Any
    root_value: Any
    operation: Any
    variable_values: dict[str, Any]
    context: Any
    is_awaitable: Any
    abort_signal: Any
    async_helpers: GraphQLResolveInfoHelpers
    operation_extensions: dict[str, Any] | None


_HELPERS = GraphQLResolveInfoHelpers(
    gather=lambda values: gather_with_cancel(*values),
    track=lambda values: settle([value for value in values if is_awaitable(value)]),
)


def raw_info(run: Run, facts: Facts, place: Place) -> GraphQLResolveInfo[Any]:
    """What graphql-core would hand to a resolver at that place."""
    made = _RawInfo(
        facts.name,
        facts.nodes,
        facts.return_type,
        facts.parent_type,
        _path(place),
        run.schema,
        run.fragments,
        None,
        run.operation,
        run.variables.coerced,
        run.context,
        is_awaitable,
        None,
        _HELPERS,
        None,
    )
    return cast("GraphQLResolveInfo[Any]", made)


def _path(place: Place) -> Path:
    above, key, owner = place
    return Path(None if above is None else _path(above), key, owner)


class PlannedInfo(strawberry.Info[Any, Any]):
    """Strawberry's `info`, whose inner part is made when somebody looks at it."""

    def __init__(self, run: Run, facts: Facts, parent: Place | None, key: str) -> None:
        self._run = run
        self._facts = facts
        self._field = facts.definition
        self._place = (parent, key, facts.parent_type.name)

    @cached_property
    def _raw_info(self) -> GraphQLResolveInfo[Any]:  # type: ignore[override] # Strawberry stores it
        return raw_info(self._run, self._facts, self._place)

    @property
    def context(self) -> Any:  # noqa: ANN401 - the schema does not tell its class
        """The context of the request."""
        return self._run.context
