"""The storefront of these tests, over the whole application."""

from collections.abc import AsyncIterator

import httpx
import pytest

from marketplace.app.asgi import create_app
from tests.contract.storefront import Storefront
from tests.factories.world import World


@pytest.fixture
async def client(province: World) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP to the application over the small province."""
    transport = httpx.ASGITransport(create_app(province.composition))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


@pytest.fixture
def storefront(client: httpx.AsyncClient) -> Storefront:
    """A storefront with nobody signed in."""
    return Storefront(client)
