"""Statements over assisted selling."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Select, and_, false, or_, select
from sqlalchemy.orm import selectinload

from businesses.models import ActingSession, Assistance, Business, BusinessMember
from businesses.rules.businesses import LOWEST_VERIFIED_LEVEL, BusinessKind, BusinessState
from marketplace.kernel.viewer import MemberRole, Viewer

_HELPING_KINDS = (BusinessKind.COOPERATIVE, BusinessKind.COOPERATIVE_GROUP)


def visible_assistances(viewer: Viewer) -> Select[Assistance]:
    """The help one gives, and the help given to one's own businesses; open ones first."""
    managed = [
        key
        for key, role in viewer.memberships.items()
        if role in {MemberRole.OWNER, MemberRole.MANAGER}
    ]
    statement = (
        select(Assistance)
        .options(
            selectinload(Assistance.business),
            selectinload(Assistance.helper),
            selectinload(Assistance.seller),
        )
        .order_by(Assistance.ended_at.is_not(None), Assistance.recorded_at.desc(), Assistance.id)
    )
    if viewer.is_administrator or viewer.is_system:
        return statement
    if viewer.user_id is None:
        return statement.where(false())
    return statement.where(
        or_(Assistance.helper_id == viewer.user_id, Assistance.business_id.in_(managed))
    )


def is_open(now: datetime) -> ColumnElement[bool]:
    """The condition under which somebody may act by a consent now."""
    return and_(
        Assistance.confirmed_at.is_not(None),
        Assistance.ended_at.is_(None),
        Assistance.expires_at > now,
    )


def assistance_for_change(assistance_id: UUID) -> Select[Assistance]:
    """The consent, locked until the change is done."""
    return (
        select(Assistance)
        .where(Assistance.id == assistance_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def acting_in_session(session_id: UUID, now: datetime) -> Executable:
    """For whom somebody acts in that browser, as long as the consent holds."""
    return (
        select(Assistance, Business.name, Business.slug, Business.place_id)
        .join(ActingSession, ActingSession.assistance_id == Assistance.id)
        .join(Business, Business.id == Assistance.business_id)
        .where(ActingSession.session_id == session_id, is_open(now))
    )


def owners_of(business_id: UUID) -> Select[BusinessMember]:
    """The owners of the business, the first to join first: one of them consents."""
    return (
        select(BusinessMember)
        .where(BusinessMember.business_id == business_id, BusinessMember.role == MemberRole.OWNER)
        .options(selectinload(BusinessMember.user))
        .order_by(BusinessMember.joined_at, BusinessMember.id)
    )


def helping_cooperatives(viewer: Viewer) -> Select[UUID]:
    """The verified co-operatives whose members the viewer may help as one of their people."""
    return select(Business.id).where(
        Business.id.in_(viewer.memberships),
        Business.kind.in_(_HELPING_KINDS),
        Business.state == BusinessState.ACTIVE,
        Business.verification_level >= LOWEST_VERIFIED_LEVEL,
    )


def open_between(business_id: UUID, helper_id: UUID) -> Select[Assistance]:
    """What the helper wrote down for the business before and nobody has ended, locked."""
    return (
        select(Assistance)
        .where(
            Assistance.business_id == business_id,
            Assistance.helper_id == helper_id,
            Assistance.ended_at.is_(None),
        )
        .with_for_update()
    )
