import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import select, text

from marketplace.app.composition import Composition
from marketplace.app.embedded.meilisearch import EmbeddedMeilisearch
from marketplace.app.reindex import reindex
from marketplace.app.worker import open_worker
from marketplace.places.events import PlaceChanged
from search import queries
from search.adapters.meilisearch import MeilisearchEngine
from search.errors import EngineAwayError
from search.models import SearchDocument, SearchRebuild
from search.ports import SEARCH_ENGINE, SEARCH_INDEX
from search.rules.entries import LIVE
from search.rules.questions import Hit, Question, SearchKind
from search.services.drift import Drift, mend_drift
from search.services.rebuilding import fill_new_index
from tests.search.conftest import engine_of
from tests.search.shelf import Shelf


@asynccontextmanager
async def working(house: Composition) -> AsyncIterator[None]:
    """A worker of the house, working off jobs until the block ends."""
    async with open_worker(str(house.settings.database_url)) as app:
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=2,
                install_signal_handlers=False,
                delete_jobs="successful",
                additional_context={"tools": house},
            ),
        )
        await asyncio.sleep(0.5)
        try:
            yield
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker


async def found_after(engine: MeilisearchEngine, words: str, thing: Hit, limit: float) -> float:
    """How many seconds it takes until the engine finds the thing."""
    began = time.monotonic()
    while time.monotonic() - began < limit:
        with suppress(EngineAwayError):
            if thing in (await engine.search(Question(words))).hits:
                return time.monotonic() - began
        await asyncio.sleep(0.05)
    raise AssertionError(f"{words!r} is not found after {limit} s")


async def hits(engine: MeilisearchEngine, words: str) -> set[Hit]:
    return set((await engine.search(Question(words, limit=100))).hits)


async def test_what_is_written_is_found_within_two_seconds(shelf: Shelf) -> None:
    await shelf.put("Chè Shan tuyết")
    await shelf.send()
    engine = engine_of(shelf.house)

    async with working(shelf.house):
        product = await shelf.put("Miến dong Côn Minh")
        seconds = await found_after(engine, "mien dong", Hit(SearchKind.PRODUCT, product), 5)

    assert seconds < 2


async def test_what_was_written_while_the_engine_was_away_is_found_when_it_is_back(
    shelf: Shelf,
    meilisearch: EmbeddedMeilisearch,
) -> None:
    await shelf.put("Chè Shan tuyết")
    await shelf.send()
    engine = engine_of(shelf.house)

    async with working(shelf.house):
        meilisearch.stop()
        product = await shelf.put("Miến dong viết lúc vắng")
        meanwhile = await shelf.house.ports[SEARCH_ENGINE].search(Question("viet luc vang"))
        await asyncio.sleep(1)
        meilisearch.start()
        seconds = await found_after(engine, "viet luc vang", Hit(SearchKind.PRODUCT, product), 20)

    assert meanwhile.is_reduced
    assert meanwhile.hits == (Hit(SearchKind.PRODUCT, product),)
    assert seconds < 15


async def test_one_transaction_asks_for_one_job(shelf: Shelf) -> None:
    async with shelf.open_unit() as unit:
        for number in range(5):
            await shelf.put_within(unit, f"Miến dong số {number}")
    async with shelf.house.sessions() as session:
        jobs = await session.scalar(
            text("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%send_documents'"),
        )

    assert jobs == 2  # the shelf's own and the five products'


async def test_without_an_engine_of_its_own_nothing_piles_up(shelf: Shelf) -> None:
    gone = await shelf.put("Miến dong thôi bán")
    kept = await shelf.put("Miến dong còn bán")
    await shelf.withdraw(gone)
    shelf.house.ports.bind(SEARCH_INDEX, None)

    async with working(shelf.house):
        for _attempt in range(100):
            async with shelf.house.sessions() as session:
                unsent = await session.scalar(queries.HAS_UNSENT)
            if not unsent:
                break
            await asyncio.sleep(0.05)

    async with shelf.house.sessions() as session:
        left = set(await session.scalars(select(SearchDocument.thing_id)))
    assert not unsent
    assert kept in left
    assert gone not in left


async def test_a_whole_map_is_two_jobs(shelf: Shelf) -> None:
    async with shelf.open_unit() as unit:
        for _number in range(30):
            unit.announce(PlaceChanged(shelf.commune))
    async with shelf.house.sessions() as session:
        names = await session.scalars(
            text("SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE '%refresh_place%'"),
        )

    assert len(list(names)) == 3  # one of them is the shelf's own


async def test_what_is_withdrawn_leaves_the_index_and_the_table(shelf: Shelf) -> None:
    product = await shelf.put("Miến dong Côn Minh")
    await shelf.send()
    engine = engine_of(shelf.house)
    before = await hits(engine, "mien dong")

    await shelf.withdraw(product)
    await shelf.send()
    after = await hits(engine, "mien dong")
    async with shelf.house.sessions() as session:
        left = await session.scalar(
            select(SearchDocument.thing_id).where(SearchDocument.thing_id == product),
        )

    assert Hit(SearchKind.PRODUCT, product) in before
    assert Hit(SearchKind.PRODUCT, product) not in after
    assert left is None


async def test_nothing_is_sent_twice_and_nothing_unchanged_is_written(shelf: Shelf) -> None:
    product = await shelf.put("Miến dong Côn Minh")
    first = await shelf.send()
    again = await shelf.send()
    await shelf.rename(product, "Miến dong Côn Minh")
    unchanged = await shelf.send()

    assert first > 0
    assert (again, unchanged) == (0, 0)


async def test_a_new_index_takes_over_without_a_gap_and_loses_no_write(shelf: Shelf) -> None:
    async with shelf.open_unit() as unit:
        for number in range(1200):
            await shelf.put_within(unit, f"Miến dong số {number}")
    await shelf.send()
    engine = engine_of(shelf.house)
    totals: list[int] = []
    is_done = asyncio.Event()

    async def watch() -> None:
        while not is_done.is_set():
            totals.append((await engine.search(Question("mien dong so"))).total)
            await asyncio.sleep(0.01)

    async def write() -> list[Hit]:
        written: list[Hit] = []
        while not is_done.is_set():
            product = await shelf.put(f"Cơm lam viết giữa chừng {len(written)}")
            written.append(Hit(SearchKind.PRODUCT, product))
            await shelf.send()
        return written

    watching, writing = asyncio.create_task(watch()), asyncio.create_task(write())
    await asyncio.sleep(0.2)
    filled = await fill_new_index(shelf.open_unit, engine)
    await asyncio.sleep(0.2)
    is_done.set()
    await watching
    written = await writing
    await shelf.send()

    assert filled >= 1200
    assert set(totals) == {1200}
    assert len(written) > 0
    assert set(written) <= await hits(engine, "com lam viet giua chung")
    async with shelf.house.sessions() as session:
        assert await session.scalar(select(SearchRebuild)) is None


async def test_what_drifted_apart_is_mended(shelf: Shelf) -> None:
    lost = await shelf.put("Miến dong bị mất")
    stale = await shelf.put("Miến dong cũ")
    await shelf.send()
    engine = engine_of(shelf.house)
    await engine.wait(await engine.delete_documents(LIVE, [f"product-{lost}"]))
    old = {"key": f"product-{stale}", "kind": "product", "title": "Xưa", "digest": "old"}
    surplus = {"key": f"product-{shelf.food}", "kind": "product", "title": "Thừa", "digest": "x"}
    await engine.wait(await engine.put_documents(LIVE, [old, surplus]))

    first = await mend_drift(shelf.open_unit, engine)
    second = await mend_drift(shelf.open_unit, engine)

    assert first == Drift(missing=1, stale=1, surplus=1)
    assert second.is_none
    assert await hits(engine, "mien dong") >= {
        Hit(SearchKind.PRODUCT, lost),
        Hit(SearchKind.PRODUCT, stale),
    }


async def test_reindexing_finds_what_no_event_told_of(shelf: Shelf) -> None:
    product = await shelf.put("Miến dong Côn Minh")
    async with shelf.house.sessions() as session, session.begin():
        await session.execute(text("DELETE FROM search_documents"))
    steps: list[int] = []

    def advance(count: int = 1, *, total: int | None = None) -> None:
        del total
        steps.append(count)

    documents = await reindex(shelf.house, advance)

    assert documents == 3  # the product, its maker and its commune
    assert sum(steps) >= documents
    assert Hit(SearchKind.PRODUCT, product) in await hits(engine_of(shelf.house), "mien dong")


async def test_a_dead_engine_costs_nothing_after_the_first_try(
    shelf: Shelf,
    meilisearch: EmbeddedMeilisearch,
) -> None:
    engine = engine_of(shelf.house)
    meilisearch.stop()
    with pytest.raises(EngineAwayError):
        await engine.search(Question("mien"))
    began = time.monotonic()
    with pytest.raises(EngineAwayError):
        await engine.search(Question("mien"))
    seconds = time.monotonic() - began
    meilisearch.start()

    assert seconds < 0.01
