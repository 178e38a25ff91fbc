"""Who may tell what registers say."""

from marketplace.kernel.viewer import OfficerFunction, Viewer


def may_import_register(viewer: Viewer) -> bool:
    """Officers of trade or registration for the whole province, and administrators."""
    return (
        viewer.is_administrator
        or viewer.is_system
        or viewer.is_officer(OfficerFunction.TRADE)
        or viewer.is_officer(OfficerFunction.REGISTRATION)
    )
