"""What messages do when something happens: their own jobs."""

from marketplace.hooks.events import DeliveryQueued
from marketplace.hooks.tasks import deliver, queue_of, wake_delivery
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork


def subscribe(bus: EventBus) -> None:
    """Listen to what concerns messages."""
    bus.subscribe(DeliveryQueued, send)


async def send(unit: UnitOfWork, event: DeliveryQueued) -> None:
    """Defer the try: now, or after the pause."""
    delivery_id = str(event.delivery_id)
    if event.at is None:
        lock = queue_of(event.endpoint_id)
        await defer(unit.session, deliver, lock_key=lock, delivery_id=delivery_id)
    else:
        await defer(
            unit.session,
            wake_delivery,
            at=event.at,
            delivery_id=delivery_id,
            endpoint_id=str(event.endpoint_id),
        )
