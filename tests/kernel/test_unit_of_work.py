"""One change, one transaction: rows, events and jobs are committed together or not at all."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from procrastinate import App, PsycopgConnector
from procrastinate.tasks import Task
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from catalog.models import Category
from marketplace.kernel.database import Sessions
from marketplace.kernel.events import Event
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.factories.catalog import a_category


@dataclass(frozen=True, slots=True)
class CategoryAdded(Event):
    """A category was added."""

    name: str


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """Something followed from it."""


@pytest.fixture
async def sessions(fresh_database_url: str) -> AsyncIterator[Sessions]:
    engine = create_async_engine(fresh_database_url)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


@pytest.fixture
def task(fresh_database_url: str) -> Task[Any, Any, Any]:
    conninfo = fresh_database_url.replace("+psycopg", "", 1)
    app = App(connector=PsycopgConnector(conninfo=conninfo))

    @app.task(name="trial:work")
    async def work(word: str) -> None:
        raise AssertionError(word)

    return work


async def counted(sessions: Sessions) -> tuple[int, int]:
    """How many categories and how many jobs are really there."""
    async with sessions() as session:
        rows = await session.scalar(select(func.count()).select_from(Category))
        jobs = await session.scalar(text("SELECT count(*) FROM procrastinate_jobs"))
    return int(rows or 0), int(jobs or 0)


async def test_rows_and_jobs_are_committed_together(
    sessions: Sessions,
    task: Task[Any, Any, Any],
) -> None:
    async with unit_of_work(sessions, SYSTEM, EventBus()) as unit:
        unit.session.add(a_category())
        await defer(unit.session, task, word="một", lock_key="k")
        assert await counted(sessions) == (0, 0)

    assert await counted(sessions) == (1, 1)
    async with sessions() as session:
        row = (await session.execute(text("SELECT args, lock FROM procrastinate_jobs"))).one()
    assert tuple(row) == ({"word": "một"}, "k")


async def test_rows_and_jobs_are_forgotten_together(
    sessions: Sessions,
    task: Task[Any, Any, Any],
) -> None:
    async def fail() -> None:
        async with unit_of_work(sessions, SYSTEM, EventBus()) as unit:
            unit.session.add(a_category())
            await defer(unit.session, task, word="một")
            raise RuntimeError("too late")

    with pytest.raises(RuntimeError, match="too late"):
        await fail()

    assert await counted(sessions) == (0, 0)


async def test_events_are_handled_before_the_commit_and_in_order(sessions: Sessions) -> None:
    heard: list[str] = []
    events = EventBus()

    async def listen(unit: UnitOfWork, event: CategoryAdded) -> None:
        assert await unit.session.scalar(select(func.count()).select_from(Category)) == 1
        assert await counted(sessions) == (0, 0)
        heard.append(event.name)
        unit.announce(Followed())

    async def follow(_unit: UnitOfWork, _event: Followed) -> None:
        heard.append("followed")

    events.subscribe(CategoryAdded, listen)
    events.subscribe(Followed, follow)

    async with unit_of_work(sessions, SYSTEM, events) as unit:
        unit.session.add(a_category())
        unit.announce(CategoryAdded("một"))
        assert heard == []

    assert heard == ["một", "followed"]


async def test_a_subscriber_that_fails_undoes_the_change(sessions: Sessions) -> None:
    events = EventBus()

    async def fail(_unit: UnitOfWork, _event: CategoryAdded) -> None:
        raise RuntimeError("no")

    events.subscribe(CategoryAdded, fail)

    async def change() -> None:
        async with unit_of_work(sessions, SYSTEM, events) as unit:
            unit.session.add(a_category())
            unit.announce(CategoryAdded("một"))

    with pytest.raises(RuntimeError, match="no"):
        await change()

    assert await counted(sessions) == (0, 0)


async def test_time_stands_still_within_a_change(sessions: Sessions) -> None:
    async with unit_of_work(sessions, SYSTEM, EventBus()) as unit:
        assert unit.now.tzinfo is not None
        first = unit.now
        await unit.session.execute(text("SELECT pg_sleep(0.01)"))
        assert unit.now is first
