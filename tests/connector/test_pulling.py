from marketplace.connector.rules.states import Trouble
from tests.connector.conftest import Connected
from tests.connector.shop import a_good

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
