"""What the states of a dossier are called, and who holds it meanwhile."""

from enum import Enum
from typing import Final

import strawberry

from marketplace.kernel.i18n import Language, translate
from marketplace.registration.rules.states import DossierState
from marketplace.registration.rules.words import STATE_WORDS
from marketplace.registration.services.desk import DeskStep

S = DossierState

strawberry.enum(DossierState, name="DossierStateEnum", description="Where a dossier stands.")
strawberry.enum(
    DeskStep, name="DossierStepEnum", description="What an officer at the one-stop desk may do."
)

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
