"""The transition engine, over two real connections and a machine of its own."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from businesses.models import Business
from businesses.rules.businesses import BusinessState
from marketplace.kernel.database import Sessions, new_id
from marketplace.kernel.errors import DomainError, NotPermittedError, StaleError
from marketplace.kernel.transitions import (
    SYSTEM_ROLE,
    Machine,
    Transition,
    TransitionRecord,
    WrongStateError,
    apply_due,
    move,
    not_past_due,
)
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM, Viewer
from tests.factories.businesses import a_business

S = BusinessState
effects: list[Any] = []


async def refuse_the_nameless(_unit: UnitOfWork, business: Business) -> None:
    if not business.name:
        raise DomainError("It has no name.")


async def remember(_unit: UnitOfWork, business: Business) -> None:
    effects.append(business.id)


MACHINE = Machine(
    "trial",
    Business,
    (
        Transition(
            "open",
            (S.DRAFT,),
            S.ACTIVE,
            frozenset({"owner", SYSTEM_ROLE}),
            guards=(refuse_the_nameless,),
            effects=(remember,),
        ),
        Transition(
            "suspend",
            (S.ACTIVE,),
            S.SUSPENDED,
            frozenset({"officer"}),
            deadline=timedelta(days=3),
            on_due="close",
        ),
        Transition("reinstate", (S.SUSPENDED,), S.ACTIVE, frozenset({"officer"})),
        Transition("close", (S.ACTIVE, S.SUSPENDED), S.CLOSED, frozenset({"owner", SYSTEM_ROLE})),
    ),
)
OWNER = Viewer(user_id=new_id(), on_behalf_of=new_id())


@pytest.fixture
async def sessions(fresh_database_url: str) -> AsyncIterator[Sessions]:
    engine: AsyncEngine = create_async_engine(fresh_database_url)
    effects.clear()
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


async def stored(sessions: Sessions, **values: Any) -> Business:
    business = a_business(state=S.DRAFT, **values)
    async with sessions() as session, session.begin():
        session.add(business)
    return business


async def moved(
    sessions: Sessions,
    business: Business,
    name: str,
    role: str,
    **options: Any,
) -> Business:
    async with unit_of_work(sessions, OWNER, EventBus(), "request-1") as unit:
        thing = await unit.session.get_one(Business, business.id)
        await move(unit, MACHINE, thing, name, roles={role}, **options)
    return thing


async def records(sessions: Sessions) -> list[TransitionRecord]:
    async with sessions() as session:
        return list(await session.scalars(select(TransitionRecord).order_by(TransitionRecord.at)))


async def test_a_move_is_written_down_with_who_and_for_whom(sessions: Sessions) -> None:
    business = await stored(sessions)

    thing = await moved(sessions, business, "open", "owner", reason_code="READY", note="Đủ giấy.")

    (record,) = await records(sessions)
    assert (thing.state, thing.version) == (S.ACTIVE, 2)
    assert (record.from_state, record.to_state, record.role) == ("draft", "active", "owner")
    assert (record.actor_id, record.on_behalf_of_id) == (OWNER.user_id, OWNER.on_behalf_of)
    assert (record.reason_code, record.note, record.request_id) == (
        "READY",
        "Đủ giấy.",
        "request-1",
    )
    assert effects == [business.id]


async def test_the_wrong_role_moves_nothing(sessions: Sessions) -> None:
    business = await stored(sessions)

    with pytest.raises(NotPermittedError):
        await moved(sessions, business, "open", "clerk")

    assert await records(sessions) == []
    assert effects == []


async def test_the_wrong_state_moves_nothing(sessions: Sessions) -> None:
    business = await stored(sessions)

    with pytest.raises(WrongStateError):
        await moved(sessions, business, "suspend", "officer")

    assert await records(sessions) == []


async def test_a_guard_that_refuses_moves_nothing(sessions: Sessions) -> None:
    business = await stored(sessions, name="", slug="x")

    with pytest.raises(DomainError, match="no name"):
        await moved(sessions, business, "open", "owner")

    assert await records(sessions) == []
    assert effects == []


async def test_of_two_at_once_one_is_told_to_look_again(sessions: Sessions) -> None:
    business = await stored(sessions)
    both_have_read = asyncio.Barrier(2)

    async def open_it() -> None:
        async with unit_of_work(sessions, OWNER, EventBus()) as unit:
            thing = await unit.session.get_one(Business, business.id)
            await both_have_read.wait()
            await move(unit, MACHINE, thing, "open", roles={"owner"})

    found = await asyncio.gather(open_it(), open_it(), return_exceptions=True)

    assert [type(each) for each in found if each is not None] == [StaleError]
    assert len(await records(sessions)) == 1
    async with sessions() as session:
        assert (await session.get_one(Business, business.id)).version == 2


async def test_a_passed_deadline_counts_before_the_worker_comes(sessions: Sessions) -> None:
    business = await stored(sessions)
    await moved(sessions, business, "open", "owner")
    suspended = await moved(sessions, business, "suspend", "officer")
    assert suspended.due_at is not None
    assert MACHINE.state_at(suspended, suspended.due_at - timedelta(seconds=1)) is S.SUSPENDED
    assert MACHINE.state_at(suspended, suspended.due_at) is S.CLOSED

    async with sessions() as session, session.begin():
        await session.execute(update(Business).values(due_at=Business.due_at - timedelta(days=4)))
        now = suspended.due_at
        shown = select(Business.id).where(not_past_due(Business, now))
        assert (await session.scalars(shown)).all() == []

    # Too late to reinstate: the deadline is applied first.
    with pytest.raises(WrongStateError):
        await moved(sessions, business, "reinstate", "officer")


async def test_the_worker_applies_what_is_due_once(sessions: Sessions) -> None:
    business = await stored(sessions)
    await moved(sessions, business, "open", "owner")
    await moved(sessions, business, "suspend", "officer")
    async with sessions() as session, session.begin():
        await session.execute(update(Business).values(due_at=Business.due_at - timedelta(days=4)))

    async def work() -> int:
        async with unit_of_work(sessions, SYSTEM, EventBus()) as unit:
            return await apply_due(unit, MACHINE)

    assert sorted(await asyncio.gather(work(), work())) == [0, 1]
    assert await work() == 0
    last = (await records(sessions))[-1]
    assert (last.to_state, last.role, last.reason_code) == ("closed", "system", "DEADLINE")
    assert last.actor_id is None
    async with sessions() as session:
        closed = await session.get_one(Business, business.id)
        assert (closed.state, closed.due_at, closed.on_due) == (S.CLOSED, None, None)


async def test_leaving_in_time_takes_the_deadline_away(sessions: Sessions) -> None:
    business = await stored(sessions)
    await moved(sessions, business, "open", "owner")
    await moved(sessions, business, "suspend", "officer")

    thing = await moved(sessions, business, "reinstate", "officer")

    assert (thing.state, thing.due_at, thing.on_due) == (S.ACTIVE, None, None)


def test_what_is_open_to_whom_is_read_from_the_table() -> None:
    assert [each.name for each in MACHINE.open_to(S.ACTIVE, {"owner", "officer"})] == [
        "suspend",
        "close",
    ]
    assert MACHINE.open_to(S.CLOSED, {"owner", "officer", SYSTEM_ROLE}) == []


@pytest.mark.parametrize(
    "transitions",
    [
        (Transition("a", (S.DRAFT,), S.ACTIVE, frozenset()),) * 2,
        (Transition("a", (S.DRAFT,), S.ACTIVE, frozenset(), deadline=timedelta(1)),),
        (Transition("a", (S.DRAFT,), S.ACTIVE, frozenset(), on_due="a"),),
        (
            Transition(
                "a", (S.DRAFT,), S.ACTIVE, frozenset(), deadline=timedelta(1), on_due="nothing"
            ),
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(transitions: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Machine("trial", Business, transitions)
