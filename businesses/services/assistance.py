"""Assisted selling: consent written down, help begun, left and ended.

An officer of trade of the commune, or somebody of a verified co-operative, types for a seller who
has agreed. What they do is logged under both names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from businesses.errors import AssistanceOverError, ConsentError
from businesses.events import AssistanceEnded, AssistanceRecorded
from businesses.models import ActingSession, Assistance, Business
from businesses.policies import people as people_policies
from businesses.queries import assistance as queries
from businesses.rules.assistance import (
    CODE_LIFETIME,
    LONGEST_HELP,
    SHORTEST_NOTE,
    ConsentMethod,
    HelperCapacity,
    assistance_of_token,
    consent_code,
    end_token,
)
from businesses.services.members import lock_business
from marketplace.accounts.ports import AccountSettings
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import (
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
    Problem,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import HelpScope, OfficerFunction
from marketplace.media.models import MediaFile
from marketplace.media.queries import visible_media


@dataclass(frozen=True, slots=True)
class Consent:
    """What the seller agreed to, and how one knows."""

    method: ConsentMethod
    scopes: frozenset[HelpScope]
    days: int
    witness: str = ""
    note: str = ""
    evidence_id: UUID | None = None


async def record_assistance(unit: UnitOfWork, business_id: UUID, consent: Consent) -> Assistance:
    """Write down that the seller has agreed; by a code it holds only once that is typed.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is no such business.
        NotPermittedError: the viewer is neither an officer of that place nor of a co-operative.
        ConsentError: how the seller agreed is not told well enough.
        InvalidInputError: the scope or the time cannot be taken.
    """
    business = await lock_business(unit, business_id)
    capacity = await _capacity(unit, business)
    if unit.viewer.user_id is None or capacity is None:
        raise NotPermittedError
    _check(consent)
    await _check_evidence(unit, consent)
    owner = (await unit.session.scalars(queries.owners_of(business_id))).first()
    if owner is None:
        raise ConsentError(_("The business has no owner yet who could agree."), field="business")
    if consent.method is ConsentMethod.CODE and owner.user.phone is None:
        raise ConsentError(
            _("The owner has no phone number here; choose another way of agreeing."),
            field="method",
        )
    await _end_older(unit, business_id, unit.viewer.user_id)
    waits = consent.method is ConsentMethod.CODE
    assistance = Assistance(
        id=new_id(),
        business_id=business_id,
        helper_id=unit.viewer.user_id,
        seller_id=owner.user_id,
        capacity=capacity,
        scopes=sorted(consent.scopes),
        method=consent.method,
        witness=nfc(consent.witness),
        note=nfc(consent.note),
        evidence_id=consent.evidence_id,
        code_expires_at=unit.now + CODE_LIFETIME if waits else None,
        recorded_at=unit.now,
        confirmed_at=None if waits else unit.now,
        expires_at=unit.now + timedelta(days=consent.days),
    )
    unit.session.add(assistance)
    unit.announce(AssistanceRecorded(assistance.id))
    return assistance


async def confirm_assistance(
    unit: UnitOfWork, settings: AccountSettings, assistance_id: UUID, code: str
) -> Assistance:
    """Take the code that went to the seller's phone; the help may begin.

    Raises:
        NotFoundError: there is no such consent of the viewer's.
        ConsentError: the code is wrong or too old.
    """
    found = await _own(unit, assistance_id)
    given = code.strip().replace(" ", "")
    expected = consent_code(settings.secret_key, found.id)
    is_fresh = found.code_expires_at is not None and found.code_expires_at > unit.now
    is_right = compare_digest(given.encode(), expected.encode())
    if found.ended_at is not None or not is_fresh or not is_right:
        raise ConsentError(_("This code is not right, or too old."), field="code")
    if found.confirmed_at is None:
        found.confirmed_at = unit.now
        found.code_expires_at = None
        unit.announce(AssistanceRecorded(found.id))
    return found


async def enter_assistance(unit: UnitOfWork, assistance_id: UUID) -> Assistance:
    """Act for the seller in this browser from now on.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: there is no such consent of the viewer's.
        NotPermittedError: the viewer holds no longer what they helped by.
        AssistanceOverError: it was ended, is too old, or was never confirmed.
        ConsentError: it is no browser, or one in which somebody acts already.
    """
    found = await _own(unit, assistance_id)
    business = await unit.session.get_one(Business, found.business_id)
    if unit.viewer.assisting is None and await _capacity(unit, business) is not found.capacity:
        raise NotPermittedError
    if found.confirmed_at is None or found.ended_at is not None or found.expires_at <= unit.now:
        raise AssistanceOverError
    if unit.viewer.session_id is None or unit.viewer.assisting is not None:
        raise ConsentError(_("Please stop acting for somebody else first."), field="id")
    values = {"assistance_id": found.id, "entered_at": unit.now}
    await unit.session.execute(
        insert(ActingSession)
        .values(session_id=unit.viewer.session_id, **values)
        .on_conflict_do_update(index_elements=[ActingSession.session_id], set_=values)
    )
    return found


async def leave_assistance(unit: UnitOfWork) -> None:
    """Be oneself again in this browser.

    Raises:
        NotSignedInError: nobody is signed in.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    await unit.session.execute(
        delete(ActingSession).where(ActingSession.session_id == unit.viewer.session_id)
    )


async def end_assistance(unit: UnitOfWork, assistance_id: UUID) -> Assistance:
    """End the help: the seller's people may, and the helper; whoever acts by it stops at once.

    Raises:
        NotFoundError: there is no such consent that the viewer knows of.
    """
    found = await unit.session.scalar(queries.assistance_for_change(assistance_id))
    viewer = unit.viewer
    if found is None or not (
        viewer.user_id in {found.helper_id, found.seller_id}
        or people_policies.may_end_help(viewer, found.business_id)
    ):
        raise NotFoundError(_("There is no such help."), field="id")
    await _end(unit, found)
    return found


async def end_by_link(unit: UnitOfWork, settings: AccountSettings, token: str) -> Assistance:
    """End the help by the link of the message; the seller need not sign in.

    Raises:
        AssistanceOverError: the link is none of ours, or the help has ended.
    """
    key = assistance_of_token(token)
    if key is None or not compare_digest(
        end_token(settings.secret_key, key).encode(), token.strip().lower().encode()
    ):
        raise AssistanceOverError
    found = await unit.session.scalar(queries.assistance_for_change(key))
    if found is None or found.ended_at is not None:
        raise AssistanceOverError
    await _end(unit, found)
    return found


async def _capacity(unit: UnitOfWork, business: Business) -> HelperCapacity | None:
    """As what the viewer may help this business; nobody helps their own."""
    viewer = unit.viewer
    if viewer.role_in(business.id) is not None:
        return None
    if viewer.is_officer(OfficerFunction.TRADE, business.place_id):
        return HelperCapacity.OFFICER
    cooperative = await unit.session.scalar(queries.helping_cooperatives(viewer).limit(1))
    return None if cooperative is None else HelperCapacity.COOPERATIVE


def _check(consent: Consent) -> None:
    if not consent.scopes:
        message = _("Please choose what may be done for the seller.")
        raise InvalidInputError([Problem("scopes", message, "REQUIRED")])
    if not 1 <= consent.days <= LONGEST_HELP.days:
        message = _("Help lasts from one day to a year.")
        raise InvalidInputError([Problem("days", message, "INVALID")])
    if consent.method is ConsentMethod.PAPER and consent.evidence_id is None:
        raise ConsentError(_("Please add a photograph of the signed paper."), field="evidence")
    if consent.method is ConsentMethod.WITNESS and not nfc(consent.witness):
        raise ConsentError(_("Please name the witness."), field="witness")
    if consent.method is ConsentMethod.CALL and len(nfc(consent.note)) < SHORTEST_NOTE:
        raise ConsentError(
            _("Please write down when you called which number, and what was agreed."),
            field="note",
        )


async def _check_evidence(unit: UnitOfWork, consent: Consent) -> None:
    if consent.evidence_id is None:
        return
    statement = visible_media(unit.viewer).where(
        MediaFile.id == consent.evidence_id,
        MediaFile.is_private,
        MediaFile.uploader_id == unit.viewer.user_id,
    )
    if await unit.session.scalar(statement) is None:
        raise NotFoundError(_("There is no such file."), field="evidence")


async def _own(unit: UnitOfWork, assistance_id: UUID) -> Assistance:
    if unit.viewer.user_id is None:
        raise NotSignedInError
    found = await unit.session.scalar(queries.assistance_for_change(assistance_id))
    if found is None or found.helper_id != unit.viewer.user_id:
        raise NotFoundError(_("There is no such help."), field="id")
    return found


async def _end_older(unit: UnitOfWork, business_id: UUID, helper_id: UUID) -> None:
    older: Sequence[Assistance] = (
        await unit.session.scalars(queries.open_between(business_id, helper_id))
    ).all()
    for each in older:
        await _end(unit, each)
    await unit.session.flush()


async def _end(unit: UnitOfWork, assistance: Assistance) -> None:
    if assistance.ended_at is None:
        assistance.ended_at = unit.now
        assistance.ended_by_id = unit.viewer.user_id
        unit.announce(AssistanceEnded(assistance.id))
    await unit.session.execute(
        delete(ActingSession).where(ActingSession.assistance_id == assistance.id)
    )
