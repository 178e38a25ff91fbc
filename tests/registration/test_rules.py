"""Names, answers, statuses: what the law and the notes say, as cases."""

from datetime import date

import pytest

from marketplace.app.seeding.book import read_book
from marketplace.registration.rules.answers import read_step
from marketplace.registration.rules.interview import STEPS, step_of
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.names import look_alikes, name_key
from marketplace.registration.rules.states import FINAL, LEGAL, STATUS_OF_STATE, way_to
from tests.house.sources import ROOT

BOOK = read_book(ROOT / "provinces" / "bac-kan")
TODAY = date(2026, 11, 22)
HOUSEHOLD = DossierKind.HOUSEHOLD


@pytest.mark.parametrize(
    ("_case", "typed", "has_consent", "code"),
    [
        ("fine", "Miến Bà Mặn", False, None),
        ("with its kind in front", "hộ kinh doanh Miến Bà Mặn", False, None),
        ("a forbidden word", "Công Ty Bà Mặn", False, "FORBIDDEN_WORD"),
        ("a forbidden word without marks", "cong-ty ba man", False, "FORBIDDEN_WORD"),
        ("a forbidden word inside another", "Đồng Công Tyren", False, None),
        ("a protected indication", "Miến dong Bắc Kạn Bà Mặn", False, "PROTECTED_NAME"),
        ("a protected indication with consent", "Miến dong Bắc Kạn Bà Mặn", True, None),
        ("only its kind", "Hộ kinh doanh", False, "REQUIRED"),
        ("one letter", "M", False, "REQUIRED"),
        ("signs only", "--- 12", False, "REQUIRED"),
        ("too long", "M" * 151, False, "INVALID"),
    ],
)
def test_a_name(_case: str, typed: str, has_consent: bool, code: str | None) -> None:
    problems = BOOK.naming.problems(HOUSEHOLD, typed, has_consent=has_consent)

    assert [each.code for each in problems] == ([] if code is None else [code])


def test_the_kind_stands_in_front_once() -> None:
    for typed in ("Miến Bà Mặn", "Hộ kinh doanh Miến Bà Mặn", "HỘ KINH DOANH Miến Bà Mặn"):
        assert BOOK.naming.full_name(HOUSEHOLD, typed) == "Hộ kinh doanh Miến Bà Mặn"


def test_equal_names_share_a_key_and_look_alikes_do_not() -> None:
    assert name_key("Miến  Bà-Mặn") == name_key("mien ba man")
    assert look_alikes("Miến Bà Mặn", ["Miến Bà Mẫn", "Miến Bà Mạn 2", "Trà Bằng Phúc"]) == [
        "Miến Bà Mạn 2"
    ]


PERSON = {
    "personalNumber": "006 190 000 812",
    "fullName": "Nông Thị Mặn",
    "birthDate": "5/9/1990",
    "sex": "female",
    "phone": "0912 345 678",
    "email": "",
}


def codes(step: str, **typed: str) -> dict[str | None, str]:
    found = step_of(HOUSEHOLD, step)
    assert found is not None
    _answers, problems = read_step(found, typed, TODAY)
    return {each.field: each.code for each in problems}


def test_answers_are_kept_in_one_form() -> None:
    step = step_of(HOUSEHOLD, "person")
    assert step is not None
    answers, problems = read_step(step, PERSON, TODAY)

    assert problems == ()
    assert answers == {
        "personalNumber": "006190000812",
        "fullName": "Nông Thị Mặn",
        "birthDate": "1990-09-05",
        "sex": "female",
        "phone": "+84912345678",
        "email": "",
    }


@pytest.mark.parametrize(
    ("_case", "changed", "field", "code"),
    [
        ("eleven digits", {"personalNumber": "00619000081"}, "personalNumber", "INVALID"),
        ("a tax code", {"personalNumber": "0100109106"}, "personalNumber", "INVALID"),
        ("nothing", {"personalNumber": ""}, "personalNumber", "REQUIRED"),
        ("a minor", {"birthDate": "23/11/2008"}, "birthDate", "INVALID"),
        ("no such day", {"birthDate": "31/2/1990"}, "birthDate", "INVALID"),
        ("another year than the number's", {"birthDate": "5/9/1991"}, "birthDate", "CONTRADICTION"),
        ("a choice that is none", {"sex": "x"}, "sex", "INVALID"),
        ("a telephone too short", {"phone": "0912"}, "phone", "INVALID"),
        ("an address that is none", {"email": "mai@"}, "email", "INVALID"),
        ("a name too long", {"fullName": "M" * 81}, "fullName", "INVALID"),
    ],
)
def test_a_wrong_answer_names_its_field(
    _case: str, changed: dict[str, str], field: str, code: str
) -> None:
    assert codes("person", **(PERSON | changed)) == {field: code}


@pytest.mark.parametrize(
    ("typed", "is_fine"),
    [("20.000.000", True), ("20 000 000 ₫", True), ("5000000 VNĐ", True), ("0", False),
     ("-5", False), ("nhiều", False), ("٣٣", False)],
)  # fmt: skip
def test_money(typed: str, is_fine: bool) -> None:
    means = {"startsOn": "1/12/2026", "workers": "2", "taxMethod": "declared", "capital": typed}

    assert codes("means", **means) == ({} if is_fine else {"capital": "INVALID"})


def test_people_are_asked_about_in_rows() -> None:
    row = {
        "0.fullName": "Nông Văn Tài",
        "0.birthDate": "1/1/1988",
        "0.personalNumber": "006088000001",
        "0.relation": "spouse",
        "0.share": "10.000.000",
    }

    assert codes("family") == {}
    assert codes("family", **row) == {}
    assert codes("family", **(row | {"0.share": ""})) == {"0.share": "REQUIRED"}
    twice = row | {key.replace("0.", "1."): value for key, value in row.items()}
    assert codes("family", **twice) == {"1.personalNumber": "CONTRADICTION"}


def test_a_company_needs_its_members() -> None:
    step = step_of(DossierKind.JOINT_STOCK, "shareholders")
    assert step is not None
    _answers, problems = read_step(step, {}, TODAY)

    assert [(each.code, each.parameters) for each in problems] == [("TOO_FEW", {"count": 3})]


@pytest.mark.parametrize(
    ("here", "target", "way"),
    [
        (1, 2, (2,)),
        (1, 9, (2, 9)),
        (1, 10, (2, 9, 10)),
        (4, 10, (9, 10)),
        (5, 9, (2, 9)),
        (1, 8, (2, 8)),
        (4, 2, None),
        (2, 1, None),
        (9, 4, None),
        (3, 2, None),
        (10, 9, None),
        (7, 2, None),
        (8, 9, None),
    ],
)
def test_a_way_leads_forward_or_nowhere(
    here: int, target: int, way: tuple[int, ...] | None
) -> None:
    assert way_to(here, target) == way


def test_nothing_leads_out_of_a_final_state() -> None:
    for state in FINAL & set(STATUS_OF_STATE):
        assert all(way_to(STATUS_OF_STATE[state], target) is None for target in LEGAL)


def test_every_kind_has_a_guide_and_an_interview() -> None:
    assert set(BOOK.guides) == set(DossierKind) == set(STEPS)
    for guide in BOOK.guides.values():
        assert guide.working_days > 0
        assert guide.papers[0].code == "application"
        for words in (guide.name, guide.summary, guide.slugs, guide.authority):
            assert words["vi"]
            assert words["en"]
