"""What follows while businesses join: looks at papers are written down, owners are told."""

from businesses.events import SuspensionAnnounced, VerificationMoved
from businesses.services.papers import note_look
from businesses.tasks import joining as tasks
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.media.events import PrivateFileViewed

# What an owner hears about; taking up is no news to anybody.
_TOLD = frozenset({"submit", "ask_for_changes", "verify", "refuse"})


async def write_look(unit: UnitOfWork, event: PrivateFileViewed) -> None:
    """Keep who looked at a paper, before a byte of it leaves."""
    await note_look(unit, event.media_id, event.viewer_id, event.address)


async def tell_owners(unit: UnitOfWork, event: VerificationMoved) -> None:
    """Send a letter or a text message about where the verification stands."""
    if event.transition in _TOLD:
        await defer(
            unit.session,
            tasks.send_verification_news,
            verification_id=str(event.verification_id),
            transition=event.transition,
        )


async def tell_of_suspension(unit: UnitOfWork, event: SuspensionAnnounced) -> None:
    """Send the reason and the day to every owner."""
    await defer(unit.session, tasks.send_suspension, suspension_id=str(event.suspension_id))


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(PrivateFileViewed, write_look)
    bus.subscribe(VerificationMoved, tell_owners)
    bus.subscribe(SuspensionAnnounced, tell_of_suspension)
