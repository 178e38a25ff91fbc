"""Who may do what in the catalogue."""

from uuid import UUID

from businesses.policies import businesses as business_policies
from marketplace.kernel.viewer import HelpScope, Viewer


def may_edit_products(
    viewer: Viewer, business_id: UUID, scope: HelpScope = HelpScope.PRODUCTS
) -> bool:
    """Every member of the business looks after its goods; a helper as far as was agreed."""
    return business_policies.may_sell(viewer, business_id, scope)


def may_set_prices(viewer: Viewer, business_id: UUID) -> bool:
    """Owners and managers set prices; clerks do not."""
    return business_policies.may_set_prices(viewer, business_id)


def may_enter_certificates(viewer: Viewer) -> bool:
    """OCOP stars are entered by administrators until oversight exists, never by the seller."""
    return viewer.is_administrator or viewer.is_system
