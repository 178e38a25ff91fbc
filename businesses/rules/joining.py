"""What each kind of seller has to show before it may sell, and on which step it is asked.

One table, so that the wizard, the checklist and the officer's desk cannot disagree. `basis` is the
code of the source in the law's table (`marketplace.law`), where its article and dates stand.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from businesses.rules.businesses import BusinessKind
from marketplace.kernel.i18n import _

K = BusinessKind
# Domain notes, 8: drafts that nobody goes on with are put away.
DRAFT_LIFETIME: Final = timedelta(days=180)


class JoiningStep(StrEnum):
    """One page of the wizard."""

    PROFILE = "profile"
    IDENTITY = "identity"
    BANK = "bank"
    PAPERS = "papers"
    CHECK = "check"


class Requirement(StrEnum):
    """One thing that has to be shown."""

    NAME = "name"
    PLACE = "place"
    IDENTIFIER = "identifier"
    REPRESENTATIVE = "representative"
    BIRTH_DATE = "birth_date"
    BANK_ACCOUNT = "bank_account"
    HOUSEHOLD_REGISTRATION = "household_registration"
    GROUP_CONTRACT = "group_contract"
    COOPERATIVE_REGISTRATION = "cooperative_registration"
    ENTERPRISE_REGISTRATION = "enterprise_registration"
    FOUNDING_DECISION = "founding_decision"
    COMMUNE_CONFIRMATION = "commune_confirmation"
    BANK_PAPER = "bank_paper"
    LICENCES = "licences"


R = Requirement
S = JoiningStep


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement, where it is asked and which rule asks it."""

    requirement: Requirement
    step: JoiningStep
    why: str
    basis: str | None = None
    is_required: bool = True

    @property
    def is_paper(self) -> bool:
        """Whether it is met by a file that is handed in."""
        return self.requirement in PAPERS


PAPERS: Final = frozenset(
    {
        R.HOUSEHOLD_REGISTRATION,
        R.GROUP_CONTRACT,
        R.COOPERATIVE_REGISTRATION,
        R.ENTERPRISE_REGISTRATION,
        R.FOUNDING_DECISION,
        R.COMMUNE_CONFIRMATION,
        R.BANK_PAPER,
    }
)
# The papers by which an officer can tell that a seller exists and who speaks for it.
CERTIFICATES: Final = PAPERS - {R.BANK_PAPER}

_NAME = Need(R.NAME, S.PROFILE, _("Buyers must know who sells to them."), "selling.display")
_PLACE = Need(
    R.PLACE,
    S.PROFILE,
    _("Your commune looks after you and checks your papers."),
    "selling.display",
)
_NUMBER = Need(
    R.IDENTIFIER,
    S.IDENTITY,
    _("It tells you from everybody else of the same name."),
    "selling.identity",
)
_SPEAKER = Need(
    R.REPRESENTATIVE,
    S.IDENTITY,
    _("We must know who answers for what is sold."),
    "selling.identity",
)
_BORN = Need(
    R.BIRTH_DATE, S.IDENTITY, _("The law asks for it where a person sells."), "selling.identity"
)
_BANK = Need(
    R.BANK_ACCOUNT,
    S.BANK,
    _("Buyers pay straight to you, so the account must be yours."),
)
_BANK_PAPER = Need(
    R.BANK_PAPER,
    S.PAPERS,
    _("A second proof besides your certificate: you are checked sooner."),
    is_required=False,
)
_LICENCES = Need(
    R.LICENCES,
    S.PAPERS,
    _("Some goods may only be sold with a licence that is still good."),
    "goods.food",
    is_required=False,
)
_COMMON = (_NAME, _PLACE, _NUMBER, _SPEAKER)


def _certificate(requirement: Requirement, basis: str | None, why: str) -> Need:
    return Need(requirement, S.PAPERS, why, basis)


NEEDS: Final[Mapping[BusinessKind, tuple[Need, ...]]] = {
    K.INDIVIDUAL: (
        *_COMMON,
        _BORN,
        _BANK,
        Need(
            R.COMMUNE_CONFIRMATION,
            S.PAPERS,
            _("The commune confirms that you grow or make it yourself."),
            "registration.household",
            is_required=False,
        ),
        _BANK_PAPER,
        _LICENCES,
    ),
    K.HOUSEHOLD: (
        *_COMMON,
        _BORN,
        _BANK,
        _certificate(
            R.HOUSEHOLD_REGISTRATION,
            "registration.household",
            _("It shows that the household is registered and who its head is."),
        ),
        _BANK_PAPER,
        _LICENCES,
    ),
    K.COOPERATIVE_GROUP: (
        *_COMMON,
        _BORN,
        _BANK,
        _certificate(
            R.GROUP_CONTRACT,
            "registration.cooperative",
            _("It shows who belongs to the group and who speaks for it."),
        ),
        _BANK_PAPER,
        _LICENCES,
    ),
    K.COOPERATIVE: (
        *_COMMON,
        _BANK,
        _certificate(
            R.COOPERATIVE_REGISTRATION,
            "registration.cooperative",
            _("It shows that the co-operative exists and who represents it."),
        ),
        _BANK_PAPER,
        _LICENCES,
    ),
    K.ENTERPRISE: (
        *_COMMON,
        _BANK,
        _certificate(
            R.ENTERPRISE_REGISTRATION,
            "registration.law",
            _("It shows that the enterprise exists and who represents it."),
        ),
        _BANK_PAPER,
        _LICENCES,
    ),
    K.PUBLIC_BODY: (
        *_COMMON,
        _BANK,
        _certificate(
            R.FOUNDING_DECISION,
            None,
            _("It shows which authority founded the body, and for what."),
        ),
        _BANK_PAPER,
        _LICENCES,
    ),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a business has shown so far."""

    kind: BusinessKind
    met: frozenset[Requirement]
    has_expired_licence: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A need, and whether it is met."""

    need: Need
    is_met: bool

    @property
    def is_missing(self) -> bool:
        """Whether nothing can be submitted for want of it."""
        return self.need.is_required and not self.is_met


def needs_of(kind: BusinessKind) -> tuple[Need, ...]:
    """What this kind of seller has to show, in the order it is asked."""
    return NEEDS[kind]


def need_of(kind: BusinessKind, requirement: Requirement) -> Need | None:
    """The need of that name, None when this kind is not asked for it."""
    return next((need for need in NEEDS[kind] if need.requirement is requirement), None)


def asks_for(kind: BusinessKind, requirement: Requirement) -> bool:
    """Whether this kind is asked for it at all."""
    return need_of(kind, requirement) is not None


def checklist_of(facts: Facts) -> tuple[ChecklistEntry, ...]:
    """Every need of the kind with whether it is met; an expired licence is as good as none."""
    entries = []
    for need in NEEDS[facts.kind]:
        if need.requirement is R.LICENCES:
            is_met = not facts.has_expired_licence
            is_asked = facts.has_expired_licence
            asked = Need(need.requirement, need.step, need.why, need.basis, is_asked)
            entries.append(ChecklistEntry(asked, is_met))
        else:
            entries.append(ChecklistEntry(need, need.requirement in facts.met))
    return tuple(entries)


def missing_of(entries: Collection[ChecklistEntry]) -> tuple[Need, ...]:
    """What stands between a business and its submission."""
    return tuple(entry.need for entry in entries if entry.is_missing)


def is_expired(expires_on: date | None, today: date) -> bool:
    """Whether a licence's last day has passed."""
    return expires_on is not None and expires_on < today
