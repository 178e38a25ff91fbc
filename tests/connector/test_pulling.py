from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from catalog.services.products import withdraw_product
from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.connector.errors import ConnectionExistsError
from marketplace.connector.models import ShopConnection
from marketplace.connector.rules.states import ConnectionState, Trouble
from marketplace.connector.services.connections import (
    ConnectionDraft,
    change_connection,
    connect_shop,
    move_connection,
)
from marketplace.connector.services.post import loss_post
from marketplace.connector.services.pulling import queue_due_pulls
from marketplace.connector.services.taking import UNMATCHED, UNPRICED
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from tests.connector.conftest import Connected
from tests.connector.shop import CHANNEL, TOKEN, a_good, a_packing, gid

MANY = 250


async def everything(connected: Connected) -> list[tuple[object, ...]]:
    """All that a pull could change of the goods, times included."""
    return [
        *await connected.rows("SELECT p::text FROM products p ORDER BY id"),
        *await connected.rows("SELECT v::text FROM product_variants v ORDER BY id"),
        *await connected.rows("SELECT r::text FROM variant_prices r ORDER BY id"),
        *await connected.rows("SELECT s::text FROM stocks s ORDER BY id"),
        *await connected.rows("SELECT m::text FROM product_media m ORDER BY product_id"),
        *await connected.rows("SELECT t::text FROM transition_log t ORDER BY id"),
    ]


async def test_many_come_and_the_second_time_changes_nothing(connected: Connected) -> None:
    connected.shop.goods = [a_good(number) for number in range(MANY)]

    first = await connected.pull()
    before = await everything(connected)
    second = await connected.pull()

    assert (first.created_count, first.trouble) == (MANY, None)
    assert len(await connected.goods()) == MANY
    assert (second.created_count, second.updated_count) == (0, 0)
    assert second.unchanged_count == MANY
    assert await everything(connected) == before


async def test_what_is_matched_by_name_stands_on_the_shelf(connected: Connected) -> None:
    connected.shop.goods = [a_good(7)]

    connection = await connected.pull()

    assert await connected.goods() == [
        ("saleor:UHJvZHVjdDo3", "Miến dong mẻ 7", "published", 45_000, 20, True)
    ]
    assert connection.pulled_at is not None


async def test_cut_off_half_way_and_begun_again_ends_the_same(connected: Connected) -> None:
    connected.shop.goods = [a_good(number) for number in range(MANY)]
    connected.shop.patience = 2

    broken = await connected.pull()
    half = await connected.goods()
    connected.shop.patience = 1000
    whole = await connected.pull()

    assert broken.trouble is Trouble.UNREACHABLE
    assert len(half) == 200
    assert (whole.created_count, whole.unchanged_count) == (MANY - 200, 200)
    assert len(await connected.goods()) == MANY
    assert (whole.trouble, whole.failing_since, whole.failed_count) == (None, None, 0)


async def test_what_is_not_matched_stays_a_draft_until_it_is(connected: Connected) -> None:
    strange = {"id": gid("Category", 9), "name": "Đồ nhà làm"}
    connected.shop.goods = [a_good(7, category=strange)]
    await connected.pull()
    draft = await connected.goods()
    told = await connected.rows("SELECT problem FROM shop_products")
    noodles = connected.world["noodles"].id

    await connected.rows(
        "UPDATE shop_categories SET category_id = :id WHERE kind = 'category' RETURNING 1",
        id=noodles,
    )
    await connected.pull()

    assert [row[2] for row in draft] == ["draft"]
    assert told == [(UNMATCHED,)]
    assert [row[2] for row in await connected.goods()] == ["published"]
    found = await connected.rows(
        "SELECT category_id FROM products WHERE external_id LIKE 'saleor:%'"
    )
    assert found == [(noodles,)]


async def test_what_the_seller_withdraws_here_stays_withdrawn(connected: Connected) -> None:
    connected.shop.goods = [a_good(7)]
    await connected.pull()
    house = connected.world.composition
    found = await connected.rows("SELECT id FROM products WHERE external_id LIKE 'saleor:%'")
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        await withdraw_product(unit, found[0][0])

    connected.shop.goods = [a_good(7, name="Miến dong mới")]
    await connected.pull()

    assert [row[1:3] for row in await connected.goods()] == [("Miến dong mới", "withdrawn")]


async def test_what_the_shop_hides_and_shows_again_follows(connected: Connected) -> None:
    states = []
    for is_published in (True, False, True):
        connected.shop.goods = [a_good(7, is_published=is_published), a_good(8)]
        await connected.pull()
        states.append((await connected.goods())[0][2])

    assert states == ["published", "withdrawn", "published"]


async def test_packings_come_and_go(connected: Connected) -> None:
    connected.shop.goods = [a_good(7, variants=[a_packing(1), a_packing(2, 90_000)])]
    await connected.pull()
    connected.shop.goods = [a_good(7, variants=[a_packing(2, 90_000)])]
    await connected.pull()

    assert {row[3]: row[5] for row in await connected.goods()} == {90_000: True, 45_000: False}


async def test_goods_without_a_price_in_dong_are_told_and_left_out(connected: Connected) -> None:
    dollars = {"price": {"gross": {"amount": 2, "currency": "USD"}}}
    connected.shop.goods = [a_good(7, variants=[a_packing(7, pricing=dollars)]), a_good(8)]

    await connected.pull()

    assert [row[1] for row in await connected.goods()] == ["Miến dong mẻ 8"]
    told = await connected.rows("SELECT problem FROM shop_products ORDER BY name")
    assert told == [(UNPRICED,), (None,)]


async def test_pictures_are_fetched_once(connected: Connected) -> None:
    shop = connected.shop
    elsewhere = {"type": "IMAGE", "url": "http://10.0.0.8/secret.jpg"}
    shop.goods = [a_good(7, media=[shop.picture(1), elsewhere, shop.picture(2)])]

    await connected.pull()
    await connected.pull()

    fetched = [path for path in shop.asked if path.startswith("/media/")]
    assert fetched == ["/media/1.jpg", "/media/2.jpg"]
    shown = await connected.rows(
        """SELECT m.position FROM product_media m JOIN products p ON p.id = m.product_id
        WHERE p.external_id LIKE 'saleor:%' ORDER BY 1"""
    )
    assert shown == [(0,), (1,)]


async def test_a_token_is_sealed_and_tells_more(connected: Connected) -> None:
    house, shop = connected.world.composition, connected.shop
    shop.goods = [a_good(7, is_published=False)]
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        draft = ConnectionDraft(token=f"Bearer {TOKEN}")
        await change_connection(unit, house.ports[SEALER], connected.id, draft)

    await connected.pull()

    sealed = await connected.rows(
        "SELECT sealed_token FROM shop_connections WHERE url = :url", url=shop.url
    )
    assert TOKEN.encode() not in bytes(sealed[0][0])
    assert shop.tokens == [f"Bearer {TOKEN}"]
    assert [row[2] for row in await connected.goods()] == ["draft"]


@pytest.mark.parametrize(
    ("status", "answer", "trouble"),
    [
        (500, None, Trouble.UNREACHABLE),
        (302, None, Trouble.UNREACHABLE),
        (401, None, Trouble.REFUSED),
        (200, b'{"data": null, "errors": [{"message": "no"}]}', Trouble.REFUSED),
        (200, b"<html>", Trouble.UNREADABLE),
        (200, b"[" * 100_000, Trouble.UNREADABLE),
        (200, b'{"data": {"products": null}}', Trouble.UNREADABLE),
        (200, b" " * (9 * 1024 * 1024), Trouble.TOO_MUCH),
    ],
)
async def test_a_broken_shop_only_makes_the_connection_wait(
    connected: Connected, status: int, answer: bytes | None, trouble: Trouble
) -> None:
    connected.shop.goods = [a_good(7)]
    await connected.pull()
    before = await connected.goods()
    connected.shop.status, connected.shop.answer = status, answer

    connection = await connected.pull()
    await connected.look(gid("Product", 7))

    assert (connection.trouble, connection.state) == (trouble, ConnectionState.ACTIVE)
    assert connection.failing_since is not None
    assert await connected.goods() == before


async def test_a_shop_that_shows_nothing_withdraws_nothing(connected: Connected) -> None:
    connected.shop.goods = [a_good(7)]
    await connected.pull()
    connected.shop.goods = []

    connection = await connected.pull()

    assert connection.trouble is Trouble.EMPTY
    assert [row[2] for row in await connected.goods()] == ["published"]


async def test_after_three_days_the_connection_is_switched_off_and_owners_told(
    connected: Connected,
) -> None:
    connected.shop.status = 500
    await connected.pull()
    house = connected.world.composition
    long_ago = datetime.now(UTC) - timedelta(hours=73)
    async with house.sessions() as session, session.begin():
        mine = update(ShopConnection).where(ShopConnection.id == connected.id)
        await session.execute(mine.values(failing_since=long_ago))

    connection = await connected.pull()
    async with house.sessions() as session:
        posts = await loss_post(session, house.ports[ACCOUNT_SETTINGS], connected.id)
    connected.shop.status = 200
    await connected.pull()

    assert connection.state is ConnectionState.DISABLED
    assert len(posts) == 1
    assert connected.shop.domain in str(posts[0])
    assert await connected.goods() == []


async def test_another_shop_does_not_meet_the_codes_of_the_former(connected: Connected) -> None:
    connected.shop.goods = [a_good(7)]
    await connected.pull()
    house = connected.world.composition
    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        await move_connection(unit, connected.id, "remove")
    draft = ConnectionDraft("https://other.example.vn", CHANNEL, connected.world["food"].id)

    async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
        await connect_shop(unit, house.ports[SEALER], connected.world["business"].id, draft)

    assert await connected.goods() == []
    kept = await connected.rows("SELECT state FROM products WHERE name = 'Miến dong mẻ 7'")
    assert kept == [("published",)]


async def test_a_business_is_connected_once(connected: Connected) -> None:
    house = connected.world.composition
    draft = ConnectionDraft("https://other.example.vn", CHANNEL, connected.world["food"].id)

    with pytest.raises(ConnectionExistsError):
        async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
            await connect_shop(unit, house.ports[SEALER], connected.world["business"].id, draft)


async def test_pulls_that_are_due_are_asked_for_once(connected: Connected) -> None:
    house = connected.world.composition
    counts = []
    for _again in range(2):
        async with unit_of_work(house.sessions, SYSTEM, house.events) as unit:
            counts.append(await queue_due_pulls(unit))

    assert counts == [1, 0]
