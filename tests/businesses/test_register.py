"""The department's own register, taken in from a file."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from starlette.datastructures import UploadFile

from businesses.models import BusinessIdentifier, RegisterEntry, VerificationCheck
from businesses.ports import REGISTER_TABLES
from businesses.rules.identifiers import IdentifierKind
from businesses.rules.register import RegisterField, columns_of, date_in, number_in
from businesses.rules.verification import VerificationChannel
from businesses.services.identity import number_hash
from businesses.services.register import check_against_register, import_register
from marketplace.app.registering import error_sheet
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import (
    SYSTEM,
    OfficerFunction,
    OfficerGrant,
    Viewer,
)
from tests.asking import ask
from tests.factories.world import World

CODE = "0300588569"
HEAD = "STT,Mã số thuế,Tên hợp tác xã,Địa chỉ trụ sở chính,Tình trạng pháp lý,Ngày cấp\n"
GOOD = (
    HEAD
    + f"1,{CODE},HTX Miến dong Côn Minh,Thôn Chợ B,Đang hoạt động,15/03/2012\n"
    + "2,0100109106,Công ty CP Chè Bằng Phúc,Xã Đồng Phúc,Tạm ngừng kinh doanh,01/02/2019\n"
)
IMPORT = """mutation($file: Upload!) { registerImport(file: $file) {
    rows created changed unchanged matched problems { row column message }
    errors { field code message } } }"""


async def give_number(world: World, digits: str = CODE) -> None:
    sealer = world.composition.ports[SEALER]
    async with world.composition.sessions() as session, session.begin():
        session.add(
            BusinessIdentifier(
                business_id=world["business"].id,
                kind=IdentifierKind.TAX_CODE,
                sealed=sealer.seal(digits.encode()),
                lookup_hash=number_hash(sealer, digits),
                masked=digits,
            )
        )


async def take(world: World, content: str | bytes, viewer: str = "officer") -> dict[str, Any]:
    sent = content.encode() if isinstance(content, str) else content
    upload = UploadFile(BytesIO(sent), filename="so.csv")
    answer = await ask(world.composition, IMPORT, world.viewers[viewer], file=upload)
    found: dict[str, Any] = answer["registerImport"]
    return found


async def the_checks(world: World) -> list[VerificationCheck]:
    statement = (
        select(VerificationCheck)
        .where(VerificationCheck.channel == VerificationChannel.REGISTER_FILE)
        .order_by(VerificationCheck.at, VerificationCheck.id)
    )
    async with world.composition.sessions() as session:
        return list(await session.scalars(statement))


async def entries(world: World) -> int:
    async with world.composition.sessions() as session:
        return await session.scalar(select(func.count()).select_from(RegisterEntry)) or 0


async def test_a_register_is_taken_in_and_businesses_are_found_in_it(world: World) -> None:
    await give_number(world)

    told = await take(world, GOOD)

    assert told == {
        "rows": 2,
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "matched": 1,
        "problems": [],
        "errors": [],
    }
    (check,) = await the_checks(world)
    assert check.business_id == world["business"].id
    assert check.passed is True
    assert check.evidence is not None
    assert check.evidence["file"] == "so.csv"


async def test_the_same_file_again_changes_nothing(world: World) -> None:
    await give_number(world)
    await take(world, GOOD)

    again = await take(world, GOOD)

    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert await entries(world) == 2
    assert len(await the_checks(world)) == 1


async def test_a_line_that_changed_is_heard(world: World) -> None:
    await give_number(world)
    await take(world, GOOD)

    told = await take(world, GOOD.replace("Đang hoạt động", "Đã chấm dứt hoạt động"))

    assert (told["created"], told["changed"], told["unchanged"]) == (0, 1, 1)
    assert [check.passed for check in await the_checks(world)] == [True, False]


async def test_another_name_does_not_pass(world: World) -> None:
    await give_number(world)

    await take(world, GOOD.replace("HTX Miến dong Côn Minh", "HTX Miến dong Khác"))

    assert [check.passed for check in await the_checks(world)] == [False]


async def test_who_joins_later_is_found_in_it_too(world: World) -> None:
    await take(world, GOOD)
    await give_number(world)
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        found = await check_against_register(unit, world["business"].id)

    assert found is True
    assert [check.passed for check in await the_checks(world)] == [True]


async def test_bad_rows_are_told_and_good_ones_taken(world: World) -> None:
    bad = GOOD + "3,12345,Công ty Lạ,,Đang hoạt động,\n4,0100109106,,,Chưa rõ,31/02/2020\n,,,,,\n"

    told = await take(world, bad)

    assert told["rows"] == 4
    assert told["created"] == 2
    assert [(each["row"], each["column"]) for each in told["problems"]] == [
        (4, "identifier"),
        (5, "name"),
        (5, "status"),
        (5, "registered_on"),
    ]
    assert "12345" not in str(told)


@pytest.mark.parametrize("content", ["a,b,c\n1,2,3\n", "", "Mã số thuế,Tên\n1,2\n"])
async def test_a_file_that_names_no_columns_is_refused(world: World, content: str) -> None:
    told = await take(world, content)

    assert [each["code"] for each in told["errors"]] == ["INVALID"]
    assert await entries(world) == 0


async def test_a_workbook_is_read_as_well_and_its_numbers(world: World) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Danh sách hợp tác xã năm 2026"])
    sheet.append(["MST", "Tên đơn vị", "Trạng thái"])
    sheet.append([300588569, "HTX Miến dong Côn Minh", "NNT đang hoạt động"])
    kept = BytesIO()
    book.save(kept)
    await give_number(world)

    told = await take(world, kept.getvalue())

    assert told["errors"] == []
    assert (told["created"], told["matched"], told["problems"]) == (1, 1, [])


async def test_columns_may_be_mapped(world: World, tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text(f"A,B,C\n{CODE},HTX Miến dong Côn Minh,Đang hoạt động\n", encoding="utf-8")
    ports = world.composition.ports
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        report = await import_register(
            unit,
            ports[SEALER],
            ports[REGISTER_TABLES].open(path, path.name),
            {"A": "identifier", "B": "name", "C": "status"},
        )

    assert (report.created, report.problems) == (1, [])


async def test_an_officer_of_one_commune_does_not_take_it_in(world: World) -> None:
    grant = OfficerGrant(OfficerFunction.TRADE, world["place"].id)
    viewer = Viewer(user_id=world.users["officer"].id, grants=frozenset({grant}))
    upload = UploadFile(BytesIO(GOOD.encode()), filename="so.csv")

    answer = await ask(world.composition, IMPORT, viewer, file=upload)

    assert answer.codes == ["PermissionDenied"]
    assert await entries(world) == 0


async def test_the_error_sheet_names_rows(world: World, tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text(GOOD + "3,12345,Công ty Lạ,,Đang hoạt động,\n", encoding="utf-8")
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        table = composition.ports[REGISTER_TABLES].open(path, path.name)
        report = await import_register(unit, composition.ports[SEALER], table)

    sheet = load_workbook(BytesIO(error_sheet(composition, report))).active

    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Dòng", "Cột", "Cần sửa"],
        ["4", "identifier", "Đây không phải mã số thuế hay số định danh."],
    ]


def test_headers_are_known_folded_and_the_first_counts() -> None:
    row = ["STT", "MÃ SỐ DOANH NGHIỆP", "Tên doanh nghiệp", "Tên", "Tình trạng", None, 7]

    assert columns_of(row, {}) == {
        RegisterField.IDENTIFIER: 1,
        RegisterField.NAME: 2,
        RegisterField.STATUS: 4,
    }


def test_numbers_get_their_zeros_back_and_dates_their_day() -> None:
    from_sheet = number_in("300588569", date_in("22/11/2026") or pytest.fail("no date"))

    assert from_sheet is not None
    assert from_sheet.digits == CODE
    assert date_in("31/02/2020") is None
    assert date_in("2020-02-29") == date_in("29/02/2020")
