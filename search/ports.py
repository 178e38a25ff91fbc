"""What finding needs of a search engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from marketplace.kernel.ports import Port
from search.rules.questions import Answer, Hit, Question, SearchKind
from search.rules.vocabulary import Vocabulary

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EngineState:
    """How an index is: how many documents of each kind it holds."""

    documents: int
    kinds: Mapping[SearchKind, int]


class SearchEngine(Protocol):
    """Answers questions."""

    async def search(self, question: Question) -> Answer:
        """The hits of one page, their total and the counts of the facets.

        Raises:
            EngineAwayError: the engine does not answer.
        """
        ...

    async def suggest(
        self,
        text: str,
        kinds: Sequence[SearchKind],
        limit: int,
    ) -> Mapping[SearchKind, Sequence[Hit]]:
        """The first hits of each kind for a text that is still being typed.

        Raises:
            EngineAwayError: the engine does not answer.
        """
        ...

    async def is_healthy(self) -> bool:
        """Whether the engine answers now."""
        ...


class SearchIndex(Protocol):
    """Takes the documents that an engine of its own answers from.

    Every change is put in the engine's queue, which it works off in order; `wait` waits for it.
    """

    async def configure(self, name: str) -> int:
        """Create the index where it is missing and set how it searches."""
        ...

    async def put_documents(self, name: str, documents: Sequence[Document]) -> int:
        """Add the documents, or replace those of the same key."""
        ...

    async def delete_documents(self, name: str, keys: Sequence[str]) -> int:
        """Forget the documents of these keys."""
        ...

    async def swap(self, first: str, second: str) -> int:
        """Let two indexes change names, at once for everybody who searches."""
        ...

    async def drop(self, name: str) -> int:
        """Delete the index; a missing one is fine."""
        ...

    async def wait(self, task: int, seconds: float = 30) -> None:
        """Wait until the queue is worked off up to the task.

        Raises:
            EngineAwayError: the engine does not answer, or not in time.
            EngineRefusedError: the task failed.
        """
        ...

    async def describe(self, name: str) -> EngineState | None:
        """How the index is, or None when there is none."""
        ...

    async def digests(self, name: str, offset: int, limit: int) -> Mapping[str, str]:
        """The digests of so many documents by their keys, to compare with what should be there."""
        ...

    async def is_healthy(self) -> bool:
        """Whether the engine answers now."""
        ...


SEARCH_ENGINE = Port[SearchEngine]("search engine")
SEARCH_INDEX = Port[SearchIndex | None]("search index")
VOCABULARY = Port[Vocabulary]("search vocabulary")
