"""What the states of a dossier are called."""

from typing import Final

from marketplace.kernel.i18n import _
from marketplace.registration.rules.states import DossierState

S = DossierState

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
