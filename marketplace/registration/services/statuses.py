"""What a registry tells about a dossier: applied when newer and legal, else only written down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.rules.identifiers import read_number
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.transitions import SYSTEM_ROLE
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.law.services.asking import day_of
from marketplace.registration import queries
from marketplace.registration.errors import InvalidDossierError
from marketplace.registration.events import DossierApproved
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.rules.states import (
    FINAL,
    STATE_OF_STATUS,
    STATUS_OF_STATE,
    UNFILED,
    DossierState,
    way_to,
)
from marketplace.registration.services.machine import TRANSITION_INTO, Told, advance

_SYSTEM: Final = frozenset({SYSTEM_ROLE})


class WhyNot(StrEnum):
    """Why what was told did not count."""

    REPEATED = "repeated"
    OLDER = "older"
    SAME = "same"
    ILLEGAL = "illegal"
    FINAL = "final"
    NOT_FILED = "not_filed"
    UNKNOWN_STATUS = "unknown_status"
    NOT_CONFIRMED = "not_confirmed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a status that was told."""

    dossier: Dossier
    is_applied: bool
    why_not: WhyNot | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The code of the new business, sealed: that of a household is its head's personal number."""

    sealed: bytes
    masked: str


def seal_result(sealer: Sealer, code: str, now: datetime) -> Result:
    """The code of a new business as it may be kept.

    Raises:
        InvalidDossierError: no register can have given it out.
    """
    number = read_number(code, day_of(now))
    if number is None:
        raise InvalidDossierError(
            _("This is not a tax code or personal number; please check its digits."),
            field="resultCode",
        )
    return Result(sealer.seal(number.digits.encode()), number.masked)


def result_code_of(sealer: Sealer, dossier: Dossier) -> str | None:
    """The code of the new business, for whoever activates it."""
    sealed = dossier.result_sealed
    return None if sealed is None else sealer.open(sealed).decode()


async def apply_external_status(
    unit: UnitOfWork,
    dossier_id: UUID,
    status: int,
    seq: int | None,
    at: datetime,
    source: str,
    message_id: str | None,
    *,
    result: Result | None = None,
) -> Outcome:
    """Take in a status of a registry: once, only if newer, only if the step is legal.

    A jump forward is legal; from a final state nothing leads back. What does not count is written
    down with the reason. The caller has made sure that the message is genuine.

    Args:
        unit: the change in which it happens.
        dossier_id: the dossier.
        status: 1 to 10, as the national portal numbers them.
        seq: the registry's own count of the dossier's steps, where it keeps one.
        at: when the registry says it happened.
        source: which registry.
        message_id: the id of the message; the same twice counts once.
        result: the code of the new business, once there is one.

    Raises:
        NotFoundError: there is no such dossier.
    """
    dossier = await unit.session.scalar(queries.dossier_for_change(dossier_id))
    if dossier is None:
        raise NotFoundError(_("There is no such dossier."), field="id")
    if message_id is not None and await _is_known(unit, source, message_id):
        return Outcome(dossier, is_applied=False, why_not=WhyNot.REPEATED)
    told = Told(source, message_id=message_id, seq=seq, at=at)
    current = STATUS_OF_STATE.get(dossier.state)
    why_not = _objection(dossier, status, seq, at)
    way = None if why_not or current is None else way_to(current, status)
    if why_not is None and way is None:
        why_not = WhyNot.FINAL if dossier.state in FINAL else WhyNot.ILLEGAL
    if why_not in {None, WhyNot.SAME}:
        dossier.ext_seq, dossier.ext_at = seq, at
        _keep_result(unit, dossier, result, is_decided=current in {9, 10})
    if why_not is not None or way is None:
        _write_down(unit, dossier, STATE_OF_STATUS.get(status, dossier.state), told, why_not)
        return Outcome(dossier, is_applied=False, why_not=why_not)
    for step in way:
        heard = told if step == way[-1] else Told(source, seq=seq, at=at)
        name = TRANSITION_INTO[STATE_OF_STATUS[step]]
        await advance(unit, dossier, name, roles=_SYSTEM, told=heard)
    return Outcome(dossier, is_applied=True)


def _objection(dossier: Dossier, status: int, seq: int | None, at: datetime) -> WhyNot | None:
    """Why a status cannot count, before its way is looked at."""
    if status not in STATE_OF_STATUS:
        return WhyNot.UNKNOWN_STATUS
    if dossier.state in UNFILED:
        return WhyNot.NOT_FILED
    if _is_older(dossier, seq, at):
        return WhyNot.OLDER
    return WhyNot.SAME if STATE_OF_STATUS[status] is dossier.state else None


def _is_older(dossier: Dossier, seq: int | None, at: datetime) -> bool:
    if dossier.ext_seq is not None and seq is not None and seq != dossier.ext_seq:
        return seq < dossier.ext_seq
    return dossier.ext_at is not None and at <= dossier.ext_at


def _keep_result(
    unit: UnitOfWork, dossier: Dossier, result: Result | None, *, is_decided: bool
) -> None:
    if result is None or dossier.result_sealed is not None:
        return
    dossier.result_sealed, dossier.result_masked = result.sealed, result.masked
    if is_decided:
        unit.announce(DossierApproved(dossier.id))


async def _is_known(unit: UnitOfWork, source: str, message_id: str) -> bool:
    known = select(DossierEvent.id).where(
        DossierEvent.source == source, DossierEvent.message_id == message_id
    )
    return await unit.session.scalar(known) is not None


def _write_down(
    unit: UnitOfWork,
    dossier: Dossier,
    state: DossierState,
    told: Told,
    why_not: WhyNot | None,
) -> None:
    unit.session.add(
        DossierEvent(
            dossier_id=dossier.id,
            source=told.source,
            message_id=told.message_id,
            ext_seq=told.seq,
            ext_at=told.at,
            from_state=dossier.state,
            to_state=state,
            is_applied=False,
            why_not=why_not,
            at=unit.now,
        )
    )
