"""Statements over the people of a business."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import selectinload

from businesses.models import BusinessMember, Handover, Invitation
from marketplace.kernel.viewer import MemberRole, Viewer


def visible_members(viewer: Viewer, business_id: UUID) -> Select[BusinessMember]:
    """The people of a business, for its own members and administrators; the first to join first."""
    statement = (
        select(BusinessMember)
        .where(BusinessMember.business_id == business_id)
        .options(selectinload(BusinessMember.user))
        .order_by(BusinessMember.joined_at, BusinessMember.id)
    )
    return statement if _is_inside(viewer, business_id) else statement.where(false())


def visible_invitations(viewer: Viewer, business_id: UUID, now: datetime) -> Select[Invitation]:
    """Who was asked and has not answered, for owners and managers of the business."""
    statement = (
        select(Invitation)
        .where(
            Invitation.business_id == business_id,
            Invitation.ended_at.is_(None),
            Invitation.expires_at > now,
        )
        .options(selectinload(Invitation.invited_by))
        .order_by(Invitation.invited_at, Invitation.id)
    )
    role = viewer.role_in(business_id)
    if (
        viewer.is_administrator
        or viewer.is_system
        or role in {MemberRole.OWNER, MemberRole.MANAGER}
    ):
        return statement
    return statement.where(false())


def visible_handovers(viewer: Viewer, business_id: UUID, now: datetime) -> Select[Handover]:
    """The open hand-over of a business, for its members."""
    statement = select(Handover).where(
        Handover.business_id == business_id,
        Handover.ended_at.is_(None),
        Handover.expires_at > now,
    )
    return statement if _is_inside(viewer, business_id) else statement.where(false())


def invitation_of_link(digest: bytes, now: datetime) -> Select[Invitation]:
    """The invitation whose link somebody holds; the link is the right to see it."""
    return (
        select(Invitation)
        .where(
            Invitation.token_hash == digest,
            Invitation.ended_at.is_(None),
            Invitation.expires_at > now,
        )
        .options(selectinload(Invitation.business), selectinload(Invitation.invited_by))
    )


def members_for_change(business_id: UUID) -> Select[BusinessMember]:
    """Every member of the business; whoever changes them holds the business's lock."""
    return (
        select(BusinessMember)
        .where(BusinessMember.business_id == business_id)
        .order_by(BusinessMember.id)
        .with_for_update()
    )


def member_of_id(member_id: UUID) -> Select[BusinessMember]:
    """The membership of that key; for services only."""
    return select(BusinessMember).where(BusinessMember.id == member_id)


def open_handover(business_id: UUID) -> Select[Handover]:
    """The hand-over of the business that was not answered yet, locked."""
    return (
        select(Handover)
        .where(Handover.business_id == business_id, Handover.ended_at.is_(None))
        .with_for_update()
    )


def open_invitations(business_id: UUID) -> Select[Invitation]:
    """Every invitation of the business that was not answered yet, locked."""
    return (
        select(Invitation)
        .where(Invitation.business_id == business_id, Invitation.ended_at.is_(None))
        .order_by(Invitation.id)
        .with_for_update()
    )


def _is_inside(viewer: Viewer, business_id: UUID) -> bool:
    return viewer.is_administrator or viewer.is_system or viewer.role_in(business_id) is not None
