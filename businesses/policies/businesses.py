"""Who may do what to a business."""

from uuid import UUID

from marketplace.kernel.viewer import HelpScope, MemberRole, OfficerFunction, Viewer

MANAGING = frozenset({MemberRole.OWNER, MemberRole.MANAGER})


def may_manage(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers change the profile and the members; administrators help out."""
    return viewer.is_administrator or viewer.is_system or viewer.role_in(business_id) in MANAGING


def may_sell(viewer: Viewer, business_id: UUID, scope: HelpScope = HelpScope.PRODUCTS) -> bool:
    """Every member looks after goods and stock; so does who acts for the seller, as agreed."""
    return (
        viewer.is_administrator
        or viewer.is_system
        or viewer.role_in(business_id) is not None
        or viewer.assists(business_id, scope)
    )


def may_enter(viewer: Viewer, business_id: UUID) -> bool:
    """Members enter the workspace, and whoever acts for the seller at the moment."""
    return may_sell(viewer, business_id) or business_id in viewer.businesses


def may_set_prices(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers set prices, and a helper whom the seller let look after goods."""
    return may_manage(viewer, business_id) or viewer.assists(business_id, HelpScope.PRODUCTS)


def may_hand_in_papers(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers hand in papers, and a helper whom the seller let do that."""
    return may_manage(viewer, business_id) or viewer.assists(business_id, HelpScope.PAPERS)


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
    if viewer.assists(business_id, HelpScope.PRODUCTS):
        held.add(str(MemberRole.CLERK))
    if viewer.is_system:
        held.add("system")
    if viewer.is_administrator:
        held.add("administrator")
    if viewer.is_officer(OfficerFunction.TRADE, place_id):
        held.add("trade officer")
    return frozenset(held)
