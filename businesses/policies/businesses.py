"""Who may do what to a business."""

from uuid import UUID

from marketplace.kernel.viewer import MemberRole, OfficerFunction, Viewer

MANAGING = frozenset({MemberRole.OWNER, MemberRole.MANAGER})


def may_manage(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers change the profile and the members; administrators help out."""
    return viewer.is_administrator or viewer.is_system or viewer.role_in(business_id) in MANAGING


def may_sell(viewer: Viewer, business_id: UUID) -> bool:
    """Every member looks after goods, prices and stock."""
    return viewer.is_administrator or viewer.is_system or viewer.role_in(business_id) is not None


def may_supervise(viewer: Viewer, place_id: UUID | None) -> bool:
    """Trade officers of the place, and administrators, suspend and reinstate a business."""
    return (
        viewer.is_administrator
        or viewer.is_system
        or viewer.is_officer(OfficerFunction.TRADE, place_id)
    )


def roles(viewer: Viewer, business_id: UUID, place_id: UUID | None) -> frozenset[str]:
    """The roles in which the viewer meets the state machines of the business and its goods."""
    held: set[str] = set()
    if (role := viewer.role_in(business_id)) is not None:
        held.add(str(role))
    if viewer.is_system:
        held.add("system")
    if viewer.is_administrator:
        held.add("administrator")
    if viewer.is_officer(OfficerFunction.TRADE, place_id):
        held.add("trade officer")
    return frozenset(held)
