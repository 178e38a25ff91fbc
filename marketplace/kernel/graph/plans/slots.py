"""The parts a plan is made of, and what one execution of it carries along."""

import inspect
from asyncio import Future, gather
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from types import CoroutineType, GeneratorType
from typing import Any, Final, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    located_error,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import Undefined
from strawberry.types.field import StrawberryField

# A place in the answer: what is above it, its key, and the name of the type it is a field of
# (none for an item of a list). graphql-core's Path without the cost of making one.
Place: TypeAlias = tuple["Place | None", str | int, str | None]
Completer: TypeAlias = Callable[["Run", Any, "Place | None", Any], Any]


class UnplannableError(Exception):
    """The document holds something the compiler leaves to graphql-core."""


class AbandonedPlan(BaseException):
    """Something turned up while running that only graphql-core knows how to treat."""


class Facts:
    """What is known of a field before it runs: the part of `info` that never changes."""

    __slots__ = ("definition", "name", "nodes", "parent_type", "return_type")

    def __init__(
        self,
        nodes: list[FieldNode],
        return_type: GraphQLOutputType,
        parent_type: GraphQLObjectType,
        definition: StrawberryField,
    ) -> None:
        self.name = nodes[0].name.value
        self.nodes = nodes
        self.return_type = return_type
        self.parent_type = parent_type
        self.definition = definition


class Slot:
    """A place a value goes to: a field of a selection, or every item of a list."""

    __slots__ = (
        "call",
        "complete",
        "key",
        "message",
        "nodes",
        "owner",
        "plain",
        "read",
        "required",
    )

    def __init__(
        self,
        nodes: Sequence[FieldNode],
        message: str,
        owner: str | None,
        complete: Completer,
        plain: type | None,
        required: bool,
    ) -> None:
        self.nodes = nodes
        self.message = message
        self.owner = owner
        self.complete = complete
        # Values of exactly this class are their own answer.
        self.plain = plain
        self.required = required
        self.key = ""
        self.read: Callable[[Any], Any] | None = None
        self.call: Callable[[Run, Any, Place | None], Any] | None = None


class Run:
    """One execution of a plan."""

    __slots__ = (
        "_error_places",
        "arguments",
        "context",
        "errors",
        "fragments",
        "operation",
        "schema",
        "variables",
    )

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: VariableValues,
        context: object,
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.operation = operation
        self.variables = variables
        self.context = context
        self.arguments: dict[int, Mapping[str, Any]] = {}
        self.errors: list[GraphQLError] = []
        self._error_places: set[Place | None] = set()

    def add_error(self, error: GraphQLError, place: Place | None) -> None:
        """Tell the error, unless what is at its place or above was nulled already."""
        above: Place | None = place
        while above is not None:
            if above in self._error_places:
                return
            above = above[0]
        if None in self._error_places:
            return
        self._error_places.add(place)
        self.errors.append(error)

    def fail(self, slot: Slot, error: Exception, parent: Place | None, key: str | int) -> None:
        """Null the slot, or what is above it when it may not be null.

        Raises:
            GraphQLError: the slot may not be null.
        """
        located = located_error(error, slot.nodes, keys_of((parent, key, None)))
        if slot.required:
            raise located
        self.add_error(located, (parent, key, slot.owner))


def keys_of(place: Place | None) -> list[str | int]:
    """The path of a place as errors show it."""
    keys: list[str | int] = []
    while place is not None:
        keys.append(place[1])
        place = place[0]
    keys.reverse()
    return keys


# Classes whose values are neither awaitable, nor exceptions, nor missing; it grows by itself.
ORDINARY: Final[set[type]] = {str, int, float, bool, list, tuple, dict}


def is_awaitable(value: object) -> bool:
    """Whether the value has to be awaited; the same question as graphql-core asks."""
    if isinstance(value, GeneratorType):
        return bool(value.gi_code.co_flags & inspect.CO_ITERABLE_COROUTINE)
    return isinstance(value, CoroutineType) or hasattr(value, "__await__")


def complete_any(run: Run, slot: Slot, value: Any, parent: Place | None, key: str | int) -> Any:  # noqa: ANN401 - any JSON or column
    """Complete a value that will not be awaited any more."""
    if isinstance(value, Exception):
        raise value
    if value is None or value is Undefined:
        if slot.required:
            raise TypeError(slot.message)
        return None
    return slot.complete(run, value, parent, key)


def complete_odd(run: Run, slot: Slot, value: Any, parent: Place | None, key: str | int) -> Any:  # noqa: ANN401 - any JSON or column
    """Complete a value of a class that is not known to be ordinary."""
    if is_awaitable(value):
        return complete_later(run, slot, value, parent, key)
    if value is not None and value is not Undefined and not isinstance(value, Exception):
        kind = type(value)
        if kind is not GeneratorType:
            ORDINARY.add(kind)
    done = complete_any(run, slot, value, parent, key)
    return guarded(run, slot, done, parent, key) if type(done) is CoroutineType else done


async def complete_later(
    run: Run,
    slot: Slot,
    value: Awaitable[Any],
    parent: Place | None,
    key: str | int,
) -> Any:  # noqa: ANN401 - any JSON or column
    """Wait for the value and complete it."""
    try:
        done = complete_any(run, slot, await value, parent, key)
        if type(done) is CoroutineType:
            return await done
    except Exception as error:  # noqa: BLE001 - whatever a resolver raises is told
        run.fail(slot, error, parent, key)
        return None
    return done


async def guarded(
    run: Run,
    slot: Slot,
    done: Coroutine[Any, Any, Any],
    parent: Place | None,
    key: str | int,
) -> Any:  # noqa: ANN401 - any JSON or column
    """Wait for what is below the slot."""
    try:
        return await done
    except Exception as error:  # noqa: BLE001 - whatever a resolver raises is told
        run.fail(slot, error, parent, key)
        return None


_abandoned: Final[set[Future[Any]]] = set()


def settle(awaitables: Sequence[Awaitable[Any]]) -> None:
    """Let what nobody waits for come to its end, so that nothing is left unawaited."""
    future = gather(*awaitables, return_exceptions=True)
    _abandoned.add(future)
    future.add_done_callback(_abandoned.discard)
