"""What follows when a business carries its data away."""

from businesses.events import DataDownloadAsked
from businesses.services.own_data import note_fetched
from businesses.tasks import own_data as tasks
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.media.events import PrivateFileViewed


async def pack(unit: UnitOfWork, event: DataDownloadAsked) -> None:
    """Have the file made."""
    await defer(unit.session, tasks.pack_download, download_id=str(event.download_id))


async def write_fetched(unit: UnitOfWork, event: PrivateFileViewed) -> None:
    """Keep who fetched it, before a byte of it leaves."""
    await note_fetched(unit, event.media_id, event.viewer_id)


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(DataDownloadAsked, pack)
    bus.subscribe(PrivateFileViewed, write_fetched)
