"""Papers that end: OCOP certificates, food papers and licences of a business."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select, union_all

from businesses.models import Licence
from catalog.models import FoodPaper, OcopCertificate, Product


def expiring_papers(last_day: date, business_id: UUID | None = None) -> Select[*tuple[Any, ...]]:
    """Every paper that ends by that day, the first to end first, with whose and what it is."""
    ocop = (
        select(
            OcopCertificate.id,
            Product.business_id,
            literal("ocop").label("kind"),
            OcopCertificate.number,
            OcopCertificate.expires_on,
            Product.name.label("label"),
        )
        .join(Product, Product.id == OcopCertificate.product_id)
        .where(OcopCertificate.expires_on <= last_day)
    )
    food = (
        select(
            FoodPaper.id,
            Product.business_id,
            literal("food"),
            FoodPaper.number,
            FoodPaper.expires_on,
            Product.name,
        )
        .join(Product, Product.id == FoodPaper.product_id)
        .where(FoodPaper.expires_on <= last_day)
    )
    licences = select(
        Licence.id,
        Licence.business_id,
        literal("licence"),
        Licence.number,
        Licence.expires_on,
        func.concat(Licence.kind, ""),
    ).where(Licence.expires_on <= last_day)
    if business_id is not None:
        ocop = ocop.where(Product.business_id == business_id)
        food = food.where(Product.business_id == business_id)
        licences = licences.where(Licence.business_id == business_id)
    found = union_all(ocop, food, licences).subquery("papers")
    return select(found).order_by(found.c.expires_on, found.c.id)
