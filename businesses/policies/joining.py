"""Who may see and decide what a business shows of itself."""

from businesses.models import Business
from businesses.policies.businesses import may_manage, may_supervise
from marketplace.kernel.viewer import Viewer


def may_see_papers(viewer: Viewer, business: Business) -> bool:
    """Owners and managers, and the trade officers of the place; a clerk sells, no more."""
    return may_manage(viewer, business.id) or may_supervise(viewer, business.place_id)


def may_decide(viewer: Viewer, business: Business) -> bool:
    """Trade officers of the place, but nobody about a business of their own."""
    return may_supervise(viewer, business.place_id) and not is_own(viewer, business)


def is_own(viewer: Viewer, business: Business) -> bool:
    """Whether the viewer belongs to the business."""
    return viewer.role_in(business.id) is not None
