"""PostgreSQL as a search engine: the same answers, without forgiving slips of the pen."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import union_all

from marketplace.kernel.database import Sessions
from search.adapters.postgres_statements import QueryWords, answering, suggesting
from search.rules.bands import BANDS
from search.rules.questions import Answer, Facet, Hit, Question, SearchKind
from search.rules.vocabulary import Vocabulary


class PostgresEngine:
    """Answers from `search_documents`, which is never behind."""

    def __init__(self, sessions: Sessions, vocabulary: Vocabulary) -> None:
        self._sessions = sessions
        self._vocabulary = vocabulary

    async def search(self, question: Question) -> Answer:
        """Hits, total and counts in one statement."""
        statement = answering(question, self._vocabulary)
        hits: list[Hit] = []
        counts: dict[Facet, dict[str, int]] = {}
        total = 0
        async with self._sessions() as session:
            for part, name, value, number in await session.execute(statement):
                if part == "hit":
                    hits.append(Hit(SearchKind(name), UUID(value)))
                elif part == "total":
                    total = number
                elif value is not None:
                    facet = Facet(name)
                    shown = BANDS[int(value) - 1] if facet is Facet.PRICE else value
                    counts.setdefault(facet, {})[shown] = number
        return Answer(tuple(hits), total, counts, is_reduced=True)

    async def suggest(
        self,
        text: str,
        kinds: Sequence[SearchKind],
        limit: int,
    ) -> Mapping[SearchKind, Sequence[Hit]]:
        """The first hits of each kind, in one statement."""
        words = QueryWords(Question(text), self._vocabulary, weights="AB")
        statement = union_all(*(suggesting(kind, words, limit) for kind in kinds))
        found: dict[SearchKind, list[Hit]] = {kind: [] for kind in kinds}
        async with self._sessions() as session:
            for kind, thing_id in await session.execute(statement):
                found[kind].append(Hit(kind, thing_id))
        return found

    async def is_healthy(self) -> bool:
        """Yes: without the database nothing at all would answer."""
        return True
