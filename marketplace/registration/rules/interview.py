"""The interview: which questions a kind of business is asked, one group on a screen.

A step's answers are personal or not as a whole; personal ones are sealed at rest. Labels are told
by the website; here stands what can be an answer.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from marketplace.registration.rules.kinds import DossierKind

K = DossierKind


class FieldKind(StrEnum):
    """What an answer looks like."""

    TEXT = "text"
    PERSONAL_NUMBER = "personal_number"
    BIRTH_DATE = "birth_date"
    DATE = "date"
    CHOICE = "choice"
    PHONE = "phone"
    EMAIL = "email"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"
    TICK = "tick"
    COMMUNE = "commune"
    INDUSTRIES = "industries"


@dataclass(frozen=True, slots=True)
class Field:
    """One question."""

    name: str
    kind: FieldKind
    is_required: bool = True
    longest: int = 200
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A group of questions on one screen; `rows` are asked about several people."""

    name: str
    fields: tuple[Field, ...] = ()
    rows: tuple[Field, ...] = ()
    is_personal: bool = False
    fewest_rows: int = 0
    most_rows: int = 0


F = FieldKind
SEXES: Final = ("female", "male")
RELATIONS: Final = ("spouse", "child", "parent", "sibling", "other")
TAX_METHODS: Final = ("declared", "each_time")
VAT_METHODS: Final = ("credit", "direct")
ROLES: Final = ("owner", "director", "chair", "representative")

_PERSON: Final = Step(
    "person",
    (
        Field("personalNumber", F.PERSONAL_NUMBER),
        Field("fullName", F.TEXT, longest=80),
        Field("birthDate", F.BIRTH_DATE),
        Field("sex", F.CHOICE, choices=SEXES),
        Field("phone", F.PHONE),
        Field("email", F.EMAIL, is_required=False),
    ),
    is_personal=True,
)
_HOME: Final = Step(
    "home",
    (
        Field("residence", F.TEXT, longest=250),
        Field("currentResidence", F.TEXT, is_required=False, longest=250),
        # Sensitive data (Decree 356/2025/NĐ-CP art. 4): for the printed form alone, never required.
        Field("ethnicity", F.TEXT, is_required=False, longest=40),
    ),
    is_personal=True,
)
_NAME: Final = Step(
    "name",
    (
        Field("name", F.TEXT, longest=150),
        Field("hasConsent", F.TICK, is_required=False),
    ),
)
_PLACE: Final = Step(
    "place",
    (
        Field("commune", F.COMMUNE),
        Field("hamlet", F.TEXT, longest=120),
    ),
)
_WORK: Final = Step("work", (Field("industries", F.INDUSTRIES),))
_HOUSEHOLD_MEANS: Final = Step(
    "means",
    (
        Field("capital", F.MONEY),
        Field("startsOn", F.DATE),
        Field("workers", F.NUMBER),
        Field("taxMethod", F.CHOICE, choices=TAX_METHODS),
    ),
)
_COMPANY_MEANS: Final = Step(
    "means",
    (
        Field("capital", F.MONEY),
        Field("workers", F.NUMBER),
        Field("vatMethod", F.CHOICE, choices=VAT_METHODS),
        Field("accountant", F.TEXT, is_required=False, longest=80),
    ),
)
_PARTNER: Final = (
    Field("fullName", F.TEXT, longest=80),
    Field("birthDate", F.BIRTH_DATE),
    Field("personalNumber", F.PERSONAL_NUMBER),
)
_FAMILY: Final = Step(
    "family",
    rows=(*_PARTNER, Field("relation", F.CHOICE, choices=RELATIONS), Field("share", F.MONEY)),
    is_personal=True,
    most_rows=10,
)


def _partners(name: str, fewest: int) -> Step:
    rows = (*_PARTNER, Field("share", F.MONEY))
    return Step(name, rows=rows, is_personal=True, fewest_rows=fewest, most_rows=50)


_HEAD: Final = Step(
    "head",
    (Field("headName", F.TEXT, longest=80), Field("headRole", F.CHOICE, choices=ROLES)),
    is_personal=True,
)
_COMPANY: Final = (_PERSON, _HOME, _NAME, _PLACE, _WORK, _COMPANY_MEANS)

STEPS: Final[dict[DossierKind, tuple[Step, ...]]] = {
    K.HOUSEHOLD: (_PERSON, _HOME, _NAME, _PLACE, _WORK, _HOUSEHOLD_MEANS, _FAMILY),
    K.PRIVATE_ENTERPRISE: _COMPANY,
    K.LLC_ONE_MEMBER: (*_COMPANY, _HEAD),
    K.LLC: (*_COMPANY, _HEAD, _partners("members", 2)),
    K.JOINT_STOCK: (*_COMPANY, _HEAD, _partners("shareholders", 3)),
    # Five founders at least (Law on Co-operatives 17/2023/QH15).
    K.COOPERATIVE: (*_COMPANY, _HEAD, _partners("members", 5)),
}


def step_of(kind: DossierKind, name: str) -> Step | None:
    """The step of that name in the kind's interview."""
    return next((step for step in STEPS[kind] if step.name == name), None)
