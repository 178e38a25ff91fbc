"""The machine that moves dossiers, the clock that runs meanwhile, and the log of it all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, move
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.law.rules import first_counted_day, working_days_after, working_days_between
from marketplace.law.services.asking import calendar_from, day_of
from marketplace.registration.events import DossierApproved, DossierMoved
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.policies import APPLICANT, OFFICER
from marketplace.registration.rules.states import (
    CLOCK_RUNNING,
    CLOCK_STOPPED,
    FINAL,
    STATUS_OF_STATE,
    DossierState,
)

S = DossierState
DRAFT_DAYS: Final = 180
SUPPLEMENT_DAYS: Final = 60
SYSTEM_SOURCE: Final = "system"

_OWN: Final = frozenset({APPLICANT})
_DESK: Final = frozenset({OFFICER, SYSTEM_ROLE})
_ANYBODY: Final = _OWN | _DESK


async def _tell_lapse(unit: UnitOfWork, dossier: Dossier) -> None:
    _end(unit, dossier, S.DRAFT)


async def _tell_expiry(unit: UnitOfWork, dossier: Dossier) -> None:
    _end(unit, dossier, S.SUPPLEMENT_REQUIRED)


def _end(unit: UnitOfWork, dossier: Dossier, source: DossierState) -> None:
    dossier.ended_at = unit.now
    unit.session.add(
        DossierEvent(
            dossier_id=dossier.id,
            source=SYSTEM_SOURCE,
            from_state=source,
            to_state=S.VOID,
            at=unit.now,
        )
    )
    unit.announce(DossierMoved(dossier.id, source, S.VOID))


MACHINE: Final = Machine(
    "dossier",
    Dossier,
    (
        Transition(
            "complete", (S.DRAFT,), S.READY, _OWN, deadline=timedelta(DRAFT_DAYS), on_due="lapse"
        ),
        Transition(
            "reopen", (S.READY,), S.DRAFT, _OWN, deadline=timedelta(DRAFT_DAYS), on_due="lapse"
        ),
        Transition("submit", (S.READY,), S.SUBMITTED, _OWN | {SYSTEM_ROLE}),
        Transition("receive", (S.SUBMITTED, S.SUPPLEMENT_REQUIRED), S.RECEIVED, _DESK),
        Transition("refuse_receipt", (S.SUBMITTED,), S.NOT_RECEIVED, _DESK),
        Transition(
            "process",
            (S.SUBMITTED, S.RECEIVED, S.SUPPLEMENT_REQUIRED, S.PAYMENT_REQUIRED),
            S.PROCESSING,
            _DESK,
        ),
        Transition(
            "ask_supplement",
            (S.SUBMITTED, S.RECEIVED, S.PROCESSING),
            S.SUPPLEMENT_REQUIRED,
            _DESK,
            deadline=timedelta(SUPPLEMENT_DAYS),
            on_due="expire",
        ),
        Transition("ask_payment", (S.RECEIVED, S.PROCESSING), S.PAYMENT_REQUIRED, _DESK),
        Transition(
            "withdraw",
            (S.SUBMITTED, S.RECEIVED, S.PROCESSING, S.SUPPLEMENT_REQUIRED, S.PAYMENT_REQUIRED),
            S.WITHDRAWN,
            _ANYBODY,
        ),
        Transition(
            "stop",
            (S.RECEIVED, S.PROCESSING, S.SUPPLEMENT_REQUIRED, S.PAYMENT_REQUIRED),
            S.STOPPED,
            _DESK,
        ),
        Transition("decide", (S.RECEIVED, S.PROCESSING, S.PAYMENT_REQUIRED), S.DECIDED, _DESK),
        Transition("hand_over", (S.DECIDED,), S.RETURNED, _DESK),
        Transition("discard", (S.DRAFT, S.READY), S.VOID, _OWN),
        Transition(
            "lapse", (S.DRAFT, S.READY), S.VOID, frozenset({SYSTEM_ROLE}), effects=(_tell_lapse,)
        ),
        Transition(
            "expire",
            (S.SUPPLEMENT_REQUIRED,),
            S.VOID,
            frozenset({SYSTEM_ROLE}),
            effects=(_tell_expiry,),
        ),
    ),
)
TRANSITION_INTO: Final = {
    transition.target: transition.name
    for transition in MACHINE.transitions
    if transition.target in STATUS_OF_STATE
}


@dataclass(frozen=True, slots=True)
class Told:
    """Who says that a dossier moves, and with which words."""

    source: str
    note: str = ""
    message_id: str | None = None
    seq: int | None = None
    at: datetime | None = None
    due_at: datetime | None = None


async def advance(
    unit: UnitOfWork, dossier: Dossier, name: str, *, roles: frozenset[str], told: Told
) -> None:
    """Move a dossier, set its clock, write the log and announce it.

    Raises:
        NotPermittedError: none of the roles may do this.
        WrongStateError: the dossier is not in a state from which this can be done.
        StaleError: somebody else moved it in the meantime.
    """
    source = dossier.state
    due_at = told.due_at
    if name == "ask_supplement" and due_at is None and dossier.supplement_days:
        due_at = unit.now + timedelta(days=dossier.supplement_days)
    await move(unit, MACHINE, dossier, name, roles=roles, due_at=due_at, reason_code=told.source)
    dossier.external_status = STATUS_OF_STATE.get(dossier.state)
    dossier.reminded_at = None
    if dossier.state in FINAL:
        dossier.ended_at = unit.now
    await _set_clock(unit, dossier, source)
    unit.session.add(
        DossierEvent(
            dossier_id=dossier.id,
            source=told.source,
            message_id=told.message_id,
            ext_seq=told.seq,
            ext_at=told.at,
            from_state=source,
            to_state=dossier.state,
            note=told.note,
            actor_id=unit.viewer.user_id,
            at=unit.now,
        )
    )
    unit.announce(DossierMoved(dossier.id, source, dossier.state))
    if dossier.state is S.DECIDED and dossier.result_sealed is not None:
        unit.announce(DossierApproved(dossier.id))


async def _set_clock(unit: UnitOfWork, dossier: Dossier, source: DossierState) -> None:
    """The office's time limit in working days; it stands still while the applicant has to act.

    The limit runs from the day a complete dossier was received (Decree 168/2025/NĐ-CP art. 99.3).
    """
    today = day_of(unit.now)
    calendar = await calendar_from(unit.session, today - timedelta(days=31))
    if dossier.state in CLOCK_STOPPED and source not in CLOCK_STOPPED:
        end = dossier.expected_on
        left = dossier.working_days if end is None else working_days_between(today, end, calendar)
        dossier.clock_stopped_at, dossier.days_left = unit.now, max(1, left)
        dossier.expected_on = None
    elif dossier.state in CLOCK_RUNNING and dossier.expected_on is None:
        days = dossier.days_left or dossier.working_days
        start = first_counted_day(unit.now, calendar)
        dossier.expected_on = working_days_after(start, days, calendar)
        dossier.clock_stopped_at = dossier.days_left = None
