"""Statements over businesses: built here, executed by whoever asks."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from businesses.models import Business, BusinessMember
from businesses.rules.businesses import BusinessState
from marketplace.kernel.viewer import OfficerFunction, Viewer


def is_visible(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which the viewer may see a business: active, one's own, or in charge.

    One whose notice of suspension has run out counts as suspended, however late the worker is.
    """
    if viewer.is_administrator or viewer.is_system:
        return true()
    is_open = Business.state == BusinessState.ACTIVE
    conditions = [and_(is_open, or_(Business.due_at.is_(None), Business.due_at > func.now()))]
    if viewer.businesses:
        conditions.append(Business.id.in_(viewer.businesses))
    conditions.extend(
        true() if grant.place_id is None else Business.place_id == grant.place_id
        for grant in viewer.grants
        if grant.function is OfficerFunction.TRADE
    )
    return or_(*conditions)


def visible_businesses(viewer: Viewer) -> Select[Business]:
    """Active businesses, the viewer's own, and those the viewer supervises."""
    return select(Business).where(is_visible(viewer))


def business_for_change(business_id: UUID) -> Select[Business]:
    """The business, locked until the transaction ends."""
    return select(Business).where(Business.id == business_id).with_for_update()


def memberships_of(user_id: UUID) -> Select[BusinessMember]:
    """Every business the person acts for."""
    return select(BusinessMember).where(BusinessMember.user_id == user_id)


def counts_by_place(viewer: Viewer) -> Select[UUID | None, int]:
    """How many businesses the viewer may see in each place."""
    return (
        select(Business.place_id, func.count())
        .where(is_visible(viewer), Business.place_id.is_not(None))
        .group_by(Business.place_id)
    )
