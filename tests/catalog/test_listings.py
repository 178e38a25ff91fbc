"""What channels list stays true, whatever changes, and however much at once."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, text

from businesses.services.businesses import move_business
from catalog.errors import IncompleteProductError
from catalog.models import Listing
from catalog.services.prices import PriceTier, set_prices
from catalog.services.products import ProductDraft, edit_product, publish_product
from catalog.services.stock import set_stock
from marketplace.kernel.review import DISPLAY_REVIEW
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.factories.world import (
    MANY_WHOLESALE_PRICE,
    PRICE,
    SALE_FROM,
    WHOLESALE_PRICE,
    World,
)

# What every listing must be, computed from the rows themselves and not by the code under test.
TRUTH = text("""
    SELECT p.id, vp.channel_id, min(vp.amount) AS lowest, max(vp.amount) AS highest,
        (SELECT coalesce(sum(s.on_hand - s.reserved - s.allocated), 0) FROM stocks s
            JOIN product_variants v2 ON v2.id = s.variant_id
            WHERE v2.product_id = p.id AND v2.is_active) AS available,
        p.state = 'published' AND b.state = 'active' AND c.policy <> 'forbidden' AS shown
    FROM products p
    JOIN businesses b ON b.id = p.business_id
    JOIN categories c ON c.id = p.category_id
    JOIN product_variants v ON v.product_id = p.id AND v.is_active
    JOIN variant_prices vp ON vp.variant_id = v.id
    WHERE vp.minimum_quantity = (SELECT min(minimum_quantity) FROM variant_prices x
        WHERE x.variant_id = v.id AND x.channel_id = vp.channel_id)
    GROUP BY p.id, vp.channel_id, b.state, c.policy
""")


async def listed(world: World) -> set[tuple[Any, ...]]:
    columns = (
        Listing.product_id,
        Listing.channel_id,
        Listing.lowest_amount,
        Listing.highest_amount,
        Listing.available,
        Listing.is_displayed,
    )
    async with world.composition.sessions() as session:
        return {tuple(row) for row in await session.execute(select(*columns))}


async def truth(world: World) -> set[tuple[Any, ...]]:
    async with world.composition.sessions() as session:
        return {tuple(row) for row in await session.execute(TRUTH)}


async def of_shown(world: World, channel: str = "retail") -> Listing:
    async with world.composition.sessions() as session:
        return await session.get_one(Listing, (world["shown"].id, world[channel].id))


async def test_a_listing_says_what_the_rows_say(world: World) -> None:
    retail, wholesale = await of_shown(world), await of_shown(world, "wholesale")

    assert (retail.lowest_amount, retail.highest_undiscounted_amount) == (PRICE, SALE_FROM)
    assert wholesale.lowest_amount == wholesale.highest_amount == WHOLESALE_PRICE
    assert wholesale.lowest_amount > MANY_WHOLESALE_PRICE
    assert retail.available == 20
    assert await listed(world) == await truth(world)


async def test_changes_of_price_stock_and_words_are_listed_at_once(world: World) -> None:
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        await set_prices(unit, world["shown_variant"].id, "retail", [PriceTier(1, 30_000)])
        await set_stock(unit, world["shown_variant"].id, 0, world["shown_kho"].id)
        await edit_product(unit, world["shown"].id, ProductDraft(name="Ấm"))

    listing = await of_shown(world)
    assert (listing.lowest_amount, listing.available) == (30_000, 0)
    assert listing.name_sort != world["shown"].name_sort
    assert await listed(world) == await truth(world)


async def test_a_channel_without_a_price_lists_nothing(world: World) -> None:
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        await set_prices(unit, world["shown_variant"].id, "wholesale", [])

    keys = {(row[0], row[1]) for row in await listed(world)}
    assert (world["shown"].id, world["wholesale"].id) not in keys
    assert (world["shown"].id, world["retail"].id) in keys


async def test_changes_of_many_at_once_leave_the_truth(real_world: World) -> None:
    composition = real_world.composition
    variant, kho = real_world["shown_variant"].id, real_world["shown_kho"].id

    async def price(amount: int) -> None:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            await set_prices(unit, variant, "retail", [PriceTier(1, amount)])

    async def count(number: int) -> None:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            await set_stock(unit, variant, number, kho)

    await asyncio.gather(
        *(price(10_000 + number) for number in range(6)),
        *(count(number) for number in range(6)),
    )

    assert await listed(real_world) == await truth(real_world)


async def test_publishing_waits_for_who_suspends_the_business(real_world: World) -> None:
    composition, draft = real_world.composition, real_world["draft"].id

    async def publish() -> None:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            await publish_product(unit, draft, review=composition.ports[DISPLAY_REVIEW])

    officer = real_world.viewers["officer"]
    async with unit_of_work(composition.sessions, officer, composition.events) as unit:
        await move_business(unit, real_world["business"].id, "suspend", reason_code="COMPLAINT")
        publishing = asyncio.create_task(publish())
        await asyncio.wait({publishing}, timeout=0.5)

    with pytest.raises(IncompleteProductError):
        await publishing
    assert await listed(real_world) == await truth(real_world)
