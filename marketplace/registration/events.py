"""What happens to dossiers."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event
from marketplace.registration.rules.states import DossierState


@dataclass(frozen=True, slots=True)
class DossierMoved(Event):
    """A dossier came from one state into another."""

    dossier_id: UUID
    from_state: DossierState
    to_state: DossierState


@dataclass(frozen=True, slots=True)
class DossierApproved(Event):
    """A dossier was decided well, and the code of the new business is known."""

    dossier_id: UUID
