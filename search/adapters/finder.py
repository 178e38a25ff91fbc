"""Finding products for the catalogue's own lists."""

from collections.abc import Sequence
from uuid import UUID

from marketplace.kernel.viewer import Viewer
from search.ports import SearchEngine
from search.rules.questions import Question, SearchKind
from search.services.finding import find


class EngineProductFinder:
    """Asks the search engine; the list shows of it what its viewer may see."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine

    async def find_products(
        self,
        text: str,
        limit: int,
        viewer: Viewer,  # noqa: ARG002 - the index holds only what everybody may see
    ) -> Sequence[UUID]:
        """The keys of what fits, the best first."""
        question = Question(text, kind=SearchKind.PRODUCT, limit=limit, has_facets=False)
        finding = await find(self._engine, question)
        return [hit.thing_id for hit in finding.answer.hits]
