"""Making the search index anew, while everybody goes on searching in the old one."""

from functools import partial

from marketplace.app.composition import Composition
from marketplace.app.progress import Advance
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from search.ports import SEARCH_INDEX
from search.services.rebuilding import count_documents, fill_new_index, remake_documents


async def reindex(composition: Composition, advance: Advance) -> int:
    """Make every search document anew, then a new index of them where an engine has its own.

    Returns:
        How many documents there are.

    Raises:
        EngineAwayError: the engine does not answer; the documents are made all the same.
    """
    open_unit = partial(unit_of_work, composition.sessions, SYSTEM, composition.events)
    index = composition.ports[SEARCH_INDEX]
    done = {"documents": 0, "index": 0}

    def report(stage: str, so_far: int) -> None:
        advance(so_far - done[stage])
        done[stage] = so_far

    await remake_documents(open_unit, report)
    async with open_unit() as unit:
        documents = await count_documents(unit)
    if index is not None:
        advance(0, total=2 * documents)
        await fill_new_index(open_unit, index, report)
    return documents
