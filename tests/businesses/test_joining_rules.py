"""The rules of joining: numbers, names of accounts, the checklist, and the levels."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.rules import banks, identifiers, joining, verification
from businesses.rules.businesses import BusinessKind
from businesses.rules.identifiers import IdentifierKind
from businesses.rules.joining import Facts, JoiningStep, Requirement
from businesses.rules.verification import VerificationChannel as Channel

TODAY = date(2026, 11, 22)
NUMBER = "006 085 123 456"


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        ("0100109106", IdentifierKind.TAX_CODE, "0100109106"),
        ("0300588569 ", IdentifierKind.TAX_CODE, "0300588569"),
        ("0100109106-011", IdentifierKind.TAX_CODE, "0100109106-011"),
        (NUMBER, IdentifierKind.PERSONAL_NUMBER, "•••• •••• 3456"),
    ],
)
def test_numbers_of_the_state_are_known(typed: str, kind: IdentifierKind, shown: str) -> None:
    number = identifiers.read_number(typed, TODAY)

    assert number is not None
    assert (number.kind, number.masked) == (kind, shown)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0100109107",
        "0100109106-000",
        "0000000000",
        "106085123456",
        "006399123456",
        "٠١٠٠١٠٩١٠٦",
    ],
)
def test_numbers_no_register_gave_out_are_not(typed: str) -> None:
    assert identifiers.read_number(typed, TODAY) is None


@given(st.text(max_size=30))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    number = identifiers.read_number(typed, TODAY)

    assert number is None or number.digits.isdecimal()


@pytest.mark.parametrize(
    ("holder", "name", "is_same"),
    [
        ("NONG THI MAI", "Nông Thị Mai", True),
        ("HTX MIEN DONG CON MINH", "Hợp tác xã Miến dong Côn Minh", True),
        ("CTY TNHH BA BE", "Công ty Trách nhiệm hữu hạn Ba Bể", True),
        ("NONG THI MAY", "Nông Thị Mai", False),
        ("", "", False),
    ],
)
def test_banks_write_names_their_own_way(holder: str, name: str, *, is_same: bool) -> None:
    assert banks.is_same_holder(holder, name) is is_same


def test_each_kind_is_asked_what_it_needs_and_no_more() -> None:
    asked = {
        kind: {need.requirement for need in joining.needs_of(kind) if need.is_required}
        for kind in BusinessKind
    }

    for kind, needs in asked.items():
        assert {Requirement.NAME, Requirement.IDENTIFIER, Requirement.BANK_ACCOUNT} <= needs
        is_person = Requirement.BIRTH_DATE in needs
        assert is_person is (IdentifierKind.PERSONAL_NUMBER in identifiers.ACCEPTED[kind])
        certificates = needs & joining.CERTIFICATES
        assert len(certificates) == (0 if kind is BusinessKind.INDIVIDUAL else 1)


def test_an_expired_licence_is_missing() -> None:
    everything = frozenset(Requirement)
    fine = joining.checklist_of(Facts(BusinessKind.HOUSEHOLD, everything))
    late = joining.checklist_of(Facts(BusinessKind.HOUSEHOLD, everything, has_expired_licence=True))

    assert joining.missing_of(fine) == ()
    assert [need.requirement for need in joining.missing_of(late)] == [Requirement.LICENCES]
    assert joining.missing_of(late)[0].step is JoiningStep.PAPERS


@pytest.mark.parametrize(
    ("passed", "is_verified", "level"),
    [
        (set(), False, 0),
        ({Channel.LICENCE}, False, 0),
        ({Channel.REGISTRY}, False, 1),
        ({Channel.REGISTRY, Channel.IDENTITY}, False, 1),
        ({Channel.REGISTRY, Channel.IDENTITY}, True, 2),
        ({Channel.REGISTRY, Channel.CERTIFICATE}, True, 3),
        ({Channel.REGISTRY, Channel.CERTIFICATE, Channel.LICENCE}, True, 4),
        ({Channel.CERTIFICATE, Channel.LICENCE}, True, 1),
    ],
)
def test_levels_are_worth_their_checks(
    passed: set[Channel], level: int, *, is_verified: bool
) -> None:
    assert verification.level_of(passed, is_verified=is_verified) == level
