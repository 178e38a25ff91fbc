"""A source that is believed, and the door it hands its messages in at."""

from collections.abc import AsyncIterator

import httpx
import pytest

from marketplace.app.asgi import create_app
from marketplace.app.composition import Composition
from marketplace.hooks.services.sources import add_source
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

SOURCE = "registry"


@pytest.fixture
async def secret(composition: Composition) -> str:
    """The secret of the source `registry`."""
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        _source, made = await add_source(unit, composition.ports[SEALER], SOURCE)
    return made


@pytest.fixture
async def door(composition: Composition, secret: str) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP to the application, in which the source is known."""
    del secret
    transport = httpx.ASGITransport(create_app(composition), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made
