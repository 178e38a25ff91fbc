"""Who may do what to an account."""

from uuid import UUID

from marketplace.accounts.models import Address
from marketplace.kernel.viewer import Viewer


def may_manage_accounts(viewer: Viewer) -> bool:
    """Administrators, and the marketplace itself when it seeds or imports."""
    return viewer.is_administrator or viewer.is_system


def may_change_user(viewer: Viewer, user_id: UUID) -> bool:
    """People change their own account."""
    return viewer.user_id == user_id or may_manage_accounts(viewer)


def may_change_address(viewer: Viewer, address: Address) -> bool:
    """People change their own addresses."""
    return viewer.user_id is not None and viewer.user_id == address.user_id
