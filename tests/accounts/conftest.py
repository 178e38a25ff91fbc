"""One database for the tests of accounts; they really commit, and every person is a new one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from tests.accounts.house import House
from tests.conftest import Databases


@pytest.fixture(scope="session")
async def house(
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[House]:
    """Accounts over a database of their own."""
    url = databases.create()
    engine = create_async_engine(url, pool_size=20)
    outbox: Path = tmp_path_factory.mktemp("outbox")
    yield House(engine, url, outbox)
    await engine.dispose()
