"""Running: selections, lists and the waiting for them.

What has to be awaited is awaited in the same groups as by graphql-core, all of a selection or a
list at once, so that loaders batch alike and errors come in the same order; where nothing has to
be awaited there is no coroutine.
"""

from collections.abc import Callable, Sequence
from types import CoroutineType
from typing import Any

from graphql import GraphQLAbstractType, GraphQLError, GraphQLObjectType
from graphql.execution.executor import collect_iterator_awaitables
from graphql.pyutils import gather_with_cancel, inspect, is_iterable

from marketplace.kernel.graph.plans.information import raw_info
from marketplace.kernel.graph.plans.slots import (
    ORDINARY,
    AbandonedPlan,
    Completer,
    Facts,
    Place,
    Run,
    Slot,
    complete_odd,
    guarded,
    is_awaitable,
    settle,
)


def selection(owner: str | None, slots: Sequence[Slot]) -> Completer:
    """Completes an object: one value for each slot of its selection."""
    rows = tuple((slot.key, slot.read, slot.plain, not slot.required, slot) for slot in slots)

    def complete(run: Run, source: Any, parent: Place | None, key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        place = None if key is None else (parent, key, owner)
        results: dict[str, Any] = {}
        waiting: list[str] = []
        try:
            for name, read, plain, is_nullable, slot in rows:
                try:
                    value = read(source) if read is not None else slot.call(run, source, place)  # type: ignore[misc] # one of both is set
                    kind = type(value)
                    if kind is plain or (value is None and is_nullable):
                        results[name] = value
                        continue
                    if kind in ORDINARY:
                        value = slot.complete(run, value, place, name)
                        if type(value) is CoroutineType:
                            value = guarded(run, slot, value, place, name)
                    else:
                        value = complete_odd(run, slot, value, place, name)
                except Exception as error:  # noqa: BLE001 - whatever a resolver raises is told
                    run.fail(slot, error, place, name)
                    value = None
                results[name] = value
                if type(value) is CoroutineType:
                    waiting.append(name)
        except Exception:
            if waiting:
                settle([results[name] for name in waiting])
            raise
        return _gathered(results, waiting) if waiting else results

    return complete


async def _gathered(results: Any, waiting: Sequence[Any]) -> Any:  # noqa: ANN401 - a dict or a list
    if len(waiting) == 1:
        results[waiting[0]] = await results[waiting[0]]
        return results
    found = await gather_with_cancel(*(results[key] for key in waiting))
    for key, value in zip(waiting, found, strict=True):
        results[key] = value
    return results


def listing(owner: str | None, facts: Facts, item: Slot) -> Completer:
    """Completes a list: one value for each of its items."""
    plain, is_nullable = item.plain, not item.required
    message = (
        f"Expected Iterable, but did not find one for field '{facts.parent_type}.{facts.name}'."
    )

    def complete(run: Run, values: Any, parent: Place | None, key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        _require_iterable(values, message)
        place = (parent, key, owner)
        results: list[Any] = []
        waiting: list[int] = []
        iterator = iter(values)
        try:
            for index, given in enumerate(iterator):
                value = given
                kind = type(value)
                if kind is plain or (value is None and is_nullable):
                    results.append(value)
                    continue
                try:
                    if kind in ORDINARY:
                        value = item.complete(run, value, place, index)
                        if type(value) is CoroutineType:
                            value = guarded(run, item, value, place, index)
                    else:
                        value = complete_odd(run, item, value, place, index)
                except Exception as error:  # noqa: BLE001 - whatever a resolver raises is told
                    run.fail(item, error, place, index)
                    value = None
                results.append(value)
                if type(value) is CoroutineType:
                    waiting.append(index)
        except Exception:
            left = [results[index] for index in waiting]
            left.extend(collect_iterator_awaitables(iterator, is_awaitable))
            if left:
                settle(left)
            raise
        return _gathered(results, waiting) if waiting else results

    return complete


def _require_iterable(values: object, message: str) -> None:
    if type(values) is list:
        return
    if hasattr(values, "__aiter__"):
        raise AbandonedPlan
    if not is_iterable(values):
        raise GraphQLError(message)


def checked(
    type_: GraphQLObjectType,
    belongs: Callable[[Any, Any], Any],
    facts: Facts,
    complete: Completer,
) -> Completer:
    """Completes an object of a type that tells whether a value is of it."""

    def check(run: Run, value: Any, parent: Place | None, key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        # Only Strawberry's own predicate comes here, and that takes no notice of `info`.
        if not belongs(value, None):
            raise GraphQLError(
                f"Expected value of type '{type_}' but got: {inspect(value)}.",
                facts.nodes,
            )
        return complete(run, value, parent, key)

    return check


def branching(
    owner: str | None,
    type_: GraphQLAbstractType,
    facts: Facts,
    branches: dict[str, Completer],
) -> Completer:
    """Completes a value of an interface or a union by its class."""
    resolve_type = type_.resolve_type
    if resolve_type is None:
        raise TypeError(f"{type_} does not tell the types of its values")

    def complete(run: Run, value: Any, parent: Place | None, key: Any) -> Any:  # noqa: ANN401 - any JSON or column
        place: Place = (parent, key, owner)
        while place[2] is None and place[0] is not None:
            place = place[0]  # `info` tells of the field, not of the item of its list
        name = resolve_type(value, raw_info(run, facts, place), type_)
        branch = branches.get(name) if isinstance(name, str) else None
        if branch is None:
            if isinstance(name, CoroutineType):
                name.close()
            raise AbandonedPlan
        return branch(run, value, parent, key)

    return complete
