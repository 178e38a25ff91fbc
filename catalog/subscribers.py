"""What the catalogue does when a business changes: its goods go and come with it."""

from sqlalchemy import select

from businesses.events import BusinessChanged
from businesses.models import Business
from businesses.rules import BusinessState
from catalog.events import ProductsChanged
from catalog.models import Product
from catalog.rules import ProductState
from catalog.services.listings import refresh_listings
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork


async def show_or_hide_products(unit: UnitOfWork, event: BusinessChanged) -> None:
    """Put the goods of a business that opened on display, and hide those of one that did not."""
    state = await unit.session.scalar(
        select(Business.state).where(Business.id == event.business_id),
    )
    is_open = state is BusinessState.ACTIVE
    wrong = select(Product.id).where(
        Product.business_id == event.business_id,
        Product.is_displayed.is_(not is_open),
        Product.state == ProductState.PUBLISHED,
    )
    ids = (await unit.session.scalars(wrong)).all()
    if ids:
        await refresh_listings(unit, ids)
        unit.announce(ProductsChanged(tuple(ids)))


def subscribe(events: EventBus) -> None:
    """Listen to the businesses."""
    events.subscribe(BusinessChanged, show_or_hide_products)
