"""A house over a real PostgreSQL and a real Meilisearch, with goods of our own."""

import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from marketplace.app.composition import Composition
from marketplace.app.embedded.meilisearch import EmbeddedMeilisearch
from marketplace.app.settings import Environment
from search.adapters.meilisearch import MeilisearchEngine
from search.errors import EngineRefusedError
from search.ports import VOCABULARY
from search.rules.entries import LIVE
from tests.factories.settings import a_setting_of
from tests.search.shelf import Shelf

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def meilisearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedMeilisearch]:
    """One search server for all tests of the worker."""
    server = EmbeddedMeilisearch(tmp_path_factory.mktemp("meilisearch"))
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def a_house(
    database_url: str,
    meilisearch: EmbeddedMeilisearch,
    folder: Path,
) -> AsyncIterator[Composition]:
    """The whole house; what it does is really committed, and the index is empty at first."""
    if not meilisearch.is_alive():
        meilisearch.start()
    made = Composition(
        a_setting_of(
            environment=Environment.TEST,
            database_url=database_url,
            meili_url=meilisearch.url,
            meili_master_key=meilisearch.key,
            media_url=f"file:{folder / 'media'}",
            var_folder=folder,
            province=ROOT / "provinces" / "bac-kan",
        ),
    )
    index = engine_of(made)
    with contextlib.suppress(EngineRefusedError):
        await index.wait(await index.drop(LIVE))
    yield made
    index.close()
    await made.close()


@pytest.fixture
async def house(
    fresh_database_url: str,
    meilisearch: EmbeddedMeilisearch,
    tmp_path: Path,
) -> AsyncIterator[Composition]:
    """A house of the test's own."""
    async with a_house(fresh_database_url, meilisearch, tmp_path) as made:
        yield made


@pytest.fixture
async def shelf(house: Composition) -> Shelf:
    """Goods to search for, none of them yet."""
    made = Shelf(house)
    await made.prepare()
    return made


def engine_of(house: Composition) -> MeilisearchEngine:
    """An engine of the test's own, which remembers no failure of others."""
    settings = house.settings
    key = settings.meili_master_key
    return MeilisearchEngine(
        str(settings.meili_url),
        None if key is None else key.get_secret_value(),
        house.ports[VOCABULARY],
    )
