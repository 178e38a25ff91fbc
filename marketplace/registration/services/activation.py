"""Opening the business of a decided dossier: everything holds, or it waits with the reason."""

from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from businesses.errors import ChannelsMissingError, IdentifierTakenError
from businesses.models import Business, BusinessMember
from businesses.rules.businesses import BusinessState
from businesses.rules.identifiers import Number, read_number
from businesses.services.identity import is_held_by_another
from businesses.services.registered import Registered, open_registered
from marketplace.accounts.models import IdentityAssertion, User
from marketplace.hooks.services.announcing import announce_outside
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.transitions import WrongStateError
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole
from marketplace.law.services.asking import day_of
from marketplace.registration import queries
from marketplace.registration.models import Dossier, DossierEvent
from marketplace.registration.rules.kinds import BECOMES
from marketplace.registration.rules.names import name_key
from marketplace.registration.rules.registry import (
    ActivationWhyNot,
    Company,
    is_same_person,
    objection_to,
)
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.registry import commune_of, representative_of
from marketplace.registration.services.statuses import result_code_of

log = structlog.get_logger(__name__)
ACTIVATION = "activation"
_DECIDED = frozenset({DossierState.DECIDED, DossierState.RETURNED})
W = ActivationWhyNot


async def is_activated(session: AsyncSession, dossier_id: UUID) -> bool:
    """Whether the dossier has opened its business."""
    done = select(DossierEvent.id).where(
        DossierEvent.dossier_id == dossier_id,
        DossierEvent.source == ACTIVATION,
        DossierEvent.is_applied,
    )
    return await session.scalar(done) is not None


async def code_to_ask_about(session: AsyncSession, sealer: Sealer, dossier_id: UUID) -> str | None:
    """The new business's code, for the question to the register; None when nothing is to do."""
    dossier = await session.get(Dossier, dossier_id)
    if dossier is None or await is_activated(session, dossier_id):
        return None
    return result_code_of(sealer, dossier)


async def activate_business(
    unit: UnitOfWork,
    sealer: Sealer,
    dossier_id: UUID,
    company: Company | None,
) -> Business | None:
    """Open the business if every condition holds (domain notes, 4c); else write down the reason.

    Args:
        unit: the change in which it happens; the register was asked before it.
        sealer: opens the code and the representative's name.
        dossier_id: the decided dossier.
        company: what the register answered about its code.
    """
    dossier = await unit.session.scalar(queries.dossier_for_change(dossier_id))
    if dossier is None or await is_activated(unit.session, dossier_id):
        return None
    number = _number(unit, sealer, dossier)
    why_not = await _objection(unit, sealer, dossier, number, company)
    if why_not is not None or number is None or company is None:
        await _wait(unit, dossier, why_not or W.NO_CODE)
        return None
    try:
        async with unit.session.begin_nested():
            business = await open_registered(
                unit, sealer, await _registered(unit, sealer, dossier, number, company)
            )
    except (WrongStateError, IdentifierTakenError, ChannelsMissingError) as refusal:
        taken = isinstance(refusal, IdentifierTakenError)
        await _wait(unit, dossier, W.CODE_TAKEN if taken else W.BUSINESS_NOT_OPEN)
        return None
    dossier.business_id = business.id
    _write_down(unit, dossier, None)
    log.info("registry.activated", dossier=dossier.our_code, business=business.code)
    await announce_outside(
        unit,
        "business.activated",
        f"business/{business.code}",
        {
            "business": to_global("Business", business.id),
            "code": business.code,
            "level": business.verification_level,
            "dossier": dossier.our_code,
        },
        business_id=business.id,
    )
    return business


async def _objection(
    unit: UnitOfWork,
    sealer: Sealer,
    dossier: Dossier,
    number: Number | None,
    company: Company | None,
) -> ActivationWhyNot | None:
    if dossier.state not in _DECIDED:
        return W.NOT_DECIDED
    if number is None:
        return W.NO_CODE
    representative = representative_of(sealer, dossier)
    why_not = objection_to(
        company,
        code=number.digits,
        name=dossier.name,
        representative=representative,
        commune=await commune_of(unit.session, dossier),
    )
    if why_not is not None:
        return why_not
    if await is_held_by_another(unit, sealer, dossier.business_id, number):
        return W.CODE_TAKEN
    person = await _person_behind(unit, sealer, dossier.applicant_id)
    return None if is_same_person(person, representative) else W.OTHER_PERSON


async def _person_behind(unit: UnitOfWork, sealer: Sealer, user_id: UUID) -> str:
    """The name of the account's person: as an identity provider gave it, else as they gave it."""
    asserted = await unit.session.scalar(
        select(IdentityAssertion.name)
        .where(IdentityAssertion.user_id == user_id, IdentityAssertion.name.is_not(None))
        .order_by(IdentityAssertion.asserted_at.desc())
        .limit(1),
    )
    if asserted is not None:
        return sealer.open(asserted).decode()
    user = await unit.session.get_one(User, user_id)
    return user.full_name if user.is_confirmed else ""


async def _registered(
    unit: UnitOfWork, sealer: Sealer, dossier: Dossier, number: Number, company: Company
) -> Registered:
    return Registered(
        owner_id=dossier.applicant_id,
        business_id=dossier.business_id or await _prepared_business(unit, dossier),
        kind=BECOMES[dossier.kind],
        name=company.name,
        place_id=dossier.place_id,
        hamlet=str(dossier.answers.get("place", {}).get("hamlet", "")),
        representative=representative_of(sealer, dossier),
        number=number,
        evidence={"dossier": dossier.our_code, "asked_at": unit.now.isoformat()},
    )


async def _prepared_business(unit: UnitOfWork, dossier: Dossier) -> UUID | None:
    """The shop that the applicant prepared meanwhile: a draft of this kind and name."""
    drafts = await unit.session.scalars(
        select(Business)
        .join(BusinessMember, BusinessMember.business_id == Business.id)
        .where(
            BusinessMember.user_id == dossier.applicant_id,
            BusinessMember.role == MemberRole.OWNER,
            Business.state == BusinessState.DRAFT,
            Business.kind == BECOMES[dossier.kind],
        )
        .order_by(Business.id),
    )
    return next((each.id for each in drafts if name_key(each.name) == dossier.name_key), None)


def _number(unit: UnitOfWork, sealer: Sealer, dossier: Dossier) -> Number | None:
    code = result_code_of(sealer, dossier)
    return None if code is None else read_number(code, day_of(unit.now))


async def _wait(unit: UnitOfWork, dossier: Dossier, why_not: ActivationWhyNot) -> None:
    """Write the reason down once, however often it is tried."""
    last = await unit.session.scalar(
        select(DossierEvent.why_not)
        .where(DossierEvent.dossier_id == dossier.id, DossierEvent.source == ACTIVATION)
        .order_by(DossierEvent.at.desc(), DossierEvent.id.desc())
        .limit(1),
    )
    log.warning("registry.not_activated", dossier=dossier.our_code, why_not=why_not)
    if last != why_not:
        _write_down(unit, dossier, why_not)


def _write_down(unit: UnitOfWork, dossier: Dossier, why_not: ActivationWhyNot | None) -> None:
    unit.session.add(
        DossierEvent(
            dossier_id=dossier.id,
            source=ACTIVATION,
            # Once and no more: the source's message ids are unique in the database.
            message_id=str(dossier.id) if why_not is None else None,
            from_state=dossier.state,
            to_state=dossier.state,
            is_applied=why_not is None,
            why_not=why_not,
            at=unit.now,
        ),
    )
