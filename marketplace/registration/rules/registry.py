"""What a business registry says (docs/guides/registry.md), and when that opens a business."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from businesses.rules.lookup import RegisterStatus, same_name, status_of
from marketplace.kernel.text import fold, nfc

STATUS_CHANGED: Final = "dossier.status_changed"
DECIDED: Final = frozenset({9, 10})
_LONGEST: Final = 300
_MOST_SEQ: Final = 2**31 - 1


class UnreadableAnswerError(Exception):
    """What a registry said is not what the contract has."""


class ActivationWhyNot(StrEnum):
    """Why a decided dossier does not open its business by itself; an officer reads this."""

    NOT_DECIDED = "not_decided"
    NO_CODE = "no_code"
    NO_COMPANY = "no_company"
    COMPANY_NOT_ACTIVE = "company_not_active"
    OTHER_NAME = "other_name"
    OTHER_REPRESENTATIVE = "other_representative"
    OTHER_ADDRESS = "other_address"
    CODE_TAKEN = "code_taken"
    OTHER_PERSON = "other_person"
    BUSINESS_NOT_OPEN = "business_not_open"


@dataclass(frozen=True, slots=True)
class Filing:
    """A dossier as it is handed to a registry."""

    our_code: str
    nonce: str
    kind: str
    name: str
    representative: str
    address: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says a dossier has come to: a message, or the registry when asked."""

    code: str
    our_code: str
    nonce: str
    status: int
    seq: int
    at: datetime
    note: str = ""
    result_code: str | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """What the register says of a business."""

    code: str
    name: str
    representative: str
    address: str
    status: str


def read_claim(told: Mapping[str, Any]) -> Claim:
    """A dossier in an answer or a message.

    Raises:
        UnreadableAnswerError: something is missing or of another kind.
    """
    result_code = told.get("result_code")
    return Claim(
        code=_text(told, "code") if "code" in told else _text(told, "dossier"),
        our_code=_text(told, "our_code"),
        nonce=_text(told, "nonce"),
        status=_number(told, "status"),
        seq=_number(told, "seq"),
        at=_moment(told, "at"),
        note=_text(told, "note") if told.get("note") else "",
        result_code=None if result_code is None else _text(told, "result_code"),
    )


def read_company(told: Mapping[str, Any]) -> Company:
    """A business in an answer of the register.

    Raises:
        UnreadableAnswerError: something is missing or of another kind.
    """
    keys = ("code", "name", "representative", "address", "status")
    return Company(*(_text(told, key) for key in keys))


def objection_to(
    company: Company | None,
    *,
    code: str,
    name: str,
    representative: str,
    commune: str,
) -> ActivationWhyNot | None:
    """Why the register's entry is not the business of the dossier; None when it is.

    Names are compared without marks and case. Of an address only the commune counts: it was
    rewritten all over on 1 July 2025.
    """
    if company is None or company.code != code:
        return ActivationWhyNot.NO_COMPANY
    if status_of(company.status) is not RegisterStatus.OPERATING:
        return ActivationWhyNot.COMPANY_NOT_ACTIVE
    if not same_name(name, company.name):
        return ActivationWhyNot.OTHER_NAME
    if not is_same_person(representative, company.representative):
        return ActivationWhyNot.OTHER_REPRESENTATIVE
    if not commune or fold(nfc(commune)) not in fold(nfc(company.address)):
        return ActivationWhyNot.OTHER_ADDRESS
    return None


def is_same_person(ours: str, theirs: str) -> bool:
    """Whether two spellings are one person's name."""
    folded = " ".join(fold(nfc(ours)).split())
    return bool(folded) and folded == " ".join(fold(nfc(theirs)).split())


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise UnreadableAnswerError(key)
    return nfc(value)


def _number(told: Mapping[str, Any], key: str) -> int:
    value = told.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_SEQ:
        raise UnreadableAnswerError(key)
    return value


def _moment(told: Mapping[str, Any], key: str) -> datetime:
    try:
        at = datetime.fromisoformat(_text(told, key))
    except ValueError:
        raise UnreadableAnswerError(key) from None
    if at.tzinfo is None:
        raise UnreadableAnswerError(key)
    return at
