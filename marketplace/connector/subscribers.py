"""What connections do when something happens: their own jobs."""

from marketplace.connector.events import ConnectionGivenUp, ProductNoticed, PullAsked
from marketplace.connector.tasks import look, pull, queue_of, send_loss
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork


def subscribe(bus: EventBus) -> None:
    """Listen to what concerns connections."""
    bus.subscribe(PullAsked, begin_pull)
    bus.subscribe(ProductNoticed, look_again)
    bus.subscribe(ConnectionGivenUp, tell_owners)


async def begin_pull(unit: UnitOfWork, event: PullAsked) -> None:
    """Pull beside the request."""
    key = str(event.connection_id)
    await defer(unit.session, pull, lock_key=queue_of(event.connection_id), connection_id=key)


async def look_again(unit: UnitOfWork, event: ProductNoticed) -> None:
    """Read the product that the shop named."""
    await defer(
        unit.session,
        look,
        lock_key=queue_of(event.connection_id),
        connection_id=str(event.connection_id),
        external_id=event.external_id,
    )


async def tell_owners(unit: UnitOfWork, event: ConnectionGivenUp) -> None:
    """Write to the owners."""
    await defer(unit.session, send_loss, connection_id=str(event.connection_id))
