"""One suite over both engines: the same questions, the same answers."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

from marketplace.app.composition import Composition
from marketplace.app.embedded.meilisearch import EmbeddedMeilisearch
from marketplace.kernel.database import new_id
from search import queries
from search.adapters.postgres import PostgresEngine
from search.ports import VOCABULARY, SearchEngine
from search.rules.entries import Entry, row_of
from search.rules.questions import (
    Facet,
    Filters,
    Point,
    Question,
    SearchKind,
    SearchSort,
)
from search.services.finding import find
from tests.conftest import Databases
from tests.search.conftest import a_house, engine_of
from tests.search.shelf import Shelf

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def a_product(title: str, **overrides: Any) -> Entry:
    values: dict[str, Any] = {
        "kind": SearchKind.PRODUCT,
        "thing_id": new_id(),
        "title": title,
        "created_at": BEGAN,
        "maker": "HTX Nà Phặc",
        "categories": ("thuc-pham", "mien"),
        "category_names": ("Thực phẩm",),
        "commune": "02155",
        "place_names": ("Xã Na Rì", "thị trấn Yến Lạc", "huyện Na Rì"),
        "old_districts": ("bk-na-ri",),
        "seller_kind": "cooperative",
        "is_in_stock": True,
        "prices": {"retail": 60_000},
        "weight": 20,
    }
    return Entry(**{**values, **overrides})


GOODS = [
    a_product("Bí xanh thơm", prices={"retail": 20_000}, latitude=22.4, longitude=105.6),
    a_product("Bì lợn khô", prices={"retail": 90_000}, latitude=22.1, longitude=106.0),
    a_product("Bi ve gỗ", prices={"retail": 150_000}),
    a_product("Mỡ lợn", is_in_stock=False, weight=0),
    a_product("Mơ vàng ngâm đường", stars=3, stars_until=date(2030, 1, 1)),
    a_product("Miến dong Côn Minh", stars=4, stars_until=date(2030, 1, 1), weight=28),
    a_product("Miến dong sợi dài", stars=3, stars_until=date(2030, 1, 1), weight=26),
    a_product("Bánh khảo", text="ăn kèm miến dong", categories=("thuc-pham", "banh")),
    a_product("Đường phên", seller_kind="household", commune="02185"),
    a_product("Hồng không hạt", created_at=BEGAN + timedelta(days=5)),
    a_product("Ngô nếp nương"),
    a_product("Bún ngô", weight=5),
    Entry(SearchKind.BUSINESS, new_id(), "HTX Miến dong Tài Hoan", BEGAN, weight=12),
    Entry(SearchKind.PLACE, new_id(), "Xã Na Rì", BEGAN, names=("thị trấn Yến Lạc",)),
]
TITLES: dict[UUID, str] = {entry.thing_id: entry.title for entry in GOODS}


@pytest.fixture(scope="module")
async def house_with_goods(
    databases: Databases,
    meilisearch: EmbeddedMeilisearch,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Composition]:
    """The documents, written without any thing behind them, and sent to the engine."""
    folder = tmp_path_factory.mktemp("engines")
    async with a_house(databases.create(), meilisearch, folder) as house:
        shelf = Shelf(house)
        async with shelf.open_unit() as unit:
            rows = orjson.dumps([row_of(entry) for entry in GOODS]).decode()
            await unit.session.execute(queries.WRITE, {"rows": rows})
        await shelf.send()
        yield house


@pytest.fixture(params=["meilisearch", "postgresql"])
async def engine(
    request: pytest.FixtureRequest,
    house_with_goods: Composition,
) -> AsyncIterator[SearchEngine]:
    """Each of the engines over the same documents."""
    if request.param == "postgresql":
        yield PostgresEngine(house_with_goods.sessions, house_with_goods.ports[VOCABULARY])
        return
    made = engine_of(house_with_goods)
    yield made
    made.close()


async def titles(engine: SearchEngine, question: Question) -> list[str]:
    finding = await find(engine, replace(question, limit=50))
    assert finding.answer.total == len(finding.answer.hits)
    return [TITLES[hit.thing_id] for hit in finding.answer.hits]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("bí", "Bí xanh thơm"),
        ("bì", "Bì lợn khô"),
        ("mơ", "Mơ vàng ngâm đường"),
        ("mỡ", "Mỡ lợn"),
        ("miến dong", "Miến dong Côn Minh"),
        ("mien dong", "Miến dong Côn Minh"),
        ("MIẾN DONG", "Miến dong Côn Minh"),
        ("miến do", "Miến dong Côn Minh"),
        ("bánh kh", "Bánh khảo"),
        ("mieens dong", "Miến dong Côn Minh"),
        ("dong mien", "Miến dong Côn Minh"),
        ("đường", "Đường phên"),
        ("duong phen", "Đường phên"),
        ("heo", "Bì lợn khô"),
        ("bắp", "Ngô nếp nương"),
        ("mien dong yen lac", "Miến dong Côn Minh"),
        ("thị trấn Yến Lạc", "Xã Na Rì"),
        ("hồng khong hạt", "Hồng không hạt"),
        ("miến của Côn Minh", "Miến dong Côn Minh"),
        ("miến dong siêu ngon tuyệt vời", "Miến dong Côn Minh"),
    ],
)
async def test_finds_first_what_was_meant(engine: SearchEngine, typed: str, best: str) -> None:
    assert (await titles(engine, Question(typed)))[0] == best


async def test_folded_words_find_all_and_words_with_marks_come_first(engine: SearchEngine) -> None:
    folded = await titles(engine, Question("bi"))
    marked = await titles(engine, Question("bí"))

    assert set(folded) == set(marked) == {"Bí xanh thơm", "Bì lợn khô", "Bi ve gỗ"}
    assert marked[0] == "Bí xanh thơm"


async def test_a_short_word_is_not_taken_for_another(engine: SearchEngine) -> None:
    assert await titles(engine, Question("bo")) == []
    assert await titles(engine, Question("chè")) == []


async def test_narrows_and_counts(engine: SearchEngine) -> None:
    wanted = Filters(stars=(4,), categories=("mien",))
    answer = await engine.search(Question("mien", kind=SearchKind.PRODUCT, filters=wanted))

    assert [TITLES[hit.thing_id] for hit in answer.hits] == ["Miến dong Côn Minh"]
    assert answer.total == 1
    assert answer.counts[Facet.STARS] == {"4": 1, "3": 1}
    assert answer.counts[Facet.CATEGORIES] == {"thuc-pham": 1, "mien": 1}
    assert answer.counts[Facet.KIND] == {"product": 1}
    assert answer.counts[Facet.PRICE] == {"50000-99999": 1}
    assert answer.counts[Facet.IN_STOCK] == {"true": 1}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(highest_price=20_000), {"Bí xanh thơm"}),
        (Filters(lowest_price=90_000), {"Bì lợn khô", "Bi ve gỗ"}),
        (Filters(communes=("02185",)), {"Đường phên"}),
        (Filters(seller_kinds=("household",)), {"Đường phên"}),
        (Filters(in_stock=False), {"Mỡ lợn"}),
        (Filters(stars=(3,)), {"Mơ vàng ngâm đường", "Miến dong sợi dài"}),
        (Filters(categories=("banh",)), {"Bánh khảo"}),
        (Filters(old_districts=("bk-xxx",)), set[str]()),
        (Filters(categories=('"] OR kind = "product',)), set[str]()),
    ],
)
async def test_each_filter_narrows(
    engine: SearchEngine,
    filters: Filters,
    expected: set[str],
) -> None:
    assert set(await titles(engine, Question("", filters=filters))) == expected


async def test_sorts(engine: SearchEngine) -> None:
    products = Question("", kind=SearchKind.PRODUCT)
    cheap = await titles(engine, replace(products, sort=SearchSort.PRICE_ASC))
    dear = await titles(engine, replace(products, sort=SearchSort.PRICE_DESC))
    new = await titles(engine, replace(products, sort=SearchSort.NEWEST))
    near = await titles(
        engine,
        replace(products, sort=SearchSort.NEAREST, near=Point(22.4, 105.6)),
    )

    assert cheap[0] == "Bí xanh thơm"
    assert dear[0] == "Bi ve gỗ"
    assert new[0] == "Hồng không hạt"
    assert near[:2] == ["Bí xanh thơm", "Bì lợn khô"]


async def test_a_price_in_the_words_narrows(engine: SearchEngine) -> None:
    found = await titles(engine, Question("bi dưới 100k"))

    assert set(found) == {"Bí xanh thơm", "Bì lợn khô"}


async def test_pages_hold_everything_once(engine: SearchEngine) -> None:
    seen: list[str] = []
    for offset in range(0, len(GOODS), 4):
        answer = await engine.search(Question("", offset=offset, limit=4))
        seen += [TITLES[hit.thing_id] for hit in answer.hits]
        assert answer.total == len(GOODS)

    assert sorted(seen) == sorted(TITLES.values())


async def test_suggests_by_kind_from_names_only(engine: SearchEngine) -> None:
    found = await engine.suggest("mien d", list(SearchKind), 5)

    assert {TITLES[hit.thing_id] for hit in found[SearchKind.PRODUCT]} == {
        "Miến dong Côn Minh",
        "Miến dong sợi dài",
    }
    assert [TITLES[hit.thing_id] for hit in found[SearchKind.BUSINESS]] == [
        "HTX Miến dong Tài Hoan",
    ]
    assert list(found[SearchKind.PAGE]) == []


@pytest.mark.parametrize(
    "typed",
    ["", " ", "'", '"', "\\", "a & b | !c", ":*", "(((", "%_", "-miến", "🙂", "đ", "x" * 200],
)
async def test_takes_whatever_people_type(engine: SearchEngine, typed: str) -> None:
    answer = (await find(engine, Question(typed))).answer

    assert answer.total >= 0
