"""Values of typed attributes, checked before they are stored."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from catalog.errors import InvalidProductError
from catalog.models import Attribute, AttributeChoice, ProductTypeAttribute
from catalog.rules import AttributeInput, AttributeScope
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork

CHOICES = frozenset({AttributeInput.DROPDOWN, AttributeInput.MULTISELECT, AttributeInput.SWATCH})


async def checked_attributes(
    unit: UnitOfWork,
    product_type_id: UUID,
    values: Mapping[str, Any],
    scope: AttributeScope = AttributeScope.PRODUCT,
) -> dict[str, Any]:
    """The values in the form they are stored in, by the attribute's slug.

    Raises:
        InvalidProductError: an attribute is not of this type, or its value is of another kind.
    """
    if not values:
        return {}
    statement = (
        select(Attribute)
        .join(ProductTypeAttribute, ProductTypeAttribute.attribute_id == Attribute.id)
        .where(
            ProductTypeAttribute.product_type_id == product_type_id,
            ProductTypeAttribute.scope == scope,
        )
    )
    known = {attribute.slug: attribute for attribute in await unit.session.scalars(statement)}
    choices = await _choices(unit, [attribute.id for attribute in known.values()])
    checked: dict[str, Any] = {}
    for slug, value in values.items():
        if slug not in known:
            raise InvalidProductError(
                _("Goods of this type have no property {name}."),
                field=f"attributes.{slug}",
                name=slug,
            )
        if value in (None, "", []):
            continue
        checked[slug] = checked_value(known[slug], choices.get(known[slug].id, set()), value)
    return checked


async def known_values(
    unit: UnitOfWork,
    product_type_id: UUID,
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """Those of the values whose attribute the type has; another category may not know the rest."""
    known = select(Attribute.slug).join(
        ProductTypeAttribute,
        ProductTypeAttribute.attribute_id == Attribute.id,
    )
    of_type = known.where(
        ProductTypeAttribute.product_type_id == product_type_id,
        ProductTypeAttribute.scope == AttributeScope.PRODUCT,
    )
    slugs = set(await unit.session.scalars(of_type))
    return {slug: value for slug, value in values.items() if slug in slugs}


async def _choices(unit: UnitOfWork, attribute_ids: list[UUID]) -> dict[UUID, set[str]]:
    statement = select(AttributeChoice.attribute_id, AttributeChoice.slug).where(
        AttributeChoice.attribute_id.in_(attribute_ids),
    )
    found: dict[UUID, set[str]] = {}
    for attribute_id, slug in await unit.session.execute(statement):
        found.setdefault(attribute_id, set()).add(slug)
    return found


def checked_value(attribute: Attribute, choices: set[str], value: Any) -> Any:  # noqa: ANN401 - any JSON or column
    """One value in the form it is stored in: choice slugs, a number, a text, yes or no, a date.

    Raises:
        InvalidProductError: the value is of another kind.
    """
    field = f"attributes.{attribute.slug}"
    try:
        if attribute.input in CHOICES:
            return _chosen(attribute, choices, value)
        return _plain(attribute, value)
    except (ValueError, ArithmeticError, TypeError) as error:
        raise InvalidProductError(
            _("This is no value for {name}."),
            field=field,
            name=attribute.name,
        ) from error


def _chosen(attribute: Attribute, choices: set[str], value: Any) -> list[str]:  # noqa: ANN401 - any JSON or column
    chosen = [value] if isinstance(value, str) else list(value)
    if not set(chosen) <= choices:
        raise ValueError(chosen)
    if attribute.input is not AttributeInput.MULTISELECT and len(chosen) > 1:
        raise ValueError(chosen)
    return chosen


def _plain(attribute: Attribute, value: Any) -> Any:  # noqa: ANN401 - any JSON or column
    if attribute.input is AttributeInput.NUMERIC:
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError(value)
        return float(number)
    if attribute.input is AttributeInput.BOOLEAN:
        if isinstance(value, bool):
            return value
        raise TypeError(value)
    if attribute.input is AttributeInput.DATE:
        return date.fromisoformat(str(value)).isoformat()
    return nfc(str(value))
