from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from businesses.rules.businesses import BusinessState
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.models import Stock, Warehouse
from catalog.services.imports.problems import ImportFileError
from catalog.services.imports.reports import error_sheet
from catalog.services.imports.runs import ImportPolicy
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.viewer import VISITOR, MemberRole, Viewer
from tests.catalog.importing import GOOD, HEADER, ImportHouse, changed, variants_of

SECOND = changed(
    *[("", "", "", "", "gói 500 g", "45.000", "120", "", "", "", "")],
    ma_hang="MD1",
    quy_cach="gói 1 kg",
    gia_ban="85k",
    ton_kho="hết hàng",
)


async def test_rows_of_one_code_make_one_product(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(GOOD, SECOND)

    outcome = await import_house.take_in(business, path)

    assert outcome.figures == (2, 0, 0, 0)
    assert await variants_of(import_house, business) == [
        ("MD1", "gói 500 g", 45_000),
        ("MD1", "gói 1 kg", 85_000),
    ]
    shown = await import_house.rows(
        "SELECT p.state, p.is_displayed, l.lowest_amount, l.highest_amount, l.available"
        " FROM products p JOIN product_listings l ON l.product_id = p.id"
        " WHERE p.business_id = :id",
        id=business.id,
    )
    assert shown == [("published", True, 45_000, 85_000, 120)]
    log = await import_house.rows(
        "SELECT t.name, t.from_state, t.to_state, t.role FROM transition_log t"
        " JOIN products p ON p.id = t.object_id WHERE p.business_id = :id",
        id=business.id,
    )
    assert log == [("publish", "draft", "published", "system")]


async def test_the_same_file_again_changes_nothing(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(GOOD, SECOND)
    await import_house.take_in(business, path)
    before = await import_house.state_of(business)
    jobs = await import_house.rows("SELECT count(*) FROM procrastinate_jobs")

    outcome = await import_house.take_in(business, path)

    assert outcome.figures == (0, 0, 2, 0)
    assert await import_house.state_of(business) == before
    assert await import_house.rows("SELECT count(*) FROM procrastinate_jobs") == jobs


async def test_changes_what_differs_and_leaves_what_is_not_told(import_house: ImportHouse) -> None:
    business = await import_house.business()
    await import_house.take_in(business, import_house.write(GOOD, SECOND))
    prices = import_house.write(
        ("MD1", "gói 500 g", "47.000"),
        ("MD1", "gói 1 kg", "85.000"),
        header=("Mã hàng", "Quy cách", "Giá bán"),
    )

    outcome = await import_house.take_in(business, prices)

    assert outcome.figures == (0, 1, 1, 0)
    assert await variants_of(import_house, business) == [
        ("MD1", "gói 500 g", 47_000),
        ("MD1", "gói 1 kg", 85_000),
    ]
    names = await import_house.rows(
        "SELECT name, description IS NOT NULL FROM products WHERE business_id = :id",
        id=business.id,
    )
    assert names == [("Miến dong sợi vàng", True)]


async def test_a_dry_run_changes_nothing(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(GOOD, changed(ma_hang="MD2", gia_ban="x"))

    outcome = await import_house.take_in(business, path, is_dry_run=True)

    assert outcome.figures == (1, 0, 0, 1)
    assert outcome.cells == [("F3", "NOT_A_NUMBER")]
    assert await import_house.state_of(business) == [[], [], [], [], [], []]


async def test_reject_all_takes_nothing_when_one_row_is_bad(import_house: ImportHouse) -> None:
    business = await import_house.business()
    bad = import_house.write(GOOD, changed(ma_hang="MD2", gia_ban="x"))

    outcome = await import_house.take_in(business, bad, policy=ImportPolicy.REJECT_ALL)

    assert outcome.figures == (0, 0, 0, 1)
    assert outcome.run.rows == 2
    assert await variants_of(import_house, business) == []
    good = import_house.write(GOOD)
    outcome = await import_house.take_in(business, good, policy=ImportPolicy.REJECT_ALL)
    assert outcome.figures == (1, 0, 0, 0)


async def test_skip_bad_rows_takes_the_others(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(GOOD, changed(ma_hang="MD2", gia_ban="x"), changed(ma_hang="MD3"))

    outcome = await import_house.take_in(business, path)

    assert outcome.figures == (2, 0, 0, 1)
    assert [code for code, _name, _amount in await variants_of(import_house, business)] == [
        *("MD1", "MD3"),
    ]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"ma_hang": ""}, ("A2", "REQUIRED")),
        ({"ten_san_pham": ""}, ("B2", "REQUIRED")),
        ({"ten_san_pham": "x" * 251}, ("B2", "TOO_LONG")),
        ({"ten_san_pham": "MiÕn dong"}, ("B2", "OLD_FONT")),
        ({"danh_muc": "Xe máy"}, ("C2", "UNKNOWN_CATEGORY")),
        ({"danh_muc": "Động vật hoang dã"}, ("C2", "FORBIDDEN_GOODS")),
        ({"danh_muc": "Homestay"}, ("", "LICENCE_REQUIRED")),
        ({"loai_hang": "Xe"}, ("D2", "UNKNOWN_NAME")),
        ({"loai_hang": "Trà", "bao_quan": "Nơi nào"}, ("I2", "UNKNOWN_CHOICE")),
        ({"loai_hang": "Đồ thủ công"}, ("D2", "UNKNOWN_ATTRIBUTE")),
        ({"gia_ban": ""}, ("F2", "REQUIRED")),
        ({"gia_ban": "45"}, ("F2", "TOO_SMALL")),
        ({"ton_kho": "nhiều"}, ("G2", "NOT_A_NUMBER")),
        ({"xa": "Hà Nội"}, ("H2", "UNKNOWN_PLACE")),
        ({"xa": "Ba Bể"}, None),
    ],
)
async def test_tells_the_cell_and_the_reason(
    import_house: ImportHouse,
    cells: dict[str, str],
    wanted: tuple[str, str] | None,
) -> None:
    business = await import_house.business()

    outcome = await import_house.take_in(business, import_house.write(changed(**cells)))

    if wanted is None:
        assert outcome.cells == []
    else:
        assert [code for _cell, code in outcome.cells] == [wanted[1]]
        assert wanted[0] in {outcome.cells[0][0], ""}
        assert await variants_of(import_house, business) == []


async def test_old_names_of_places_lead_to_todays_communes(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(changed(xa="xã Nam Mẫu, huyện Ba Bể"))

    assert (await import_house.take_in(business, path)).cells == []

    places = await import_house.rows(
        "SELECT pl.full_name FROM products p JOIN places pl ON pl.id = p.origin_place_id"
        " WHERE p.business_id = :id",
        id=business.id,
    )
    assert places == [("Xã Ba Bể",)]


async def test_rows_that_contradict_each_other_are_refused(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(
        GOOD,
        changed(quy_cach="gói 1 kg", ten_san_pham="Tên khác"),
        GOOD,
        changed(ma_hang="MD2"),
        changed(quy_cach="gói 2 kg"),
    )

    outcome = await import_house.take_in(business, path)

    assert outcome.cells == [
        ("B3", "CONTRADICTION"),
        ("E4", "DOUBLED"),
        ("A6", "SCATTERED"),
    ]


async def test_incomplete_goods_stay_drafts_unless_they_are_to_be_shown(
    import_house: ImportHouse,
) -> None:
    business = await import_house.business()
    plain = changed(mo_ta="")
    await import_house.take_in(business, import_house.write(plain))
    states = "SELECT state FROM products WHERE business_id = :id"
    assert await import_house.rows(states, id=business.id) == [("draft",)]

    asked = import_house.write((*plain, "có"), header=(*HEADER, "Hiển thị"))
    outcome = await import_house.take_in(business, asked)
    assert outcome.cells == [("K2", "REQUIRED")]

    await import_house.take_in(business, import_house.write(GOOD))
    assert await import_house.rows(states, id=business.id) == [("published",)]

    hidden = import_house.write((*GOOD, "không"), header=(*HEADER, "Hiển thị"))
    await import_house.take_in(business, hidden)
    assert await import_house.rows(states, id=business.id) == [("withdrawn",)]

    await import_house.take_in(business, import_house.write(GOOD))
    assert await import_house.rows(states, id=business.id) == [("withdrawn",)]


async def test_goods_of_a_business_that_is_not_open_stay_drafts(import_house: ImportHouse) -> None:
    business = await import_house.business(BusinessState.DRAFT)

    await import_house.take_in(business, import_house.write(GOOD))

    states = "SELECT state, is_displayed FROM products WHERE business_id = :id"
    assert await import_house.rows(states, id=business.id) == [("draft", False)]


async def test_stock_never_falls_below_what_was_promised(import_house: ImportHouse) -> None:
    business = await import_house.business()
    await import_house.take_in(business, import_house.write(GOOD))
    async with import_house.composition.sessions.begin() as session:
        stock = await session.scalar(
            select(Stock)
            .join(Warehouse, Warehouse.id == Stock.warehouse_id)
            .where(Warehouse.business_id == business.id),
        )
        assert stock is not None
        stock.allocated = 5

    outcome = await import_house.take_in(business, import_house.write(changed(ton_kho="4")))

    assert outcome.cells == [("G2", "INSUFFICIENT_STOCK")]


async def test_wholesale_prices_and_tiers(import_house: ImportHouse) -> None:
    business = await import_house.business()
    header = (*HEADER, "Giá sỉ", "SL tối thiểu", "Giá từ 10")
    path = import_house.write((*GOOD, "40k", "20", "43.000"), header=header)

    assert (await import_house.take_in(business, path)).figures == (1, 0, 0, 0)

    prices = await import_house.rows(
        "SELECT c.slug, vp.minimum_quantity, vp.amount FROM variant_prices vp"
        " JOIN channels c ON c.id = vp.channel_id"
        " JOIN product_variants v ON v.id = vp.variant_id"
        " JOIN products p ON p.id = v.product_id WHERE p.business_id = :id ORDER BY 1, 2",
        id=business.id,
    )
    assert prices == [("retail", 1, 45_000), ("retail", 10, 43_000), ("wholesale", 20, 40_000)]


async def test_reads_workbooks_and_text_of_every_encoding(import_house: ImportHouse) -> None:
    lines = [HEADER, GOOD]
    text = "\r\n".join("\t".join(line) for line in lines)
    folder = import_house.folder
    files = {
        "a.csv": text.encode("utf-8"),
        "b.csv": text.replace("\t", "|").encode("utf-8-sig"),
        "c.txt": text.encode("utf-16"),
        "d.txt": text.encode("utf-16-le"),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    book = Workbook()
    for line in lines:
        book.active.append(line)  # type: ignore[union-attr] # a new workbook has a sheet
    book.save(folder / "e.xlsx")
    for name in (*files, "e.xlsx"):
        business = await import_house.business()
        assert (await import_house.take_in(business, folder / name)).cells == [], name


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        b"PK\x03\x04 no archive",
        b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 300,
        b"",
    ],
)
async def test_refuses_files_that_are_no_tables(import_house: ImportHouse, content: bytes) -> None:
    business = await import_house.business()
    path = import_house.folder / "khong-phai-bang.xlsx"
    path.write_bytes(content)

    with pytest.raises(ImportFileError):
        await import_house.take_in(business, path)


async def test_only_members_who_may_set_prices_import(import_house: ImportHouse) -> None:
    business = await import_house.business()
    path = import_house.write(GOOD)
    clerk = Viewer(memberships={business.id: MemberRole.CLERK})
    for viewer in (VISITOR, clerk):
        with pytest.raises((NotPermittedError, NotFoundError)):
            await import_house.take_in(business, path, viewer=viewer)

    owner = Viewer(memberships={business.id: MemberRole.OWNER})
    assert (await import_house.take_in(business, path, viewer=owner)).figures == (1, 0, 0, 0)


async def test_the_sheet_of_errors_can_be_mended_and_taken_in(
    import_house: ImportHouse,
    tmp_path: Path,
) -> None:
    business = await import_house.business()
    path = import_house.write(GOOD, changed(ma_hang="MD2", gia_ban="x", ton_kho="-3"))
    outcome = await import_house.take_in(business, path)

    mended = tmp_path / "loi.xlsx"
    mended.write_bytes(error_sheet(FileSpreadsheets(), outcome.run, outcome.problems))

    book = load_workbook(mended)
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr] # one sheet
    assert rows[0] == (*HEADER, "Dòng", "Lỗi")
    assert rows[1][:7] == ("MD2", *GOOD[1:5], "x", "-3")
    assert rows[1][-2] == "3"
    assert str(rows[1][-1]).startswith("F3: Đây không phải là số tiền.")
    assert "G3: " in str(rows[1][-1])
    book.active["F2"], book.active["G2"] = "50k", 3  # type: ignore[index] # one sheet
    book.save(mended)
    again = await import_house.take_in(business, mended)
    assert again.figures == (1, 0, 0, 0)
    assert again.run.unknown_columns == ["Dòng", "Lỗi"]
