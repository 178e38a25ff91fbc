"""Handing in papers and licences, and knowing who looked at them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from businesses.errors import InvalidBusinessError
from businesses.models import Business, Evidence, EvidenceLook, Licence, Verification
from businesses.policies import businesses as policies
from businesses.rules.joining import Requirement, need_of
from businesses.rules.licences import LicenceKind
from businesses.rules.verification import OPEN_TO_CHANGES
from businesses.services.joining import business_to_manage, keep_alive
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.errors import InvalidInputError, NotFoundError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.transitions import WrongStateError
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.media.ports import MediaStore, UploadQuota
from marketplace.media.services.uploads import upload_document

MOST_PAPERS = 10
MOST_LICENCES = 20
LONGEST_NUMBER = 64
LONGEST_ISSUER = 200


@dataclass(frozen=True, slots=True)
class LicenceText:
    """What stands on a licence."""

    kind: LicenceKind
    number: str
    issuer: str
    issued_on: date | None
    expires_on: date | None = None


async def add_evidence(
    unit: UnitOfWork,
    store: MediaStore,
    business_id: UUID,
    requirement: Requirement,
    data: bytes,
    *,
    licence_id: UUID | None = None,
    quota: UploadQuota | None = None,
) -> Evidence:
    """Hand in a paper for one requirement.

    Raises:
        NotFoundError: there is no such business or licence.
        NotPermittedError: only owners and managers do this.
        WrongStateError: an officer is looking at the papers.
        InvalidBusinessError: this kind is not asked for it, or there are too many papers.
        DomainError: the file cannot be taken.
    """
    business = await business_to_manage(unit, business_id, policies.may_hand_in_papers)
    need = need_of(business.kind, requirement)
    is_of_licence = requirement is Requirement.LICENCES
    if need is None or not (need.is_paper or (is_of_licence and licence_id is not None)):
        raise InvalidBusinessError(_("No paper is needed for this."), field="requirement")
    if not is_of_licence:
        await _check_open(unit, business)
    elif await unit.session.scalar(_own_licence(business, licence_id)) is None:
        raise NotFoundError(_("There is no such licence."), field="licence")
    count = select(func.count()).where(
        Evidence.business_id == business.id,
        Evidence.requirement == requirement,
    )
    if (await unit.session.scalar(count) or 0) >= MOST_PAPERS:
        raise InvalidBusinessError(
            _("There are enough papers. Please take one away first."), field="file"
        )
    media = await upload_document(unit, store, data, quota=quota)
    await unit.session.flush()
    evidence = Evidence(
        business_id=business.id,
        requirement=requirement,
        licence_id=licence_id if is_of_licence else None,
        media_id=media.id,
        added_by_id=unit.viewer.user_id,
    )
    unit.session.add(evidence)
    keep_alive(unit, business)
    return evidence


async def remove_evidence(unit: UnitOfWork, evidence_id: UUID) -> Business:
    """Take a paper away again; its file is cleared away by the media's own job.

    Raises:
        NotFoundError: there is no such paper.
        NotPermittedError: only owners and managers do this.
        WrongStateError: an officer is looking at it, or has decided by it.
    """
    evidence = await unit.session.get(Evidence, evidence_id)
    if evidence is None:
        raise NotFoundError(_("There is no such paper."))
    business = await business_to_manage(unit, evidence.business_id, policies.may_hand_in_papers)
    await _check_open(unit, business)
    await unit.session.delete(evidence)
    return business


async def add_licence(unit: UnitOfWork, business_id: UUID, text: LicenceText) -> Licence:
    """Write a licence down; the paper itself is handed in beside it.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        InvalidInputError: a value cannot be right.
    """
    business = await business_to_manage(unit, business_id, policies.may_hand_in_papers)
    if problems := _problems_of(text, local_day(unit.now)):
        raise InvalidInputError(problems)
    count = select(func.count()).where(Licence.business_id == business.id)
    if (await unit.session.scalar(count) or 0) >= MOST_LICENCES:
        raise InvalidBusinessError(
            _("There are enough papers. Please take one away first."), field="number"
        )
    licence = Licence(
        business_id=business.id,
        kind=text.kind,
        number=nfc(text.number)[:LONGEST_NUMBER],
        issuer=nfc(text.issuer)[:LONGEST_ISSUER],
        issued_on=text.issued_on,
        expires_on=text.expires_on,
    )
    unit.session.add(licence)
    keep_alive(unit, business)
    return licence


async def remove_licence(unit: UnitOfWork, licence_id: UUID) -> Business:
    """Take a licence away, with its papers.

    Raises:
        NotFoundError: there is no such licence.
        NotPermittedError: only owners and managers do this.
    """
    licence = await unit.session.get(Licence, licence_id)
    if licence is None:
        raise NotFoundError(_("There is no such licence."))
    business = await business_to_manage(unit, licence.business_id, policies.may_hand_in_papers)
    await unit.session.delete(licence)
    return business


async def note_look(
    unit: UnitOfWork,
    media_id: UUID,
    viewer_id: UUID | None,
    address: str | None,
) -> None:
    """Write down that somebody opened a paper; other private files are others' affair."""
    statement = select(Evidence).where(Evidence.media_id == media_id)
    evidence = await unit.session.scalar(statement)
    if evidence is None:
        return
    unit.session.add(
        EvidenceLook(
            business_id=evidence.business_id,
            requirement=evidence.requirement,
            media_id=media_id,
            viewer_id=viewer_id,
            address=address or "",
            at=unit.now,
        ),
    )


async def _check_open(unit: UnitOfWork, business: Business) -> None:
    """While an officer decides, the papers stay as they were handed in."""
    statement = select(Verification.state).where(Verification.business_id == business.id)
    state = await unit.session.scalar(statement)
    if state is not None and state not in OPEN_TO_CHANGES:
        raise WrongStateError(
            _("This is being checked. You can change it when an officer asks you to."),
            field="state",
        )


def _own_licence(business: Business, licence_id: UUID | None) -> Select[UUID]:
    return select(Licence.id).where(Licence.id == licence_id, Licence.business_id == business.id)


def _problems_of(text: LicenceText, today: date) -> list[Problem]:
    problems = []
    if not nfc(text.number):
        problems.append(Problem("number", _("Please enter the number."), "REQUIRED"))
    if not nfc(text.issuer):
        problems.append(Problem("issuer", _("Please say who issued it."), "REQUIRED"))
    if text.issued_on is None:
        problems.append(Problem("issuedOn", _("Please enter the day it was issued."), "REQUIRED"))
    elif text.issued_on > today:
        problems.append(Problem("issuedOn", _("This day has not come yet."), "INVALID"))
    if text.expires_on is not None:
        if text.expires_on < today:
            message = _("This licence has run out. Please renew it first.")
            problems.append(Problem("expiresOn", message, "EXPIRED"))
        elif text.issued_on is not None and text.expires_on < text.issued_on:
            message = _("It cannot end before it begins.")
            problems.append(Problem("expiresOn", message, "INVALID"))
    return problems
