"""OCOP certificates of the demo, entered as an administrator would, some of them expired."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from catalog import policies
from catalog.events import ProductsChanged
from catalog.models import OcopCertificate, Product
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.seeding.rows import keep
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.unit_of_work import UnitOfWork

MONTHS: Final = 36  # Decision 148/QĐ-TTg of 24/2/2023


async def load_certificates(unit: UnitOfWork, data: ProvinceData, shops: dict[str, UUID]) -> int:
    """Enter the certificates of the data; how many are new.

    Raises:
        NotPermittedError: the viewer may not enter certificates.
    """
    if not policies.may_enter_certificates(unit.viewer):
        raise NotPermittedError
    rows = await unit.session.execute(
        select(Product.external_id, Product.id).where(Product.business_id.in_(shops.values())),
    )
    products = {row.external_id: row.id for row in rows}
    there = set(await unit.session.scalars(select(OcopCertificate.number)))
    changed: list[UUID] = []
    for business in data.businesses:
        for record in business["certificates"]:
            code = f"{business['code']}-{record['kind']}-{record['name_index']}"
            if record["number"] in there or code not in products:
                continue
            issued_on = date.fromisoformat(record["issued_on"])
            await keep(
                unit.session,
                OcopCertificate,
                {"product_id": products[code], "number": record["number"]},
                stars=record["stars"],
                decision_number=record["decision_number"],
                issued_on=issued_on,
                expires_on=issued_on.replace(year=issued_on.year + MONTHS // 12),
                entered_by_id=unit.viewer.user_id,
            )
            changed.append(products[code])
    if changed:
        unit.announce(ProductsChanged(tuple(changed)))
    return len(changed)
