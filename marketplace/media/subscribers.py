"""What media do when something happens."""

from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.media.events import PictureUploaded
from marketplace.media.tasks import render_sizes


async def ask_for_sizes(unit: UnitOfWork, event: PictureUploaded) -> None:
    """Defer the rendering in the upload's own transaction."""
    key = str(event.media_id)
    await defer(unit.session, render_sizes, lock_key=key, media_id=key)


def subscribe(bus: EventBus) -> None:
    """Tell the bus what media listen to."""
    bus.subscribe(PictureUploaded, ask_for_sizes)
