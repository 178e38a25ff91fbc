"""Who may do what to a dossier."""

from uuid import UUID

from marketplace.kernel.transitions import SYSTEM_ROLE
from marketplace.kernel.viewer import OfficerFunction, Viewer
from marketplace.registration.models import Dossier

APPLICANT = "applicant"
OFFICER = "registration officer"


def is_applicant(viewer: Viewer, dossier: Dossier) -> bool:
    """Whose dossier it is: only they answer questions and file it."""
    return viewer.user_id is not None and viewer.user_id == dossier.applicant_id


def may_handle(viewer: Viewer, office_id: UUID | None) -> bool:
    """Registration officers of the office; without an office it is the province's.

    An administrator looks after the marketplace, not after other people's papers.
    """
    return viewer.is_officer(OfficerFunction.REGISTRATION, office_id)


def roles(viewer: Viewer, dossier: Dossier) -> frozenset[str]:
    """The roles in which the viewer meets the dossier's machine; nobody decides on their own."""
    held: set[str] = set()
    if is_applicant(viewer, dossier):
        held.add(APPLICANT)
    elif may_handle(viewer, dossier.office_id):
        held.add(OFFICER)
    if viewer.is_system:
        held.add(SYSTEM_ROLE)
    return frozenset(held)
