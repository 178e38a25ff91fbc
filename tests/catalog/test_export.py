"""All goods of a business as a sheet: taken in again unchanged, it changes nothing."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from businesses.models import Business
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.services.exports.walk import sheet_rows
from marketplace.app.asgi import create_app
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, VISITOR, Assisting, HelpScope, MemberRole, Viewer
from tests.catalog.importing import ImportHouse
from tests.catalog.test_import_mutation import token_of
from tests.factories.accounts import a_user

HEADER = (
    *("Mã hàng", "Tên sản phẩm", "Danh mục", "Loại hàng", "Mã quy cách", "Quy cách", "Giá bán"),
    *("Giá gốc", "Giá từ 10", "Giá từ 50", "Giá sỉ", "SL sỉ tối thiểu", "Giá sỉ từ 100"),
    *("Tồn kho", "Xã", "Bảo quản", "Thành phần", "Mô tả", "Tên tiếng Anh", "Hiển thị"),
    *("Tháng thu hoạch", "Loại giấy ATTP", "Số giấy ATTP", "Ngày cấp giấy ATTP"),
)
_SAME = (
    *("Nơi khô mát", "Bột dong riềng, nước", "Sợi dai.\nPhơi <nắng> & gió.", "Vermicelli"),
    *("Đang bán", "9-11", "Tự công bố", "01/TCB", "05/03/2025"),
)
_DRIED = ("Miến dong sợi vàng", "Miến dong", "Thực phẩm khô")
ROWS = (
    *(
        ("M1", *_DRIED, "a", "gói 500 g", "45000", "50000", "42000", "40000", "38000", "20"),
        ("M1", *_DRIED, "b", "gói 1,125 kg", "85000", "", "", "", "", ""),
        ("=M2", *_DRIED, "c", "hộp quà", "120000", "", "", "", "99000", "5"),
    ),
)
_REST = (("35000", "120"), ("", "0"), ("", ""))

AS_EDITED = (
    (
        "UPDATE products SET external_id = NULL, state = 'withdrawn'"
        " WHERE external_id = '=M2' AND business_id = :id"
    ),
    (
        "UPDATE products SET description = jsonb_set(description, '{blocks,0,type}',"
        " '\"header\"') WHERE business_id = :id"
    ),
    (
        "UPDATE product_variants SET position = position + 3,"
        " external_id = nullif(external_id, 'c')"
        " WHERE product_id IN (SELECT id FROM products WHERE business_id = :id)"
    ),
)


async def filled(house: ImportHouse) -> Business:
    """A business with packings, properties, tiers, goods without codes and a formatted text."""
    business = await house.business()
    rows = [(*row, *rest, "xã Côn Minh", *_SAME) for row, rest in zip(ROWS, _REST, strict=True)]
    outcome = await house.take_in(business, house.write(*rows, header=HEADER))
    assert outcome.cells == []
    assert outcome.figures[0] == 3
    made = house.composition
    async with unit_of_work(made.sessions, SYSTEM, made.events) as unit:
        # As the editor makes them: no codes, a heading, places that do not begin at nought.
        for statement in AS_EDITED:
            await unit.session.execute(text(statement), {"id": business.id})
    return business


async def exported(house: ImportHouse, business: Business, viewer: Viewer, name: str) -> Path:
    """The file that somebody gets."""
    path, made = house.folder / name, house.composition
    is_workbook = name.endswith("xlsx")
    async with unit_of_work(made.sessions, viewer, made.events) as unit:
        with FileSpreadsheets().begin(path, "hang", is_workbook=is_workbook) as sheet:
            async for rows in sheet_rows(unit, business.slug):
                sheet.append(rows)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_taken_in_again_changes_nothing(import_house: ImportHouse, kind: str) -> None:
    business = await filled(import_house)
    before = await import_house.state_of(business)
    path = await exported(import_house, business, SYSTEM, f"lai-{business.code}.{kind}")

    outcome = await import_house.take_in(business, path)

    assert outcome.cells == []
    assert outcome.figures == (0, 0, 3, 0)
    assert await import_house.state_of(business) == before


async def test_says_what_there_is(import_house: ImportHouse) -> None:
    business = await filled(import_house)
    path = await exported(import_house, business, SYSTEM, f"noi-{business.code}.xlsx")
    header, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    rows.sort(key=lambda row: row[header.index("Mã hàng")] != "M1")
    first = dict(zip(header, rows[0], strict=True))
    told = [
        *("Mã hàng", "Quy cách", "Giá bán", "Giá gốc", "Giá từ 10", "Giá từ 50", "Giá sỉ"),
        *("SL sỉ tối thiểu", "Giá sỉ từ 100", "Tồn kho", "Thành phần", "Số giấy ATTP", "Mô tả"),
    ]
    assert [first[name] for name in told] == [
        *("M1", "gói 500 g", 45_000, 50_000, 42_000, 40_000, 38_000),
        *(20, 35_000, 120, "Bột dong riềng, nước", "01/TCB", "Sợi dai.\nPhơi <nắng> & gió."),
    ]
    assert [row[header.index("Hiển thị")] for row in rows] == [*["Đang bán"] * 2, "Ngừng bán"]


async def test_a_changed_cell_is_the_only_change(import_house: ImportHouse) -> None:
    business = await filled(import_house)
    path = await exported(import_house, business, SYSTEM, f"sua-{business.code}.xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("Tồn kho") + 1, 77)
    book.save(path)
    assert (await import_house.take_in(business, path)).figures == (0, 1, 2, 0)


async def test_only_those_who_look_after_the_goods_get_it(import_house: ImportHouse) -> None:
    business, other = await import_house.business(), await import_house.business()
    made = import_house.composition
    async with unit_of_work(made.sessions, SYSTEM, made.events) as unit:
        user_id = (await a_user(unit.session)).id
    for number, viewer in enumerate(
        [
            VISITOR,
            Viewer(user_id=user_id),
            Viewer(user_id=user_id, memberships={other.id: MemberRole.OWNER}),
            _helper(user_id, business, HelpScope.PAPERS),
            _helper(user_id, other, HelpScope.PRODUCTS),
        ]
    ):
        with pytest.raises(NotFoundError):
            await exported(import_house, business, viewer, f"la-{number}.csv")
    for viewer in (
        *(Viewer(user_id=user_id, memberships={business.id: role}) for role in MemberRole),
        _helper(user_id, business, HelpScope.PRODUCTS),
    ):
        assert (await exported(import_house, business, viewer, "minh.csv")).stat().st_size


def _helper(user_id: UUID, business: Business, scope: HelpScope) -> Viewer:
    return Viewer(user_id=user_id, assisting=Assisting(new_id(), business.id, frozenset({scope})))


@pytest.fixture(scope="module")
async def client(import_house: ImportHouse) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=create_app(import_house.composition))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as made:
        yield made


async def test_a_clerk_downloads_it(import_house: ImportHouse, client: httpx.AsyncClient) -> None:
    business = await filled(import_house)
    token = await token_of(import_house, client, business, MemberRole.CLERK)
    bearer = {"Authorization": f"Bearer {token}"}
    answer = await client.get(f"/files/products/{business.slug}.csv", headers=bearer)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content.decode("utf-8-sig").count("Miến dong sợi vàng") == 3
    other = await import_house.business()
    strange = await client.get(f"/files/products/{other.slug}.csv", headers=bearer)
    assert strange.status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
async def test_a_visitor_finds_nothing(
    import_house: ImportHouse, client: httpx.AsyncClient, kind: str
) -> None:
    business = await import_house.business()
    answer = await client.get(f"/files/products/{business.slug}.{kind}")
    assert answer.status_code in ({422} if kind == "pdf" else {404})
    assert business.name not in answer.text
