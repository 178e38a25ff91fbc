"""One change to the marketplace: one viewer, one transaction, its events."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeAlias, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.kernel.database import Sessions
from marketplace.kernel.events import Event
from marketplace.kernel.viewer import Viewer

E = TypeVar("E", bound=Event)

Subscriber: TypeAlias = Callable[["UnitOfWork", E], Awaitable[None]]


class EventBus:
    """Hands each event to its subscribers inside the transaction that caused it."""

    def __init__(self) -> None:
        self._subscribers: dict[type[Event], list[Subscriber[Any]]] = defaultdict(list)

    def subscribe(self, event: type[E], subscriber: Subscriber[E]) -> None:
        """Call `subscriber` for every `event`."""
        self._subscribers[event].append(subscriber)

    async def publish(self, unit: "UnitOfWork", event: Event) -> None:
        """Run every subscriber of `event`, in order of subscription."""
        for subscriber in self._subscribers[type(event)]:
            await subscriber(unit, event)


class UnitOfWork:
    """What a service needs to change anything; only the kernel commits it."""

    def __init__(
        self,
        session: AsyncSession,
        viewer: Viewer,
        events: EventBus,
        request_id: str | None = None,
    ) -> None:
        self.session = session
        self.viewer = viewer
        self.now = datetime.now(UTC)
        self.request_id = request_id
        self._events = events
        self._announced: list[Event] = []

    def announce(self, event: Event) -> None:
        """Record that something happened."""
        self._announced.append(event)

    async def complete(self) -> None:
        """Flush, tell the subscribers, and repeat until nothing new has happened."""
        await self.session.flush()
        while self._announced:
            await self._events.publish(self, self._announced.pop(0))
            await self.session.flush()


@asynccontextmanager
async def unit_of_work(
    sessions: Sessions,
    viewer: Viewer,
    events: EventBus,
    request_id: str | None = None,
) -> AsyncGenerator[UnitOfWork, None]:
    """Open a transaction; commit it when the block ends well, roll it back otherwise."""
    async with sessions() as session, session.begin():
        unit = UnitOfWork(session, viewer, events, request_id)
        yield unit
        await unit.complete()
