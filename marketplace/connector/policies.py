"""Who may connect a shop."""

from uuid import UUID

from businesses.policies import businesses as business_policies
from marketplace.kernel.viewer import Viewer


def may_connect(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers, because prices come with the goods; administrators help out."""
    return business_policies.may_manage(viewer, business_id)
