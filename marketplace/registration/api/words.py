"""What the states of a dossier are called, and who holds it meanwhile."""

from enum import Enum
from typing import Final

import strawberry

from marketplace.kernel.i18n import Language, _, translate
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.desk import DeskStep

S = DossierState

strawberry.enum(DossierState, name="DossierStateEnum", description="Where a dossier stands.")
strawberry.enum(
    DeskStep, name="DossierStepEnum", description="What an officer at the one-stop desk may do."
)

STATE_WORDS: Final = {
    S.DRAFT: _("Being filled in"),
    S.READY: _("Complete, not filed yet"),
    S.SUBMITTED: _("Handed in, waiting to be received"),
    S.RECEIVED: _("Received"),
    S.NOT_RECEIVED: _("Not accepted"),
    S.PROCESSING: _("Being examined"),
    S.SUPPLEMENT_REQUIRED: _("Something has to be mended"),
    S.PAYMENT_REQUIRED: _("A fee has to be paid"),
    S.WITHDRAWN: _("Withdrawn"),
    S.STOPPED: _("Refused"),
    S.DECIDED: _("Approved"),
    S.RETURNED: _("Approved, the result was handed over"),
    S.VOID: _("No longer valid"),
}
_WAITS_FOR_APPLICANT: Final = frozenset(
    {S.DRAFT, S.READY, S.SUPPLEMENT_REQUIRED, S.PAYMENT_REQUIRED}
)


class HolderEnum(Enum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    COMMUNE = "commune"
    PROVINCE = "province"
    NOBODY = "nobody"


strawberry.enum(HolderEnum, name="DossierHolderEnum", description="Whose turn it is.")
_OFFICE: Final = frozenset({S.SUBMITTED, S.RECEIVED, S.PROCESSING, S.DECIDED})


def state_text(state: DossierState, language: Language) -> str:
    """The state in words."""
    return translate(STATE_WORDS[state], language)


def holder_of(state: DossierState, *, is_of_commune: bool) -> HolderEnum:
    """Who has to do something next."""
    if state in _WAITS_FOR_APPLICANT:
        return HolderEnum.APPLICANT
    if state in _OFFICE:
        return HolderEnum.COMMUNE if is_of_commune else HolderEnum.PROVINCE
    return HolderEnum.NOBODY
