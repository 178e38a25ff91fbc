"""A province whose changes are really committed, for races and for jobs."""

from collections.abc import AsyncIterator

import pytest

from marketplace.app.composition import Composition
from marketplace.app.settings import Environment, Settings
from tests.conftest import ROOT, Databases
from tests.factories.world import World, a_world


@pytest.fixture(scope="module")
async def real_world(
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[World]:
    """A province of its own, on as many connections as a test wants."""
    folder = tmp_path_factory.mktemp("people")
    composition = Composition(
        Settings(
            environment=Environment.TEST,
            database_url=databases.create(),
            smtp_url=f"file:{folder / 'outbox'}",
            sms_url=f"file:{folder / 'outbox'}",
            var_folder=folder,
            province=ROOT / "provinces" / "bac-kan",
            reference_seconds=0,
        )
    )
    yield await a_world(composition)
    await composition.close()
