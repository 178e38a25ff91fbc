"""What the catalogue does when a business changes: its goods go and come with it."""

from sqlalchemy import select

from businesses.events import BusinessChanged
from catalog.events import ProductsChanged
from catalog.models import Product
from catalog.rules import ProductState
from catalog.services.listings import refresh_listings
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork


async def show_or_hide_products(unit: UnitOfWork, event: BusinessChanged) -> None:
    """Put the goods of a business that opened on display, and hide those of one that did not.

    All that are published, not only those that look wrong now: another transaction may be about
    to change what they look like.
    """
    published = select(Product.id).where(
        Product.business_id == event.business_id,
        Product.state == ProductState.PUBLISHED,
    )
    ids = (await unit.session.scalars(published)).all()
    if ids:
        await refresh_listings(unit, ids)
        unit.announce(ProductsChanged(tuple(ids)))


def subscribe(events: EventBus) -> None:
    """Listen to the businesses."""
    events.subscribe(BusinessChanged, show_or_hide_products)
