"""Asking PostgreSQL when the engine of its own does not answer."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import TypeVar

import structlog

from search.errors import EngineAwayError, EngineRefusedError
from search.ports import SearchEngine
from search.rules.questions import Answer, Hit, Question, SearchKind

T = TypeVar("T")

log = structlog.get_logger()


class FailoverEngine:
    """One engine while it answers, the other one meanwhile; never an error to the visitor."""

    def __init__(self, first: SearchEngine, second: SearchEngine) -> None:
        self._first = first
        self._second = second

    async def search(self, question: Question) -> Answer:
        """The first engine's answer, or the second's, which says that it is reduced."""
        answer = await self._try(self._first.search(question))
        return await self._second.search(question) if answer is None else answer

    async def suggest(
        self,
        text: str,
        kinds: Sequence[SearchKind],
        limit: int,
    ) -> Mapping[SearchKind, Sequence[Hit]]:
        """The first engine's suggestions, or the second's."""
        found = await self._try(self._first.suggest(text, kinds, limit))
        return await self._second.suggest(text, kinds, limit) if found is None else found

    async def is_healthy(self) -> bool:
        """Whether the first engine answers."""
        return await self._first.is_healthy()

    async def _try(self, asking: Awaitable[T]) -> T | None:
        try:
            return await asking
        except EngineAwayError as error:
            log.debug("search.engine_away", reason=str(error))
        except EngineRefusedError as error:
            log.exception("search.engine_refused", reason=str(error))
        return None
