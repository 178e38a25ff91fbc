"""Filling the official form in with a dossier's answers: as a sheet to print and as data.

The form is Vietnamese whatever the reader's language: that is the language of a dossier (Decree
168/2025/NĐ-CP art. 10). Numbering follows Circular 68/2025/TT-BTC, Appendix II form 1.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from marketplace.kernel.money import format_money
from marketplace.law.services.asking import day_of
from marketplace.registration.models import Dossier
from marketplace.registration.rules.form import Line, PrintedForm, Section, Table
from marketplace.registration.rules.guides import Guide, Paper
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.states import UNFILED
from marketplace.registration.services.sealed import Steps

SCHEMA_VERSION: Final = "1"
_SEX: Final = {"female": "Nữ", "male": "Nam"}
_RELATION: Final = {
    "spouse": "Vợ/chồng",
    "child": "Con",
    "parent": "Cha/mẹ",
    "sibling": "Anh/chị/em",
    "other": "Khác",
}
_TAX: Final = {
    "declared": "Kê khai theo quý hoặc tháng",
    "each_time": "Khai theo từng lần phát sinh",
    "credit": "Khấu trừ",
    "direct": "Trực tiếp",
}
_ROLE: Final = {
    "owner": "Chủ sở hữu",
    "director": "Giám đốc",
    "chair": "Chủ tịch",
    "representative": "Người đại diện theo pháp luật",
}
_PEOPLE: Final = {
    "family": "Thành viên hộ gia đình cùng góp vốn",
    "members": "Danh sách thành viên",
    "shareholders": "Danh sách cổ đông sáng lập",
}


def fill_form(
    dossier: Dossier,
    steps: Steps,
    guide: Guide,
    industries: Mapping[str, str],
    papers: tuple[tuple[Paper, bool], ...],
    now: datetime,
) -> PrintedForm:
    """The form of a dossier; what is not answered yet stays dotted."""
    is_household = dossier.kind is DossierKind.HOUSEHOLD
    person = steps.get("person", {})
    commune = steps.get("place", {}).get("commune", "")
    day = day_of(now)
    form = guide.forms[0]
    title = str(form.name["vi"]).partition(" – ")[0]
    return PrintedForm(
        code=dossier.our_code,
        title=title,
        form_name=f"{form.name['vi']} ({form.number})",
        addressee=f"Ủy ban nhân dân {commune}".strip()
        if guide.is_of_commune
        else str(guide.authority["vi"]),
        is_draft=dossier.state in UNFILED,
        sections=(
            _person(person, steps.get("home", {})),
            *_business(dossier, steps, industries, is_household=is_household),
        ),
        commitments=(
            "Cam kết những điều khai trên đây là đúng và chịu trách nhiệm trước pháp luật.",
            "Cam kết trụ sở thuộc quyền sử dụng hợp pháp và được dùng đúng mục đích.",
        ),
        signature="Chủ hộ kinh doanh" if is_household else "Người đại diện theo pháp luật",
        signer=str(person.get("fullName", "")).upper(),
        papers=tuple((str(paper.name["vi"]), is_there) for paper, is_there in papers),
        place_and_day=f"{commune or '…………'}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        printed_on=f"in ngày {day:%d/%m/%Y}",
    )


def _person(person: Steps, home: Steps) -> Section:
    return Section(
        "Tôi là:",
        (
            Line("", "Họ và tên", str(person.get("fullName", "")).upper()),
            Line("", "Sinh ngày", _day(person.get("birthDate"))),
            Line("", "Giới tính", _SEX.get(person.get("sex", ""), "")),
            Line("", "Số định danh cá nhân", str(person.get("personalNumber", ""))),
            Line("", "Dân tộc", str(home.get("ethnicity", ""))),
            Line("", "Quốc tịch", "Việt Nam"),
            Line("", "Nơi thường trú", str(home.get("residence", ""))),
            Line(
                "",
                "Nơi ở hiện tại",
                str(home.get("currentResidence") or home.get("residence", "")),
            ),
            Line("", "Điện thoại", _phone(person.get("phone", ""))),
            Line("", "Thư điện tử", str(person.get("email", ""))),
        ),
    )


def _business(
    dossier: Dossier, steps: Steps, industries: Mapping[str, str], *, is_household: bool
) -> tuple[Section, ...]:
    """Items 1 to 7, in the order of the official form."""
    place, means = steps.get("place", {}), steps.get("means", {})
    address = ", ".join(filter(None, (place.get("hamlet", ""), place.get("commune", ""))))
    what = "hộ kinh doanh" if is_household else "doanh nghiệp, hợp tác xã"
    chosen = steps.get("work", {}).get("industries", [])
    trades = Table(
        "3. Ngành, nghề kinh doanh (dòng đầu là ngành chính)",
        ("STT", "Mã ngành", "Tên ngành"),
        (1, 2, 9),
        tuple(
            (str(at), each["code"], industries.get(each["code"], ""))
            for at, each in enumerate(chosen, start=1)
        ),
    )
    fifth = (
        Line("5", "Ngày bắt đầu hoạt động", _day(means.get("startsOn")))
        if is_household
        else Line("5", "Người đại diện", _head(steps.get("head", {})))
    )
    tax = _TAX.get(means.get("taxMethod") or means.get("vatMethod"), "")
    return (
        Section(
            f"Đăng ký {what} với nội dung sau:",
            (
                Line("1", f"Tên {what}", dossier.name.upper()),
                Line("2", "Địa chỉ trụ sở", address and f"{address}, tỉnh Thái Nguyên"),
            ),
            (trades,),
        ),
        Section(
            "",
            (
                Line("4", "Vốn", _money(means.get("capital"))),
                fifth,
                Line("", "Tổng số lao động dự kiến", str(means.get("workers", ""))),
            ),
            _people(steps),
        ),
        Section("", (Line("7", "Đăng ký thuế", tax),)),
    )


def _people(steps: Steps) -> tuple[Table, ...]:
    found = []
    for name, title in _PEOPLE.items():
        rows = steps.get(name, {}).get("rows", [])
        if rows:
            found.append(
                Table(
                    f"6. {title}",
                    ("STT", "Họ và tên", "Ngày sinh", "Số định danh", "Quan hệ", "Vốn góp"),
                    (1, 4, 2, 3, 2, 3),
                    tuple(_row(at, row) for at, row in enumerate(rows, start=1)),
                )
            )
    return tuple(found)


def _row(at: int, row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        str(at),
        str(row["fullName"]),
        _day(row["birthDate"]),
        str(row["personalNumber"]),
        _RELATION.get(row.get("relation", ""), ""),
        _money(row["share"]),
    )


def structured(
    dossier: Dossier, steps: Steps, industries: Mapping[str, str], now: datetime
) -> dict[str, Any]:
    """The dossier as data, by the schema of docs/guides/dossier.schema.json."""
    work = steps.get("work", {}).get("industries", [])
    return {
        "schemaVersion": SCHEMA_VERSION,
        "code": dossier.our_code,
        "kind": dossier.kind.value,
        "state": dossier.state.value,
        "name": dossier.name,
        "exportedAt": now.isoformat(),
        "answers": {
            **{name: each for name, each in steps.items() if name != "work"},
            "work": {
                "industries": [{**each, "name": industries.get(each["code"], "")} for each in work],
            },
        },
    }


def _day(value: object) -> str:
    return f"{date.fromisoformat(value):%d/%m/%Y}" if isinstance(value, str) and value else ""


def _money(value: object) -> str:
    return format_money(value) if isinstance(value, int) else ""


def _phone(value: str) -> str:
    return f"0{value[3:]}" if value.startswith("+84") else value


def _head(head: Steps) -> str:
    parts = (head.get("headName", ""), _ROLE.get(head.get("headRole", ""), ""))
    return ", ".join(part for part in parts if part)
