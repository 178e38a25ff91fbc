"""What must be known of a product before it is shown."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from businesses.models import Business
from businesses.rules.businesses import BusinessState
from catalog.models import Attribute, CategoryAttribute, Product, Variant, VariantPrice
from marketplace.kernel.errors import Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork


async def missing(unit: UnitOfWork, product: Product) -> list[Problem]:
    """What buyers must be told and are not yet; one problem per field."""
    problems: list[Problem] = []
    business = await unit.session.get_one(Business, product.business_id)
    if business.state is not BusinessState.ACTIVE:
        problems.append(
            Problem("business", _("The business is not open yet."), "REQUIRED"),
        )
    if not product.description or not product.description.get("blocks"):
        problems.append(Problem("description", _("Please describe the product."), "REQUIRED"))
    priced = (
        select(VariantPrice.id)
        .join(Variant, Variant.id == VariantPrice.variant_id)
        .where(Variant.product_id == product.id, Variant.is_active)
        .limit(1)
    )
    if await unit.session.scalar(priced) is None:
        problems.append(Problem("price", _("Please set a price."), "REQUIRED"))
    problems.extend(await _missing_attributes(unit, product))
    return problems


async def _missing_attributes(unit: UnitOfWork, product: Product) -> list[Problem]:
    from_category = await required_attributes(unit, product.category_id)
    return [
        Problem(
            f"attributes.{slug}",
            _("Goods of this category need: {name}."),
            "REQUIRED",
            {"name": name},
        )
        for slug, name in from_category
        if product.attributes.get(slug) in (None, "", [])
    ]


async def required_attributes(unit: UnitOfWork, category_id: UUID) -> Sequence[tuple[str, str]]:
    """Slug and name of what goods of the category must tell before they are shown."""
    from_category = (
        select(Attribute.slug, Attribute.name)
        .join(CategoryAttribute, CategoryAttribute.attribute_id == Attribute.id)
        .where(CategoryAttribute.category_id == category_id)
        .order_by(Attribute.slug)
    )
    return [(slug, name) for slug, name in await unit.session.execute(from_category)]
