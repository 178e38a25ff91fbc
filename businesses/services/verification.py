"""Checking a business: handing in, taking up, asking for changes, deciding."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from businesses.errors import ChannelsMissingError, InvalidBusinessError
from businesses.events import VerificationMoved
from businesses.models import Business, BusinessIdentifier, Verification, VerificationCheck
from businesses.policies import businesses as policies
from businesses.policies import joining as joining_policies
from businesses.queries import joining as joining_queries
from businesses.queries import verification as queries
from businesses.queries.businesses import business_for_change
from businesses.rules.joining import CERTIFICATES, Requirement, asks_for, checklist_of, missing_of
from businesses.rules.verification import (
    BY_OFFICER,
    CHANNELS_NEEDED,
    VerificationChannel,
    VerificationState,
    enough_channels,
)
from businesses.services.businesses import MACHINE as BUSINESS_MACHINE
from businesses.services.levels import keep_check, passed_channels, refresh_level
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.errors import (
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    Problem,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, WrongStateError, move
from marketplace.kernel.unit_of_work import UnitOfWork

V = VerificationState
LONGEST_NOTE = 1000
_SELLERS = frozenset({"owner", "manager", "administrator", SYSTEM_ROLE})
_OFFICERS = frozenset({"trade officer", "administrator", SYSTEM_ROLE})


async def _is_complete(unit: UnitOfWork, verification: Verification) -> None:
    """Nothing is submitted that an officer would have to send back at once."""
    statement = joining_queries.facts_of([verification.business_id], local_day(unit.now))
    row = (await unit.session.execute(statement)).one()
    missing = missing_of(checklist_of(joining_queries.facts_in(row)))
    if missing:
        raise InvalidInputError(
            [Problem(need.requirement.value, need.why, "REQUIRED") for need in missing],
        )


async def _is_confirmed(unit: UnitOfWork, verification: Verification) -> None:
    """Two independent sources agree before anybody counts as verified."""
    business = await unit.session.get_one(Business, verification.business_id)
    if not enough_channels(await passed_channels(unit, business)):
        raise ChannelsMissingError(CHANNELS_NEEDED)


async def _note_submission(unit: UnitOfWork, verification: Verification) -> None:
    verification.submitted_at = unit.now
    verification.notes = verification.reason = verification.decided_at = None


async def _note_officer(unit: UnitOfWork, verification: Verification) -> None:
    verification.officer_id = unit.viewer.user_id


async def _note_decision(unit: UnitOfWork, verification: Verification) -> None:
    verification.decided_at = unit.now


async def _open_business(unit: UnitOfWork, verification: Verification) -> None:
    """Who is verified may sell: the business opens by itself."""
    business = await unit.session.get_one(Business, verification.business_id)
    await refresh_level(unit, business)
    if BUSINESS_MACHINE.by_name["open"].sources[0] is business.state:
        await move(
            unit, BUSINESS_MACHINE, business, "open", roles={SYSTEM_ROLE}, reason_code="VERIFIED"
        )


async def _free_identifier(unit: UnitOfWork, verification: Verification) -> None:
    """A refused business holds no number back from whom it belongs to."""
    found: list[BusinessIdentifier] = list(
        await unit.session.scalars(joining_queries.identifiers_of([verification.business_id])),
    )
    for identifier in found:
        identifier.is_active = False


MACHINE = Machine(
    "verification",
    Verification,
    (
        Transition(
            "submit",
            (V.DRAFT, V.NEEDS_CHANGES),
            V.SUBMITTED,
            _SELLERS,
            (_is_complete,),
            (_note_submission,),
        ),
        Transition("take", (V.SUBMITTED,), V.IN_REVIEW, _OFFICERS, (), (_note_officer,)),
        Transition("ask_for_changes", (V.IN_REVIEW,), V.NEEDS_CHANGES, _OFFICERS),
        Transition(
            "verify",
            (V.IN_REVIEW,),
            V.VERIFIED,
            _OFFICERS,
            (_is_confirmed,),
            (_note_decision, _open_business),
        ),
        # A register that gave out the code has looked at more than an officer here could.
        Transition(
            "confirm_registered",
            (V.DRAFT, V.SUBMITTED, V.IN_REVIEW, V.NEEDS_CHANGES),
            V.VERIFIED,
            frozenset({SYSTEM_ROLE}),
            (_is_confirmed,),
            (_note_decision, _open_business),
        ),
        Transition(
            "refuse",
            (V.IN_REVIEW,),
            V.REFUSED,
            _OFFICERS,
            (),
            (_note_decision, _free_identifier),
        ),
    ),
)


async def submit_business(unit: UnitOfWork, business_id: UUID) -> Verification:
    """Hand a business in for verification.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        WrongStateError: it was handed in already.
        InvalidInputError: something is missing, each thing by its name.
    """
    found = joining_queries.reachable_for_change(unit.viewer, business_id)
    business = await unit.session.scalar(found)
    if business is None:
        raise NotFoundError(_("There is no such business."))
    if not policies.may_manage(unit.viewer, business.id):
        raise NotPermittedError
    verification = await unit.session.scalar(queries.of_business(business.id))
    if verification is None:
        raise WrongStateError(_("This business is open already."), field="state")
    await _move(unit, verification, business, "submit")
    return verification


async def take_verification(unit: UnitOfWork, verification_id: UUID) -> Verification:
    """Begin to look at what was handed in; from then on it is this officer's.

    Raises:
        NotFoundError: there is no such verification.
        NotPermittedError: only officers of the place, and never about their own business.
        WrongStateError: it is not waiting.
    """
    verification, business = await _for_decision(unit, verification_id)
    await _move(unit, verification, business, "take")
    return verification


async def ask_for_changes(
    unit: UnitOfWork,
    verification_id: UUID,
    notes: Mapping[Requirement, str],
) -> Verification:
    """Give it back, with what to change for each requirement; all of it at once.

    Raises:
        NotFoundError: there is no such verification.
        NotPermittedError: only officers of the place, and never about their own business.
        InvalidBusinessError: no requirement is named, or one this kind is not asked for.
        WrongStateError: nobody has taken it up.
    """
    verification, business = await _for_decision(unit, verification_id)
    written = {key: nfc(words)[:LONGEST_NOTE] for key, words in notes.items() if nfc(words)}
    if not written or not all(asks_for(business.kind, key) for key in written):
        raise InvalidBusinessError(_("Please say what has to be changed."), field="notes")
    await _move(unit, verification, business, "ask_for_changes")
    verification.notes = {key.value: words for key, words in written.items()}
    return verification


async def verify_business(unit: UnitOfWork, verification_id: UUID) -> Verification:
    """Say that the business is who it claims to be; it opens by that.

    Raises:
        NotFoundError: there is no such verification.
        NotPermittedError: only officers of the place, and never about their own business.
        ChannelsMissingError: fewer than two sources confirm it.
        WrongStateError: nobody has taken it up.
    """
    verification, business = await _for_decision(unit, verification_id)
    await _move(unit, verification, business, "verify")
    return verification


async def refuse_business(unit: UnitOfWork, verification_id: UUID, reason: str) -> Verification:
    """Say that the business is not who it claims to be, and why.

    Raises:
        NotFoundError: there is no such verification.
        NotPermittedError: only officers of the place, and never about their own business.
        InvalidBusinessError: no reason is given.
        WrongStateError: nobody has taken it up.
    """
    verification, business = await _for_decision(unit, verification_id)
    words = nfc(reason)[:LONGEST_NOTE]
    if not words:
        raise InvalidBusinessError(_("Please say why."), field="reason")
    await _move(unit, verification, business, "refuse", note=words)
    verification.reason = words
    return verification


async def confirm_channel(
    unit: UnitOfWork,
    verification_id: UUID,
    channel: VerificationChannel,
    *,
    passed: bool,
    note: str = "",
) -> Verification:
    """Write down what an officer read in the papers.

    Raises:
        NotFoundError: there is no such verification.
        NotPermittedError: only officers of the place, and never about their own business.
        InvalidBusinessError: no paper tells this, and nothing is said of how it is known.
        WrongStateError: nobody has taken it up.
    """
    verification, business = await _for_decision(unit, verification_id)
    if channel not in BY_OFFICER:
        raise InvalidBusinessError(_("Papers do not tell this."), field="channel")
    if verification.state not in {V.IN_REVIEW, V.VERIFIED}:
        raise WrongStateError(_("This cannot be done in its present state."), field="state")
    words = nfc(note)[:LONGEST_NOTE]
    if passed and not words and not await _has_paper(unit, business, channel):
        raise InvalidBusinessError(_("No paper shows this. Please say how you know."), field="note")
    evidence = {"note": words} if words else None
    await record_check(unit, business, channel, passed, evidence, None)
    return verification


async def verify_registered(unit: UnitOfWork, business: Business) -> Verification:
    """Take a business that the register confirms as verified; it opens by that.

    Raises:
        NotPermittedError: only the marketplace itself does this, after asking the register.
        ChannelsMissingError: fewer than two sources confirm it.
        WrongStateError: it was verified or refused before.
    """
    verification = await unit.session.scalar(queries.of_business(business.id))
    if verification is None:
        verification = Verification(business_id=business.id)
        unit.session.add(verification)
        await unit.session.flush()
    await move(unit, MACHINE, verification, "confirm_registered", roles=_own_roles(unit))
    unit.announce(VerificationMoved(verification.id, "verify"))
    return verification


async def record_check(
    unit: UnitOfWork,
    business: Business,
    channel: VerificationChannel,
    passed: bool,
    evidence: Mapping[str, Any] | None,
    expires_at: datetime | None,
) -> VerificationCheck:
    """Keep what an independent source said; the last word of each channel counts.

    Whoever calls has asked whether the viewer may, and keeps personal data out of `evidence`.
    """
    check = VerificationCheck(
        business_id=business.id,
        channel=channel,
        passed=passed,
        evidence=dict(evidence) if evidence is not None else None,
        checked_by_id=unit.viewer.user_id,
        at=unit.now,
        expires_at=expires_at,
    )
    await keep_check(unit, business, check)
    return check


def _own_roles(unit: UnitOfWork) -> frozenset[str]:
    return frozenset({SYSTEM_ROLE}) if unit.viewer.is_system else frozenset()


async def _has_paper(unit: UnitOfWork, business: Business, channel: VerificationChannel) -> bool:
    """Whether a paper was handed in that can tell this."""
    wanted = {
        VerificationChannel.CERTIFICATE: CERTIFICATES,
        VerificationChannel.BANK_HOLDER: {Requirement.BANK_PAPER},
        VerificationChannel.LICENCE: {Requirement.LICENCES},
    }[channel]
    papers = await unit.session.scalars(joining_queries.evidence_of([business.id]))
    return any(paper.requirement in wanted for paper in papers)


async def _for_decision(
    unit: UnitOfWork,
    verification_id: UUID,
) -> tuple[Verification, Business]:
    verification = await unit.session.scalar(queries.for_change(unit.viewer, verification_id))
    if verification is None:
        raise NotFoundError(_("There is no such verification."))
    business = await unit.session.scalar(business_for_change(verification.business_id))
    if business is None:
        raise NotFoundError(_("There is no such verification."))
    if joining_policies.is_own(unit.viewer, business) and policies.may_supervise(
        unit.viewer, business.place_id
    ):
        raise NotPermittedError(_("You may not decide about a business of your own."))
    if not joining_policies.may_decide(unit.viewer, business):
        raise NotPermittedError
    return verification, business


async def _move(
    unit: UnitOfWork,
    verification: Verification,
    business: Business,
    name: str,
    *,
    note: str | None = None,
) -> None:
    roles = policies.roles(unit.viewer, business.id, business.place_id)
    await move(unit, MACHINE, verification, name, roles=roles, note=note)
    unit.announce(VerificationMoved(verification.id, name))
