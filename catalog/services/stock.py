"""Stock: what a seller counts in a warehouse."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from catalog.errors import InsufficientStockError, InvalidProductError
from catalog.events import ProductsChanged
from catalog.models import Stock, Variant, Warehouse
from catalog.services.listings import refresh_listings
from catalog.services.prices import variant_with_product
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork

HIGHEST_COUNT = 100_000_000


async def default_warehouse(unit: UnitOfWork, business_id: UUID) -> UUID:
    """The warehouse a business starts with, made when it is first needed."""
    statement = (
        insert(Warehouse)
        .values(business_id=business_id, name="Kho chính")
        .on_conflict_do_nothing()
        .returning(Warehouse.id)
    )
    made = await unit.session.scalar(statement)
    if made is not None:
        return made
    found = (
        select(Warehouse.id)
        .where(Warehouse.business_id == business_id)
        .order_by(Warehouse.id)
        .limit(1)
    )
    return (await unit.session.execute(found)).scalar_one()


async def set_stock(
    unit: UnitOfWork,
    variant_id: UUID,
    on_hand: int,
    warehouse_id: UUID | None = None,
) -> Variant:
    """Write down how many of a variant lie in a warehouse.

    Raises:
        NotFoundError: there is no such variant or warehouse.
        NotPermittedError: the viewer does not sell for the business.
        InvalidProductError: the count cannot be right.
        InsufficientStockError: buyers were promised more than that.
    """
    variant, product = await variant_with_product(unit, variant_id)
    if not 0 <= on_hand <= HIGHEST_COUNT:
        raise InvalidProductError(_("This count cannot be right."), field="onHand")
    if warehouse_id is None:
        warehouse_id = await default_warehouse(unit, product.business_id)
    else:
        warehouse = await unit.session.get(Warehouse, warehouse_id)
        if warehouse is None or warehouse.business_id != product.business_id:
            raise NotFoundError(_("There is no such warehouse."), field="warehouse")
    await unit.session.execute(
        insert(Stock)
        .values(variant_id=variant.id, warehouse_id=warehouse_id)
        .on_conflict_do_nothing(),
    )
    counted = await unit.session.execute(
        update(Stock)
        .where(
            Stock.variant_id == variant.id,
            Stock.warehouse_id == warehouse_id,
            Stock.reserved + Stock.allocated <= on_hand,
        )
        .values(on_hand=on_hand)
        .returning(Stock.id)
        .execution_options(synchronize_session=False),
    )
    if counted.scalar_one_or_none() is None:
        raise InsufficientStockError(_("Buyers were promised more than that already."))
    await refresh_listings(unit, [product.id])
    unit.announce(ProductsChanged((product.id,)))
    return variant
