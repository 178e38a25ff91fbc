"""Who may do what to messages between systems."""

from uuid import UUID

from marketplace.kernel.viewer import MemberRole, Viewer

_MANAGING = frozenset({MemberRole.OWNER, MemberRole.MANAGER})


def may_manage_sources(viewer: Viewer) -> bool:
    """Only administrators say which systems are believed here."""
    return viewer.is_administrator or viewer.is_system


def may_manage_endpoints(viewer: Viewer, business_id: UUID | None) -> bool:
    """Owners and managers look after their business's endpoints, administrators after all."""
    if viewer.is_administrator or viewer.is_system:
        return True
    return business_id is not None and viewer.role_in(business_id) in _MANAGING
