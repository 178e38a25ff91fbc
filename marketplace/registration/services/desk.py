"""What an officer at the one-stop desk does to a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import update

from marketplace.kernel.errors import NotFoundError, NotPermittedError, NotSignedInError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.registration import policies, queries
from marketplace.registration.errors import InvalidDossierError
from marketplace.registration.models import Dossier, DossierDocument
from marketplace.registration.services.dossiers import Desk
from marketplace.registration.services.filing import keep_receipt, papers_for
from marketplace.registration.services.machine import Told, advance
from marketplace.registration.services.sealed import open_steps
from marketplace.registration.services.statuses import seal_result

DESK_SOURCE: Final = "desk"
LONGEST_NOTE: Final = 2000


class DeskStep(StrEnum):
    """What an officer may do, by the names of the machine."""

    RECEIVE = "receive"
    REFUSE_RECEIPT = "refuse_receipt"
    PROCESS = "process"
    ASK_SUPPLEMENT = "ask_supplement"
    ASK_PAYMENT = "ask_payment"
    DECIDE = "decide"
    HAND_OVER = "hand_over"
    STOP = "stop"


# Whoever is sent away or asked for something is told why, all at once (art. 32.1).
_EXPLAINED: Final = frozenset(
    {DeskStep.REFUSE_RECEIPT, DeskStep.ASK_SUPPLEMENT, DeskStep.ASK_PAYMENT, DeskStep.STOP}
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What goes with a step: words, a receipt number, a result, papers that are wrong."""

    note: str = ""
    receipt: str | None = None
    result_code: str | None = None
    wrong_papers: Sequence[str] = ()


async def handle_dossier(
    unit: UnitOfWork, desk: Desk, dossier_id: UUID, step: DeskStep, decision: Decision
) -> Dossier:
    """Receive, examine, send back, approve or refuse a dossier of one's office.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is no such dossier, or it is another office's.
        NotPermittedError: it is one's own.
        InvalidDossierError: a reason, receipt number or result code is missing or wrong.
        WrongStateError: its state does not allow it.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    dossier = await unit.session.scalar(queries.dossier_for_change(dossier_id))
    if dossier is None or dossier.filed_at is None:
        raise NotFoundError(_("There is no such dossier."), field="id")
    roles = policies.roles(unit.viewer, dossier)
    if policies.is_applicant(unit.viewer, dossier):
        raise NotPermittedError
    if policies.OFFICER not in roles:
        raise NotFoundError(_("There is no such dossier."), field="id")
    note = nfc(decision.note)[:LONGEST_NOTE]
    if step in _EXPLAINED and not note:
        raise InvalidDossierError(_("Please write what is the matter."), field="note")
    if step is DeskStep.DECIDE:
        code = decision.result_code or ""
        result = seal_result(desk.sealer, code, unit.now)
        dossier.result_sealed, dossier.result_masked = result.sealed, result.masked
    if step is DeskStep.RECEIVE:
        await keep_receipt(
            unit, dossier, decision.receipt or dossier.external_code or dossier.our_code
        )
    if step is DeskStep.ASK_SUPPLEMENT:
        await _mark_papers(unit, desk, dossier, decision.wrong_papers)
    await advance(unit, dossier, step.value, roles=roles, told=Told(DESK_SOURCE, note=note))
    return dossier


async def _mark_papers(
    unit: UnitOfWork, desk: Desk, dossier: Dossier, codes: Sequence[str]
) -> None:
    """Say of which papers something is wrong."""
    needed = {
        paper.code for paper in papers_for(desk.book, dossier, open_steps(desk.sealer, dossier))
    }
    if unknown := sorted(set(codes) - needed):
        raise InvalidDossierError(
            _("The dossier has no such paper: {codes}."),
            field="wrongPapers",
            codes=", ".join(unknown),
        )
    await unit.session.execute(
        update(DossierDocument)
        .where(DossierDocument.dossier_id == dossier.id)
        .values(is_wrong=DossierDocument.paper.in_(codes))
        .execution_options(synchronize_session=False),
    )
