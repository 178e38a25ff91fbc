"""What happens to businesses."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.kernel.events import Event


@dataclass(frozen=True, slots=True)
class BusinessChanged(Event):
    """A business was created, edited, or moved to another state."""

    business_id: UUID


@dataclass(frozen=True, slots=True)
class DataDownloadAsked(Event):
    """An owner wants all data of the business; it is to be packed."""

    download_id: UUID


@dataclass(frozen=True, slots=True)
class VerificationMoved(Event):
    """The check of a business went on; its owners are told what that means for them."""

    verification_id: UUID
    transition: str


@dataclass(frozen=True, slots=True)
class SuspensionAnnounced(Event):
    """A business was told that it is, or will be, suspended."""

    suspension_id: UUID


@dataclass(frozen=True, slots=True)
class MemberInvited(Event):
    """Somebody is asked to act for a business; the link waits to be sent."""

    invitation_id: UUID


@dataclass(frozen=True, slots=True)
class HandoverAsked(Event):
    """An owner offers the business to a member."""

    handover_id: UUID


@dataclass(frozen=True, slots=True)
class AssistanceRecorded(Event):
    """Somebody wrote down that they may act for a seller; the seller is told, or sent a code."""

    assistance_id: UUID


@dataclass(frozen=True, slots=True)
class AssistanceEnded(Event):
    """Nobody acts for the seller by this consent any more."""

    assistance_id: UUID
