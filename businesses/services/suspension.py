"""Suspending a business with notice, or at once by an authority's order; and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from businesses.errors import InvalidBusinessError
from businesses.events import SuspensionAnnounced
from businesses.models import Business, Suspension
from businesses.policies import businesses as policies
from businesses.policies.joining import is_own
from businesses.queries import joining as queries
from businesses.rules.businesses import BusinessState
from businesses.rules.suspensions import SuspensionKind, earliest_effect
from businesses.services.businesses import MACHINE
from marketplace.kernel.errors import (
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    Problem,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.transitions import WrongStateError, move
from marketplace.kernel.unit_of_work import UnitOfWork

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Order:
    """What an authority's order says of itself."""

    reason: str
    authority: str
    document_number: str
    legal_basis: str
    received_at: datetime | None
    document_date: date | None = None


async def announce_suspension(
    unit: UnitOfWork,
    business_id: UUID,
    reason: str,
    takes_effect_at: datetime | None = None,
) -> Suspension:
    """Tell a business that it will be suspended, at least five days ahead, and why.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only officers of the place, and never about their own business.
        WrongStateError: it is not open, or was told already.
        InvalidBusinessError: no reason is given, or the notice is too short.
    """
    business = await _for_officer(unit, business_id)
    words = nfc(reason)[:LONGEST_REASON]
    if not words:
        raise InvalidBusinessError(_("Please say why."), field="reason")
    effect = takes_effect_at or earliest_effect(unit.now)
    if effect < earliest_effect(unit.now):
        raise InvalidBusinessError(
            _("A business is told at least five days ahead."), field="takesEffectAt"
        )
    if business.on_due == "suspend":
        raise WrongStateError(_("This business was told already."), field="state")
    await _move(unit, business, "announce_suspension", note=words, due_at=effect)
    return await _keep(unit, business, SuspensionKind.OWN, words, effect)


async def suspend_by_order(unit: UnitOfWork, business_id: UUID, order: Order) -> Suspension:
    """Suspend at once because an authority orders it; the order is written down with it.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only officers of the place, and never about their own business.
        WrongStateError: it is not open.
        InvalidInputError: the order does not name itself.
    """
    business = await _for_officer(unit, business_id)
    required = {
        "reason": order.reason,
        "authority": order.authority,
        "documentNumber": order.document_number,
        "legalBasis": order.legal_basis,
    }
    problems = [
        Problem(name, _("An order must name this."), "REQUIRED")
        for name, words in required.items()
        if not nfc(words)
    ]
    if order.received_at is None or order.received_at > unit.now:
        message = _("Please say when the order was received.")
        problems.append(Problem("receivedAt", message, "REQUIRED"))
    if problems:
        raise InvalidInputError(problems)
    words = nfc(order.reason)[:LONGEST_REASON]
    await _move(unit, business, "suspend", note=words, reason_code="ORDER")
    return await _keep(unit, business, SuspensionKind.ORDER, words, unit.now, order)


async def lift_suspension(unit: UnitOfWork, business_id: UUID) -> Business:
    """Take a notice back, or open a suspended business again.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only officers of the place, and never about their own business.
        WrongStateError: it is neither suspended nor told that it will be.
    """
    business = await _for_officer(unit, business_id)
    state = MACHINE.state_at(business, unit.now)
    if state is business.state and business.on_due == "suspend":
        await _move(unit, business, "lift_notice")
    else:
        await _move(unit, business, "reinstate")
    for suspension in await unit.session.scalars(queries.open_suspensions([business.id])):
        suspension.lifted_at = unit.now
    return business


async def close_business(unit: UnitOfWork, business_id: UUID) -> Business:
    """Close a business for good; its number is free again.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only its owner does this.
        WrongStateError: it is closed.
    """
    business = await unit.session.scalar(queries.reachable_for_change(unit.viewer, business_id))
    if business is None:
        raise NotFoundError(_("There is no such business."))
    is_begun = business.state is BusinessState.DRAFT
    if not (is_begun or unit.viewer.is_administrator or unit.viewer.is_system):
        # Who sells already is asked for the password and given a week (services/closing.py).
        raise WrongStateError(
            _("A shop that is open is closed in its settings, with your password."), field="state"
        )
    await _move(unit, business, "close")
    return business


async def _for_officer(unit: UnitOfWork, business_id: UUID) -> Business:
    business = await unit.session.scalar(queries.reachable_for_change(unit.viewer, business_id))
    if business is None:
        raise NotFoundError(_("There is no such business."))
    if not policies.may_supervise(unit.viewer, business.place_id):
        raise NotPermittedError
    if is_own(unit.viewer, business):
        raise NotPermittedError(_("You may not decide about a business of your own."))
    return business


async def _keep(
    unit: UnitOfWork,
    business: Business,
    kind: SuspensionKind,
    reason: str,
    takes_effect_at: datetime,
    order: Order | None = None,
) -> Suspension:
    suspension = Suspension(
        business_id=business.id,
        kind=kind,
        reason=reason,
        authority=nfc(order.authority) if order else "",
        document_number=nfc(order.document_number) if order else "",
        document_date=order.document_date if order else None,
        legal_basis=nfc(order.legal_basis) if order else "",
        received_at=order.received_at if order else None,
        announced_at=unit.now,
        takes_effect_at=takes_effect_at,
        announced_by_id=unit.viewer.user_id,
    )
    unit.session.add(suspension)
    await unit.session.flush()
    unit.announce(SuspensionAnnounced(suspension.id))
    return suspension


async def _move(
    unit: UnitOfWork,
    business: Business,
    name: str,
    *,
    note: str | None = None,
    reason_code: str | None = None,
    due_at: datetime | None = None,
) -> None:
    roles = policies.roles(unit.viewer, business.id, business.place_id)
    await move(
        unit,
        MACHINE,
        business,
        name,
        roles=roles,
        note=note,
        reason_code=reason_code,
        due_at=due_at,
    )
