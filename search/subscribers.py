"""What search does when something changes: write the documents now, tell the engine by a job."""

from collections.abc import Sequence
from uuid import UUID

from businesses.events import BusinessChanged
from catalog.events import ProductPublished, ProductsChanged, ProductWithdrawn
from marketplace.content.events import PageChanged
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.places.events import PlaceChanged
from search import tasks
from search.rules.questions import SearchKind
from search.services.documents import refresh_documents

_DEFERRED = "search: deferred in this transaction"


async def write_products(unit: UnitOfWork, event: ProductsChanged) -> None:
    """Write the documents of the products."""
    await _write(unit, SearchKind.PRODUCT, event.product_ids)


async def write_product(unit: UnitOfWork, event: ProductPublished | ProductWithdrawn) -> None:
    """Write the document of a product, or remove it."""
    await _write(unit, SearchKind.PRODUCT, (event.product_id,))


async def write_business(unit: UnitOfWork, event: BusinessChanged) -> None:
    """Write the document of a business; those of its goods follow by a job."""
    await _write(unit, SearchKind.BUSINESS, (event.business_id,))
    if _is_first(unit, str(event.business_id)):
        await defer(unit.session, tasks.refresh_business, business_id=str(event.business_id))


async def write_place(unit: UnitOfWork, event: PlaceChanged) -> None:
    """Leave the place and all that lies there to a job; a whole new map is one job, too."""
    if _is_first(unit, "a place"):
        await defer(unit.session, tasks.refresh_place, place_id=str(event.place_id))
    elif _is_first(unit, "places"):
        await defer(unit.session, tasks.refresh_places)


async def write_page(unit: UnitOfWork, event: PageChanged) -> None:
    """Write the document of a page."""
    await _write(unit, SearchKind.PAGE, (event.page_id,))


def subscribe(events: EventBus) -> None:
    """Listen to every storey below."""
    events.subscribe(ProductsChanged, write_products)
    events.subscribe(ProductPublished, write_product)
    events.subscribe(ProductWithdrawn, write_product)
    events.subscribe(BusinessChanged, write_business)
    events.subscribe(PlaceChanged, write_place)
    events.subscribe(PageChanged, write_page)


async def _write(unit: UnitOfWork, kind: SearchKind, ids: Sequence[UUID]) -> None:
    """Write the documents; one job per transaction tells the engine, however many changed."""
    changed = await refresh_documents(unit.session, kind, ids)
    if changed and _is_first(unit, "documents"):
        await defer(unit.session, tasks.send_documents)


def _is_first(unit: UnitOfWork, what: str) -> bool:
    """Whether this is asked for the first time in the transaction."""
    deferred: set[str] = unit.session.info.setdefault(_DEFERRED, set())
    if what in deferred:
        return False
    deferred.add(what)
    return True
