"""Everything the cells of an import may name: categories, types, attributes, places, papers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from catalog.models import (
    Attribute,
    AttributeChoice,
    Category,
    CategoryAttribute,
    Channel,
    GeographicalIndication,
    Product,
    ProductType,
    ProductTypeAttribute,
)
from catalog.rules import AttributeInput, AttributeScope, CategoryPolicy
from catalog.services.imports.problems import CellError
from marketplace.kernel.database import Reader
from marketplace.kernel.i18n import _
from marketplace.kernel.text import slugify
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.places.rules.gazetteer import Gazetteer
from marketplace.places.services.matching import load_gazetteer

# What a paper may be called; the value is the kind under which it is kept.
FOOD_PAPERS: Final = {
    "tu cong bo": "self_declaration",
    "ban tu cong bo": "self_declaration",
    "tu cong bo san pham": "self_declaration",
    "self declaration": "self_declaration",
    "giay chung nhan attp": "food_safety_certificate",
    "giay chung nhan co so du dieu kien attp": "food_safety_certificate",
    "chung nhan attp": "food_safety_certificate",
    "food safety certificate": "food_safety_certificate",
    "ban cam ket": "commitment",
    "cam ket": "commitment",
    "cam ket attp": "commitment",
    "commitment": "commitment",
    "kiem dich": "quarantine",
    "giay kiem dich": "quarantine",
    "quarantine": "quarantine",
}
LICENCES: Final = {
    "san xuat ruou": "alcohol_production",
    "giay phep san xuat ruou": "alcohol_production",
    "alcohol production": "alcohol_production",
    "thuc pham bao ve suc khoe": "functional_food",
    "cong bo thuc pham bao ve suc khoe": "functional_food",
    "functional food": "functional_food",
    "luu tru": "lodging",
    "kinh doanh luu tru": "lodging",
    "lodging": "lodging",
    "lu hanh": "travel",
    "kinh doanh lu hanh": "travel",
    "travel": "travel",
    "giong cay trong": "plant_nursery",
    "vuon uom": "plant_nursery",
    "plant nursery": "plant_nursery",
    "giay phep": "licence",
    "licence": "licence",
}


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category and what it asks of its goods."""

    id: UUID
    name: str
    policy: CategoryPolicy
    required: tuple[str, ...]
    usual_type: UUID | None


@dataclass(frozen=True, slots=True)
class KnownType:
    """A product type and its attributes."""

    id: UUID
    of_product: frozenset[str]
    of_variant: frozenset[str]
    selections: tuple[str, ...]


@dataclass(slots=True)
class KnownAttribute:
    """An attribute; `choices` leads from folded names and slugs to the slug."""

    id: UUID
    slug: str
    name: str
    input: AttributeInput
    choices: dict[str, str] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Reference:
    """What the cells may name, loaded once for a whole import."""

    categories: dict[str, KnownCategory | None] = field(default_factory=dict)
    categories_by_id: dict[UUID, KnownCategory] = field(default_factory=dict)
    types: dict[str, KnownType] = field(default_factory=dict)
    types_by_id: dict[UUID, KnownType] = field(default_factory=dict)
    attributes: dict[str, KnownAttribute] = field(default_factory=dict)
    attributes_by_id: dict[UUID, KnownAttribute] = field(default_factory=dict)
    attribute_names: dict[str, str] = field(default_factory=dict)
    indications: dict[str, UUID] = field(default_factory=dict)
    channels: dict[str, UUID] = field(default_factory=dict)
    gazetteer: Gazetteer = field(default_factory=lambda: Gazetteer({}, {}))
    known_places: dict[str, UUID] = field(default_factory=dict)

    def category(self, text: str) -> KnownCategory:
        """The category of a name, a slug, or the end of a path "Trà > Trà hoa vàng".

        Raises:
            CellError: there is none, or several bear the name.
        """
        last = text.replace("»", ">").replace(">>", ">").rsplit(">", 1)[-1]
        key = name_key(last)
        if key not in self.categories:
            raise CellError(_("There is no category {name}."), "UNKNOWN_CATEGORY", name=text)
        found = self.categories[key]
        if found is None:
            raise CellError(_("Several categories are called {name}."), "AMBIGUOUS", name=text)
        return found

    def place(self, text: str) -> UUID:
        """The commune of today that a text means, in old or new names.

        Raises:
            CellError: it means none, or it may mean several.
        """
        if text not in self.known_places:
            match = self.gazetteer.match(text)
            commune = match.commune_id
            if commune is None and len(match.communes) == 1:
                commune = match.communes[0]
            if commune is None:
                if match.communes:
                    raise CellError(
                        _("{name} may mean several communes. Add the old district."),
                        "AMBIGUOUS",
                        name=text,
                    )
                raise CellError(_("There is no commune {name} here."), "UNKNOWN_PLACE", name=text)
            self.known_places[text] = commune
        return self.known_places[text]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name or a slug in the form both are compared in."""
    return slugify(name).replace("-", " ")


async def load_reference(unit: UnitOfWork) -> Reference:
    """Load what cells may name: a dozen short statements."""
    reference = Reference()
    await _load_attributes(unit, reference)
    await _load_types(unit, reference)
    await _load_categories(unit, reference)
    for channel_id, slug in await unit.session.execute(select(Channel.id, Channel.slug)):
        reference.channels[slug] = channel_id
    for each in await unit.session.scalars(select(GeographicalIndication)):
        names = (each.slug, each.name, each.number, each.name_en)
        reference.indications |= {name_key(name): each.id for name in names if name}
    reference.gazetteer = await load_gazetteer(Reader(unit.session))
    return reference


async def _load_attributes(unit: UnitOfWork, reference: Reference) -> None:
    by_id = reference.attributes_by_id
    for row in await unit.session.scalars(select(Attribute)):
        known = KnownAttribute(row.id, row.slug, row.name, row.input)
        by_id[row.id] = reference.attributes[row.slug] = known
        names = [row.slug, name_key(row.slug), name_key(row.name), name_key(row.name_en or "")]
        reference.attribute_names |= {name: row.slug for name in names if name}
    statement = select(
        AttributeChoice.attribute_id,
        AttributeChoice.slug,
        AttributeChoice.name,
        AttributeChoice.name_en,
    )
    for attribute_id, slug, name, name_en in await unit.session.execute(statement):
        known = by_id[attribute_id]
        known.slugs.add(slug)
        for word in (name_en, name, slug):
            if word:
                known.choices[name_key(word)] = slug


async def _load_types(unit: UnitOfWork, reference: Reference) -> None:
    scopes: defaultdict[tuple[UUID, AttributeScope], set[str]] = defaultdict(set)
    selections: defaultdict[UUID, list[str]] = defaultdict(list)
    statement = (
        select(ProductTypeAttribute, Attribute.slug)
        .join(Attribute, Attribute.id == ProductTypeAttribute.attribute_id)
        .order_by(ProductTypeAttribute.position)
    )
    for row, slug in await unit.session.execute(statement):
        scopes[row.product_type_id, row.scope].add(slug)
        if row.is_selection and row.scope is AttributeScope.VARIANT:
            selections[row.product_type_id].append(slug)
    for each in await unit.session.scalars(select(ProductType)):
        known = KnownType(
            each.id,
            frozenset(scopes[each.id, AttributeScope.PRODUCT]),
            frozenset(scopes[each.id, AttributeScope.VARIANT]),
            tuple(selections[each.id]),
        )
        reference.types_by_id[each.id] = known
        names = (each.slug, each.name, each.name_en)
        reference.types |= {name_key(name): known for name in names if name}


async def _load_categories(unit: UnitOfWork, reference: Reference) -> None:
    required: defaultdict[UUID, list[str]] = defaultdict(list)
    statement = (
        select(CategoryAttribute.category_id, Attribute.slug)
        .join(Attribute, Attribute.id == CategoryAttribute.attribute_id)
        .order_by(Attribute.slug)
    )
    for category_id, slug in await unit.session.execute(statement):
        required[category_id].append(slug)
    usual = await _usual_types(unit)
    rows = (await unit.session.scalars(select(Category))).all()
    for row in rows:
        known = KnownCategory(
            row.id,
            row.name,
            row.policy,
            tuple(required[row.id]),
            usual.get(row.id) or _fitting_type(reference.types_by_id.values(), required[row.id]),
        )
        reference.categories_by_id[row.id] = known
        for key in {name_key(row.slug), name_key(row.name)}:
            taken = reference.categories.get(key, known)
            reference.categories[key] = known if taken is known else None


async def _usual_types(unit: UnitOfWork) -> dict[UUID, UUID]:
    """The product type most goods of a category have."""
    statement = (
        select(Product.category_id, Product.product_type_id)
        .group_by(Product.category_id, Product.product_type_id)
        .order_by(func.count(), Product.product_type_id)
    )
    return {row.category_id: row.product_type_id for row in await unit.session.execute(statement)}


def _fitting_type(types: Iterable[KnownType], required: list[str]) -> UUID | None:
    """The one type that has every attribute the category asks for."""
    fitting = [each.id for each in types if set(required) <= each.of_product]
    return fitting[0] if len(fitting) == 1 and required else None
