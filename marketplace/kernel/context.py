"""What one request carries from the entrance to the resolvers."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar, cast

import strawberry

from marketplace.kernel.database import Reader, Sessions
from marketplace.kernel.errors import NotSignedInError
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, Language
from marketplace.kernel.kept import Kept
from marketplace.kernel.ports import Ports
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork, unit_of_work
from marketplace.kernel.viewer import VISITOR, Viewer

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, in which language, from where."""

    viewer: Viewer = VISITOR
    language: Language = DEFAULT_LANGUAGE
    request_id: str | None = None
    address: str | None = None
    user_agent: str | None = None
    is_trusted: bool = False


class RequestContext:
    """The viewer, the reader, and the way to start a change."""

    def __init__(
        self,
        asking: Asking,
        reader: Reader,
        sessions: Sessions,
        events: EventBus,
        ports: Ports,
        kept: Kept | None = None,
    ) -> None:
        self.kept = kept or Kept(0)
        self.asking = asking
        self.viewer = asking.viewer
        self.language = asking.language
        self.reader = reader
        self.ports = ports
        self.cost = 0
        self._sessions = sessions
        self._events = events
        self._once: dict[Callable[[RequestContext], Any], Any] = {}

    def once(self, factory: Callable[["RequestContext"], L]) -> L:
        """The factory's product, made at most once per request (dataloaders live here)."""
        if factory not in self._once:
            self._once[factory] = factory(self)
        return cast("L", self._once[factory])

    def release(self) -> None:
        """Let go of what was made for this request, so that nothing holds it in a circle."""
        self._once.clear()

    def signed_in(self) -> Viewer:
        """The viewer, who must be somebody.

        Raises:
            NotSignedInError: it is a visitor.
        """
        if not self.viewer.is_signed_in:
            raise NotSignedInError
        return self.viewer

    @asynccontextmanager
    async def change(self, viewer: Viewer | None = None) -> AsyncGenerator[UnitOfWork, None]:
        """A transaction for one mutation field; what was loaded before it is forgotten."""
        async with unit_of_work(
            self._sessions,
            viewer or self.viewer,
            self._events,
            self.asking.request_id,
        ) as unit:
            yield unit
        self._once.clear()
        self.kept.forget()
        self.reader.forget()


Info: TypeAlias = strawberry.Info[RequestContext, None]


class ContextFactory(Protocol):
    """Makes the context of one request; the composition root supplies it."""

    def __call__(self, asking: Asking) -> AbstractAsyncContextManager[RequestContext]:
        """A context that lives as long as the request."""
        ...
