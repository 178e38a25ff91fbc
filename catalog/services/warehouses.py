"""Where a business keeps its goods."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from catalog.models import Stock, Warehouse
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork


async def default_warehouse(unit: UnitOfWork, business_id: UUID) -> UUID:
    """The warehouse a business starts with, made when it is first needed."""
    # Looked for first: a warehouse that was given another name is not joined by a second one.
    found = (
        select(Warehouse.id)
        .where(Warehouse.business_id == business_id)
        .order_by(Warehouse.id)
        .limit(1)
    )
    there = await unit.session.scalar(found)
    if there is not None:
        return there
    statement = (
        insert(Warehouse)
        .values(business_id=business_id, name="Kho chính")
        .on_conflict_do_nothing()
        .returning(Warehouse.id)
    )
    made = await unit.session.scalar(statement)
    return made or (await unit.session.execute(found)).scalar_one()


async def stock_at(
    unit: UnitOfWork,
    business_id: UUID,
    variant_id: UUID,
    warehouse_id: UUID | None,
) -> Stock:
    """The stock of a variant in a warehouse, locked; an empty one where there was none.

    Raises:
        NotFoundError: the business has no such warehouse.
    """
    if warehouse_id is None:
        warehouse_id = await default_warehouse(unit, business_id)
    else:
        warehouse = await unit.session.get(Warehouse, warehouse_id)
        if warehouse is None or warehouse.business_id != business_id:
            raise NotFoundError(_("There is no such warehouse."), field="warehouse")
    await unit.session.execute(
        insert(Stock)
        .values(id=new_id(), variant_id=variant_id, warehouse_id=warehouse_id)
        .on_conflict_do_nothing(),
    )
    found = (
        select(Stock)
        .where(Stock.variant_id == variant_id, Stock.warehouse_id == warehouse_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await unit.session.scalars(found)).one()
