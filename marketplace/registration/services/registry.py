"""What a registry tells about dossiers: believed as far as it was asked, and written down."""

import hmac
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.places.models import Place
from marketplace.registration import queries
from marketplace.registration.errors import InvalidDossierError
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.registry import DECIDED, Claim, Filing
from marketplace.registration.rules.states import OPEN, STATE_OF_STATUS, DossierState
from marketplace.registration.services.sealed import open_steps
from marketplace.registration.services.statuses import (
    Outcome,
    Result,
    WhyNot,
    apply_external_status,
    seal_result,
)

log = structlog.get_logger(__name__)
SOURCE = "registry"


@dataclass(frozen=True, slots=True)
class Sender:
    """Through which message something was told; none when the registry was asked."""

    message_id: str | None = None


async def dossier_claimed(session: AsyncSession, claim: Claim) -> Dossier | None:
    """The dossier a claim is about, if it is one of ours: code, our code and nonce fit together.

    The nonce is known to the registry and us alone; it is compared in constant time.
    """
    found = await session.scalar(
        select(Dossier).where(
            Dossier.our_code == claim.our_code,
            or_(Dossier.external_code == claim.code, Dossier.external_code.is_(None)),
        ),
    )
    if found is None or not hmac.compare_digest(found.nonce.encode(), claim.nonce.encode()):
        return None
    return found


async def filing_of(session: AsyncSession, sealer: Sealer, dossier_id: UUID) -> Filing | None:
    """A dossier as it is handed to a registry; None when it waits for no receipt."""
    dossier = await session.get(Dossier, dossier_id)
    if dossier is None or dossier.state is not DossierState.SUBMITTED or dossier.external_code:
        return None
    return Filing(
        our_code=dossier.our_code,
        nonce=dossier.nonce,
        kind=dossier.kind.value,
        name=dossier.name,
        representative=representative_of(sealer, dossier),
        address=await _address_of(session, dossier),
    )


async def keep_filing(unit: UnitOfWork, dossier_id: UUID, claim: Claim) -> None:
    """Write down under which number the registry knows the dossier."""
    dossier = await unit.session.scalar(queries.dossier_for_change(dossier_id))
    if dossier is not None and dossier.external_code is None:
        dossier.external_code = claim.code
        dossier.ext_seq, dossier.ext_at = claim.seq, claim.at
        log.info("registry.filed", dossier=dossier.our_code, receipt=claim.code)


async def take_claim(
    unit: UnitOfWork,
    sealer: Sealer,
    dossier_id: UUID,
    claim: Claim,
    answer: Claim | None,
    sender: Sender,
) -> str:
    """Take in what a message claims, together with what the registry said when it was asked.

    A message alone decides nothing: that a dossier is decided counts only when the registry says
    so itself. What does not count is written down with the reason.

    Returns:
        What became of it, in a word or two, for the log of messages.
    """
    result = _result(unit, sealer, answer)
    if claim.status in DECIDED and (answer is None or answer.status not in DECIDED):
        told = await _note_unconfirmed(unit, dossier_id, claim, sender)
    else:
        outcome = await _apply(unit, dossier_id, claim, sender, result)
        told = "applied" if outcome.is_applied else str(outcome.why_not)
    if answer is not None and (answer.seq, answer.status) != (claim.seq, claim.status):
        await take_answer(unit, sealer, dossier_id, answer)
    return told


async def take_answer(unit: UnitOfWork, sealer: Sealer, dossier_id: UUID, answer: Claim) -> bool:
    """Take in what the registry said when it was asked; whether that was news."""
    dossier = await unit.session.get_one(Dossier, dossier_id)
    is_known = dossier.ext_seq is not None and answer.seq <= dossier.ext_seq
    if is_known and not (answer.result_code and dossier.result_sealed is None):
        return False
    result = _result(unit, sealer, answer)
    outcome = await _apply(unit, dossier_id, answer, Sender(), result)
    return outcome.is_applied


async def dossiers_to_ask_about(session: AsyncSession, limit: int) -> list[UUID]:
    """Dossiers with a receipt that a registry may know more of, the longest untouched first."""
    found = await session.scalars(
        select(Dossier.id)
        .where(Dossier.external_code.is_not(None), Dossier.state.in_(OPEN))
        .order_by(Dossier.ext_at.nulls_first(), Dossier.id)
        .limit(limit),
    )
    return list(found)


def representative_of(sealer: Sealer, dossier: Dossier) -> str:
    """Who answers for the business: its head where there is one, else who registers it."""
    steps = open_steps(sealer, dossier)
    head = steps.get("head", {}) if dossier.kind is not DossierKind.HOUSEHOLD else {}
    return str(head.get("headName") or steps.get("person", {}).get("fullName", ""))


async def commune_of(session: AsyncSession, dossier: Dossier) -> str:
    """The full name of the commune where the business is to be."""
    place = None if dossier.place_id is None else await session.get(Place, dossier.place_id)
    return "" if place is None else place.full_name


async def _address_of(session: AsyncSession, dossier: Dossier) -> str:
    hamlet = str(dossier.answers.get("place", {}).get("hamlet", ""))
    parts = (hamlet, await commune_of(session, dossier))
    return ", ".join(part for part in parts if part)


async def _apply(
    unit: UnitOfWork, dossier_id: UUID, claim: Claim, sender: Sender, result: Result | None
) -> Outcome:
    outcome = await apply_external_status(
        unit,
        dossier_id,
        claim.status,
        claim.seq,
        claim.at,
        SOURCE,
        sender.message_id,
        result=result if claim.status in DECIDED else None,
    )
    log.info(
        "registry.told",
        dossier=outcome.dossier.our_code,
        status=claim.status,
        seq=claim.seq,
        applied=outcome.is_applied,
        why_not=outcome.why_not,
    )
    return outcome


def _result(unit: UnitOfWork, sealer: Sealer, answer: Claim | None) -> Result | None:
    if answer is None or answer.status not in DECIDED or answer.result_code is None:
        return None
    try:
        return seal_result(sealer, answer.result_code, unit.now)
    except InvalidDossierError:
        log.warning("registry.impossible_code", dossier=answer.our_code)
        return None


async def _note_unconfirmed(
    unit: UnitOfWork, dossier_id: UUID, claim: Claim, sender: Sender
) -> str:
    dossier = await unit.session.get_one(Dossier, dossier_id)
    log.warning("registry.not_confirmed", dossier=dossier.our_code, status=claim.status)
    unit.session.add(
        DossierEvent(
            dossier_id=dossier.id,
            source=SOURCE,
            message_id=sender.message_id,
            ext_seq=claim.seq,
            ext_at=claim.at,
            from_state=dossier.state,
            to_state=STATE_OF_STATUS[claim.status],
            is_applied=False,
            why_not=WhyNot.NOT_CONFIRMED,
            at=unit.now,
        ),
    )
    return str(WhyNot.NOT_CONFIRMED)
