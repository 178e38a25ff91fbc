"""Statements over verifications: an owner's own, and an officer's queue."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from businesses.models import Business, IdentifierDispute, Verification
from businesses.rules.verification import VerificationState
from marketplace.kernel.viewer import MemberRole, OfficerFunction, Viewer

_MANAGING = frozenset({MemberRole.OWNER, MemberRole.MANAGER})


def may_be_read(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a business's papers are open: its managers', its officers'."""
    if viewer.is_administrator or viewer.is_system:
        return true()
    managed = [key for key, role in viewer.memberships.items() if role in _MANAGING]
    conditions: list[ColumnElement[bool]] = [Business.id.in_(managed)] if managed else []
    return or_(false(), *conditions, in_charge(viewer))


def in_charge(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which the viewer decides: trade officers of the place."""
    if viewer.is_administrator or viewer.is_system:
        return true()
    conditions = [
        true() if grant.place_id is None else Business.place_id == grant.place_id
        for grant in viewer.grants
        if grant.function is OfficerFunction.TRADE
    ]
    return or_(false(), *conditions)


def visible_verifications(viewer: Viewer) -> Select[Verification]:
    """The verifications of the viewer's own businesses and of those the viewer is in charge of."""
    return (
        select(Verification)
        .join(Business, Business.id == Verification.business_id)
        .where(may_be_read(viewer))
    )


def queue(viewer: Viewer, states: Collection[VerificationState]) -> Select[Verification]:
    """What waits for an officer; drafts are nobody's business but their owner's."""
    return (
        select(Verification)
        .join(Business, Business.id == Verification.business_id)
        .where(
            in_charge(viewer),
            Verification.state.in_(states),
            Verification.state != VerificationState.DRAFT,
        )
    )


def for_change(viewer: Viewer, verification_id: UUID) -> Select[Verification]:
    """One verification the viewer may read, locked."""
    return (
        visible_verifications(viewer)
        .where(Verification.id == verification_id)
        .with_for_update(of=Verification)
    )


def business_of(viewer: Viewer, verification_id: UUID) -> Select[Business]:
    """The business a verification is about, for those who may read it."""
    return (
        select(Business)
        .join(Verification, Verification.business_id == Business.id)
        .where(Verification.id == verification_id, may_be_read(viewer))
    )


def disputes_for(viewer: Viewer) -> Select[IdentifierDispute]:
    """Claims to numbers of businesses the viewer is in charge of, undecided, the oldest first."""
    return (
        select(IdentifierDispute)
        .join(Business, Business.id == IdentifierDispute.holder_id)
        .where(IdentifierDispute.settled_at.is_(None), in_charge(viewer))
        .order_by(IdentifierDispute.created_at, IdentifierDispute.id)
    )


def of_business(business_id: UUID) -> Select[Verification]:
    """The verification of a business, locked."""
    return select(Verification).where(Verification.business_id == business_id).with_for_update()
