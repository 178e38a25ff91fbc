"""Who may say who works for a business."""

from uuid import UUID

from businesses.rules.people import may_give
from marketplace.kernel.viewer import MemberRole, Viewer


def may_invite(viewer: Viewer, business_id: UUID, role: MemberRole) -> bool:
    """Owners ask for every role, managers for clerks; administrators and the seed help out."""
    if viewer.is_administrator or viewer.is_system:
        return True
    return may_give(viewer.role_in(business_id), role)


def may_change_member(viewer: Viewer, business_id: UUID, role: MemberRole) -> bool:
    """Who may give a role may take it."""
    return may_invite(viewer, business_id, role)


def may_hand_over(viewer: Viewer, business_id: UUID) -> bool:
    """Only an owner gives a business away."""
    return viewer.role_in(business_id) is MemberRole.OWNER


def may_end_help(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers end what anybody does for their business; administrators, too."""
    return viewer.is_administrator or viewer.role_in(business_id) in {
        MemberRole.OWNER,
        MemberRole.MANAGER,
    }
