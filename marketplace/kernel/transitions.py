"""The one transition engine: every state of every object moves through here.

A machine is a table of transitions: from, to, who, under which guard, with which deadline and
effects. A move is one compare-and-swap statement on state and version, and one line in an
append-only log. Deadlines are data: a passed deadline reads as passed even when the worker that
applies it is late.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Enum, Index, Select, String, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified
from marketplace.kernel.errors import DomainError, NotPermittedError, StaleError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork

S = TypeVar("S", bound=StrEnum)


class WrongStateError(DomainError):
    """The thing is not in a state from which this can be done."""

    code = "INVALID"


class Stateful(Identified):
    """A row that a machine moves: its state, its version, and the deadline it stands under.

    Each table adds the partial index on `due_at` by which the worker finds what is due.
    """

    __abstract__ = True

    version: Mapped[int] = mapped_column(default=1)
    due_at: Mapped[datetime | None]
    on_due: Mapped[str | None] = mapped_column(String(64))


class TransitionRecord(Identified):
    """One line of the append-only log: what moved from where to where, by whom and for whom."""

    __tablename__ = "transition_log"
    __table_args__ = (Index("ix_transition_log_object", "object_type", "object_id", "at"),)

    object_type: Mapped[str] = mapped_column(String(64))
    object_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(64))
    from_state: Mapped[str] = mapped_column(String(64))
    to_state: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[UUID | None] = mapped_column(index=True)
    on_behalf_of_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    reason_code: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str | None]
    request_id: Mapped[str | None] = mapped_column(String(64))


def text_enum(members: type[StrEnum]) -> Enum:
    """A column type for an enumeration, kept as text so that a new member needs no migration."""
    return Enum(
        members,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda found: [member.value for member in found],
    )


def state_column(states: type[S], initial: S) -> Mapped[S]:
    """The column that holds a row's state."""
    return mapped_column(text_enum(states), default=initial)


Guard = Callable[[UnitOfWork, Any], Awaitable[None]]
Effect = Callable[[UnitOfWork, Any], Awaitable[None]]

SYSTEM_ROLE = "system"


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """One row of a machine's table."""

    name: str
    sources: tuple[S, ...]
    target: S
    roles: frozenset[str]
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    deadline: timedelta | None = None
    on_due: str | None = None


@dataclass(frozen=True, slots=True)
class Machine(Generic[S]):
    """The states of one kind of object and every way between them."""

    object_type: str
    model: type[Stateful]
    transitions: tuple[Transition[S], ...]
    by_name: Mapping[str, Transition[S]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the table; a name stands for one transition, a deadline for a known one.

        Raises:
            ValueError: the table contradicts itself.
        """
        names = {transition.name: transition for transition in self.transitions}
        if len(names) != len(self.transitions):
            raise ValueError(f"{self.object_type}: a transition is named twice")
        for transition in self.transitions:
            if (transition.deadline is None) != (transition.on_due is None):
                raise ValueError(f"{transition.name}: a deadline needs what happens then")
            if transition.on_due is not None and transition.on_due not in names:
                raise ValueError(f"{transition.name}: unknown {transition.on_due!r}")
        object.__setattr__(self, "by_name", names)

    def open_to(self, state: S, roles: Collection[str]) -> Sequence[Transition[S]]:
        """The transitions that somebody with the roles may start from the state."""
        return [
            transition
            for transition in self.transitions
            if state in transition.sources and not transition.roles.isdisjoint(roles)
        ]

    def state_at(self, thing: Any, now: datetime) -> S:  # noqa: ANN401 - any Stateful row
        """The state that holds at the time: a passed deadline counts as passed."""
        if thing.due_at is not None and thing.due_at <= now and thing.on_due is not None:
            return self.by_name[thing.on_due].target
        state: S = thing.state
        return state


def due_things(machine: Machine[Any], now: datetime, limit: int = 100) -> Select[Any]:
    """What stands past its deadline, skipping what another worker has in hand."""
    model = machine.model
    return (
        select(model)
        .where(model.due_at <= now)
        .order_by(model.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def not_past_due(model: type[Stateful], now: datetime) -> Any:  # noqa: ANN401 - a SQL expression
    """The condition that no deadline of the row has passed, whatever the worker has done."""
    return or_(model.due_at.is_(None), model.due_at > now)


async def move(
    unit: UnitOfWork,
    machine: Machine[Any],
    thing: Any,  # noqa: ANN401 - any Stateful row
    name: str,
    *,
    roles: Collection[str],
    reason_code: str | None = None,
    note: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Move a thing by the named transition: compare, swap, log, and run the effects.

    Raises:
        NotPermittedError: none of the roles may do this.
        WrongStateError: the thing is not in a state from which this can be done.
        StaleError: somebody else moved it in the meantime.
        DomainError: a guard refused.
    """
    transition = machine.by_name[name]
    role = next((role for role in sorted(roles) if role in transition.roles), None)
    if role is None:
        raise NotPermittedError
    if role != SYSTEM_ROLE and machine.state_at(thing, unit.now) is not thing.state:
        await _apply_passed_deadline(unit, machine, thing)
    source = thing.state
    if source not in transition.sources:
        raise WrongStateError(_("This cannot be done in its present state."), field="state")
    for guard in transition.guards:
        await guard(unit, thing)
    await _swap(unit, machine, thing, transition, due_at)
    unit.session.add(
        TransitionRecord(
            object_type=machine.object_type,
            object_id=thing.id,
            name=transition.name,
            from_state=str(source),
            to_state=str(transition.target),
            actor_id=unit.viewer.user_id,
            on_behalf_of_id=unit.viewer.on_behalf_of,
            role=role,
            at=unit.now,
            reason_code=reason_code,
            note=note,
            request_id=unit.request_id,
        ),
    )
    for effect in transition.effects:
        await effect(unit, thing)


async def apply_due(unit: UnitOfWork, machine: Machine[Any], limit: int = 100) -> int:
    """Move everything that is past its deadline; how many were moved."""
    things = (await unit.session.scalars(due_things(machine, unit.now, limit))).all()
    for thing in things:
        await _apply_passed_deadline(unit, machine, thing)
    return len(things)


async def _apply_passed_deadline(unit: UnitOfWork, machine: Machine[Any], thing: Any) -> None:  # noqa: ANN401 - any JSON or column
    await move(unit, machine, thing, thing.on_due, roles={SYSTEM_ROLE}, reason_code="DEADLINE")


async def _swap(
    unit: UnitOfWork,
    machine: Machine[Any],
    thing: Any,  # noqa: ANN401 - any JSON or column
    transition: Transition[Any],
    due_at: datetime | None,
) -> None:
    model: Any = machine.model
    deadline = due_at
    if deadline is None and transition.deadline is not None:
        deadline = unit.now + transition.deadline
    await unit.session.flush()
    result = await unit.session.execute(
        update(model)
        .where(model.id == thing.id, model.state == thing.state, model.version == thing.version)
        .values(
            state=transition.target,
            version=model.version + 1,
            due_at=deadline,
            on_due=transition.on_due,
        )
        .returning(model.version)
        .execution_options(synchronize_session=False),
    )
    version = result.scalar_one_or_none()
    if version is None:
        raise StaleError(_("Somebody else has just changed this. Please look again."))
    await unit.session.refresh(thing, ["state", "version", "due_at", "on_due"])
