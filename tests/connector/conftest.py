"""A shop elsewhere, and the small province's business that is connected to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from marketplace.connector import queries
from marketplace.connector.models import ShopConnection
from marketplace.connector.ports import SHOP_READER
from marketplace.connector.services.connections import ConnectionDraft, connect_shop
from marketplace.connector.services.pulling import look_at_product, pull_shop
from marketplace.connector.services.working import Workshop
from marketplace.kernel.review import DISPLAY_REVIEW
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.ports import MEDIA_STORE
from tests.connector.shop import CHANNEL, Shop, opened
from tests.factories.world import World


@dataclass
class Connected:
    """The business, the shop, and what connects them."""

    world: World
    shop: Shop
    id: UUID

    @property
    def workshop(self) -> Workshop:
        """What the jobs work with."""
        house = self.world.composition
        return Workshop(
            change=lambda: unit_of_work(house.sessions, SYSTEM, house.events),
            reader=house.ports[SHOP_READER],
            sealer=house.ports[SEALER],
            store=house.ports[MEDIA_STORE],
            review=house.ports[DISPLAY_REVIEW],
        )

    async def pull(self) -> ShopConnection:
        """Compare everything, as the job does."""
        await pull_shop(self.workshop, self.id)
        return await self.connection()

    async def look(self, external_id: str) -> None:
        """Look at one product, as the job does."""
        await look_at_product(self.workshop, self.id, external_id)

    async def connection(self) -> ShopConnection:
        """The connection as it stands."""
        async with self.world.composition.sessions() as session:
            return await session.get_one(ShopConnection, self.id)

    async def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """What the database holds."""
        async with self.world.composition.sessions() as session, session.begin():
            found = await session.execute(text(statement), values)
            return [tuple(row) for row in found]

    async def goods(self) -> list[tuple[Any, ...]]:
        """Code, name, state, price and stock of what came from the shop, by code."""
        return await self.rows(
            """SELECT p.external_id, p.name, p.state, r.amount, s.on_hand, v.is_active
            FROM products p JOIN product_variants v ON v.product_id = p.id
            LEFT JOIN variant_prices r ON r.variant_id = v.id
            LEFT JOIN stocks s ON s.variant_id = v.id
            WHERE p.external_id LIKE 'saleor:%' ORDER BY p.external_id, v.position, v.id""",
        )


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    """A shop without goods."""
    async with opened() as made:
        yield made


@pytest.fixture
async def connected(world: World, shop: Shop) -> Connected:
    """The business, connected to the shop; nothing was pulled yet."""
    house = world.composition
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        known = queries.visible_connections(SYSTEM, world["business"].id)
        await unit.session.delete((await unit.session.scalars(known)).one())
        await unit.session.flush()
        made = await connect_shop(
            unit,
            house.ports[SEALER],
            world["business"].id,
            ConnectionDraft(shop.url, CHANNEL, world["food"].id),
            allows_loopback=True,
        )
    return Connected(world, shop, made.id)
