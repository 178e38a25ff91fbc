import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from catalog.services.imports.runs import ImportOptions
from marketplace.app.composition import Composition
from marketplace.app.importing import import_file
from marketplace.app.pictures import draw_product, encode
from marketplace.app.seed import Seed
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.seeding.goods import goods_of
from marketplace.app.seeding.markdown import document, read_page
from marketplace.app.settings import Environment, Settings
from tests.conftest import ROOT, Databases

PROVINCE = ROOT / "provinces" / "bac-kan"
LEAST_WORDS = 60
# What a second seed must leave as it is; runs and jobs say when something was done again.
TABLES = (
    *("places", "categories", "attributes", "attribute_choices", "users", "businesses"),
    *("business_members", "media_files", "products", "product_variants", "variant_prices"),
    *("stocks", "product_listings", "product_media", "ocop_certificates", "food_papers"),
    *("collections", "collection_products", "pages", "menus", "menu_items", "import_runs"),
    *("transition_log", "officer_appointments", "search_documents", "procrastinate_jobs"),
)


@pytest.fixture(scope="module")
async def seeded(
    databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Seed]:
    """The whole demo, loaded once."""
    folder = tmp_path_factory.mktemp("seed")
    settings = Settings(
        environment=Environment.TEST,
        database_url=databases.create(),
        media_url=f"file:{folder / 'media'}",
        smtp_url=f"file:{folder / 'outbox'}",
        sms_url=f"file:{folder / 'outbox'}",
        var_folder=folder,
        province=PROVINCE,
    )
    composition = Composition(settings)
    seed = Seed(composition, ProvinceData(PROVINCE))
    await seed.run()
    yield seed
    await composition.close()


async def rows(seed: Seed, statement: str) -> list[tuple[object, ...]]:
    """What a statement answers."""
    async with seed.composition.sessions() as session:
        return [tuple(row) for row in await session.execute(text(statement))]


async def everything(seed: Seed) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables, as text."""
    return {
        table: await rows(seed, f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608 - our own names
        for table in TABLES
    }


@pytest.mark.slow
async def test_a_second_seed_changes_nothing(seeded: Seed) -> None:
    before = await everything(seeded)

    await seeded.run()

    after = await everything(seeded)
    assert {table: len(found) for table, found in after.items()} == {
        table: len(found) for table, found in before.items()
    }
    assert after == before


@pytest.mark.slow
async def test_holds_what_was_promised(seeded: Seed) -> None:
    kinds = await rows(
        seeded,
        "SELECT b.kind, count(DISTINCT b.id) FROM businesses b"
        " JOIN products p ON p.business_id = b.id GROUP BY 1 ORDER BY 2 DESC",
    )
    assert kinds == [
        *(("cooperative", 32), ("household", 10), ("cooperative_group", 4), ("enterprise", 2)),
    ]
    shown = await rows(seeded, "SELECT count(*) FROM products WHERE is_displayed")
    assert int(str(shown[0][0])) >= 300
    assert await rows(seeded, "SELECT count(*) FROM products WHERE NOT is_displayed") == [(0,)]
    assert await rows(seeded, "SELECT count(*) FROM businesses WHERE NOT is_demo") == [(0,)]
    statement = "SELECT count(*) FROM products WHERE cover_id IS NULL"
    assert await rows(seeded, statement) == [(0,)]
    expired = "SELECT count(*) > 0 FROM ocop_certificates WHERE expires_on < current_date"
    assert await rows(seeded, expired) == [(True,)]
    statement = (
        "SELECT count(*) FROM products p LEFT JOIN product_translations t"
        " ON t.product_id = p.id AND t.language = 'en' AND t.name <> ''"
        " AND t.description IS NOT NULL"
        " WHERE t.product_id IS NULL"
    )
    assert await rows(seeded, statement) == [(0,)]
    stocks = await rows(
        seeded,
        "SELECT count(*) FILTER (WHERE on_hand = 0) > 0,"
        " count(*) FILTER (WHERE on_hand BETWEEN 1 AND 5) > 0 FROM stocks",
    )
    assert stocks == [(True, True)]


@pytest.mark.slow
async def test_adds_made_up_goods_up_to_a_number(seeded: Seed) -> None:
    there = int(str((await rows(seeded, "SELECT count(*) FROM products"))[0][0]))

    await seeded.fill_up(there + 96)
    await seeded.fill_up(there + 96)

    assert await rows(seeded, "SELECT count(*) FROM products") == [(there + 96,)]
    assert await rows(seeded, "SELECT count(*) FROM products WHERE NOT is_displayed") == [(0,)]


@pytest.mark.slow
async def test_pictures_beside_a_file_are_stored_once(seeded: Seed, tmp_path: Path) -> None:
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "Miến dong.webp").write_bytes(encode(draw_product("mien-dong", 3), 256))
    path = tmp_path / "hang.csv"
    path.write_text(
        "Mã hàng,Tên hàng,Danh mục,Loại hàng,Giá bán,Ảnh\n"
        "A1,Miến có ảnh,Miến dong,Thực phẩm khô,45k,miến dong.webp\n"
        "A2,Miến thiếu ảnh,Miến dong,Thực phẩm khô,45k,không có.jpg\n",
        encoding="utf-8",
    )
    figures = []
    for _twice in range(2):
        report = await import_file(
            seeded.composition,
            path,
            "HTX-001",
            ImportOptions(),
            pictures=folder,
            progress=lambda rows, *, is_check: None,  # noqa: ARG005 - nobody listens
        )
        figures.append((report.run.created, report.run.refused))
    assert figures == [(0, 1), (0, 1)]
    assert [(each.cell, each.code) for each in report.problems] == [("F3", "UNKNOWN_PICTURE")]

    text_ = path.read_text(encoding="utf-8").rsplit("A2", 1)[0]
    await asyncio.to_thread(path.write_text, text_, encoding="utf-8")
    for wanted in ((1, 0), (0, 1)):
        report = await import_file(
            seeded.composition,
            path,
            "HTX-001",
            ImportOptions(),
            pictures=folder,
            progress=lambda rows, *, is_check: None,  # noqa: ARG005 - nobody listens
        )
        assert (report.run.created, report.run.unchanged) == wanted
    pictures = (
        "SELECT count(*), count(p.cover_id) FROM products p JOIN product_media m"
        " ON m.product_id = p.id WHERE p.external_id = 'A1'"
    )
    assert await rows(seeded, pictures) == [(1, 1)]


def test_every_description_has_sixty_words_and_is_its_own() -> None:
    goods = [each for made in goods_of(ProvinceData(PROVINCE)).values() for each in made]

    short = [each.code for each in goods if len(each.description_vi.split()) < LEAST_WORDS]
    assert short == []
    assert len({each.code for each in goods}) == len(goods)
    own = {(each.kind["slug"], each.description_vi) for each in goods}
    assert len(own) > len(goods) * 0.95


def test_reads_pages() -> None:
    matter, found = read_page(
        '---\nslug: a\ntitle: "Một"\n---\n\n## Đầu\n\nChữ **đậm** <b>.\n\n- một\n- hai\n'
    )

    assert matter == {"slug": "a", "title": "Một"}
    assert [block["type"] for block in found["blocks"]] == ["header", "paragraph", "list"]
    assert found["blocks"][1]["data"]["text"] == "Chữ <strong>đậm</strong> &lt;b&gt;."
    assert [item["content"] for item in found["blocks"][2]["data"]["items"]] == ["một", "hai"]
    with pytest.raises(ValueError, match="front matter"):
        read_page("không có")


def test_reads_tables_quotes_and_lists_in_lists() -> None:
    blocks = document("> lời\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. một\n   - nhỏ\n")["blocks"]

    assert [block["type"] for block in blocks] == ["quote", "table", "list"]
    assert blocks[1]["data"]["content"] == [["a", "b"], ["1", "2"]]
    assert blocks[2]["data"]["style"] == "ordered"
    assert blocks[2]["data"]["items"][0]["items"][0]["content"] == "nhỏ"
