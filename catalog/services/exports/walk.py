"""All goods of a business, some at a time, as rows of a sheet."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.models import Business
from catalog import policies
from catalog.models import Category, GeographicalIndication, ProductType, Warehouse
from catalog.ports import Cell
from catalog.services.exports.headers import lay_out
from catalog.services.exports.rows import RowWriter
from catalog.services.imports.reference import load_reference, name_key
from catalog.services.imports.standing import read_standing
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.places.models import Place

AT_ONCE: Final = 200


async def sheet_rows(unit: UnitOfWork, slug: str) -> AsyncIterator[list[list[Cell]]]:
    """The header by itself, then the rows of some products at a time; nothing is held for long.

    Raises:
        NotFoundError: there is no such business for the viewer.
    """
    business_id = await unit.session.scalar(select(Business.id).where(Business.slug == slug))
    if business_id is None or not policies.may_edit_products(unit.viewer, business_id):
        raise NotFoundError(_("There is no such business."))
    reference = await load_reference(unit)
    sheet = await lay_out(unit, business_id, reference)
    yield [list(sheet.layout.header)]
    writer = RowWriter(sheet, reference, await _names(unit))
    first = select(Warehouse.id).where(Warehouse.business_id == business_id)
    warehouse_id = await unit.session.scalar(first.order_by(Warehouse.id).limit(1))
    last: UUID | None = None
    while True:
        standing = await read_standing(unit, business_id, warehouse_id, last, AT_ONCE)
        if not standing.products:
            return
        by_id = {row["id"]: row for row in standing.products.values()}
        yield [
            writer.write(standing, by_id[product_id], variant)
            for (product_id, _code), variant in standing.variants_by_id.items()
            # A packing that is not offered any more would be offered again.
            if variant["is_active"]
        ]
        last = max(by_id)


async def _names(unit: UnitOfWork) -> dict[str, dict[UUID, str]]:
    """What things are called, by their keys."""
    names: dict[str, dict[UUID, str]] = {"folded": {}}
    statements = {
        "category": select(Category.id, Category.name),
        "slug": select(Category.id, Category.slug),
        "type": select(ProductType.id, ProductType.name),
        "place": select(Place.id, Place.full_name),
        "indication": select(GeographicalIndication.id, GeographicalIndication.name),
    }
    for kind, statement in statements.items():
        names[kind] = {row[0]: row[1] for row in await unit.session.execute(statement)}
    names["folded"] = {key: name_key(name) for key, name in names["category"].items()}
    return names
