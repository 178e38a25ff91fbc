"""Loads what goods are sorted by: attributes, product types, categories, channels, names."""

from typing import Any, Final
from uuid import UUID

from catalog.models import (
    Attribute,
    AttributeChoice,
    Category,
    CategoryAttribute,
    CategoryTranslation,
    Channel,
    GeographicalIndication,
    ProductType,
    ProductTypeAttribute,
)
from catalog.rules import RETAIL, WHOLESALE, AttributeInput, AttributeScope, CategoryPolicy
from catalog.services.imports.descriptions import document_of
from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.rows import keep, keep_only
from marketplace.kernel.text import slugify
from marketplace.kernel.unit_of_work import UnitOfWork

ENGLISH: Final = "en"
# The six groups of the programme, in its order (Decision 1048/QĐ-TTg).
OCOP_GROUPS: Final = (
    "Thực phẩm",
    "Đồ uống",
    "Dược liệu và sản phẩm từ dược liệu",
    "Thủ công mỹ nghệ",
    "Sinh vật cảnh",
    "Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch",
)
FILTERS: Final = frozenset({"canh-tac", "huong-vi", "nguyen-lieu", "chat-lieu", "bao-quan"})


async def load_catalogue(unit: UnitOfWork, data: ProvinceData) -> None:
    """Load everything cells of an import may name."""
    await _load_channels(unit)
    attributes = await _load_attributes(unit, data)
    await _load_types(unit, data, attributes)
    await _load_categories(unit, data, attributes)
    await _load_indications(unit, data)


async def _load_channels(unit: UnitOfWork) -> None:
    await keep(
        unit.session,
        Channel,
        {"slug": RETAIL},
        name="Bán lẻ",
        currency="VND",
        is_public=True,
        countries=["VN"],
    )
    await keep(
        unit.session,
        Channel,
        {"slug": WHOLESALE},
        name="Bán buôn",
        currency="VND",
        is_public=False,
        countries=["VN"],
    )


async def _load_attributes(unit: UnitOfWork, data: ProvinceData) -> dict[str, UUID]:
    ids: dict[str, UUID] = {}
    for record in data.attributes:
        attribute = await keep(
            unit.session,
            Attribute,
            {"slug": record["slug"]},
            name=record["name"]["vi"],
            name_en=record["name"]["en"],
            input=AttributeInput[record["input_type"]],
            unit=record["unit"],
            is_filter=record["slug"] in FILTERS,
        )
        ids[attribute.slug] = attribute.id
        for position, choice in enumerate(record["choices"]):
            await keep(
                unit.session,
                AttributeChoice,
                {"attribute_id": attribute.id, "slug": choice["slug"]},
                name=choice["name"]["vi"],
                name_en=choice["name"]["en"],
                position=position,
            )
    return ids


async def _load_types(unit: UnitOfWork, data: ProvinceData, attributes: dict[str, UUID]) -> None:
    for record in data.product_types:
        product_type = await keep(
            unit.session,
            ProductType,
            {"slug": record["slug"]},
            name=record["name"]["vi"],
            name_en=record["name"]["en"],
        )
        for scope, told in (
            (AttributeScope.PRODUCT, record["product_attributes"]),
            (AttributeScope.VARIANT, record["variant_attributes"]),
        ):
            for position, each in enumerate(told):
                await keep(
                    unit.session,
                    ProductTypeAttribute,
                    {
                        "product_type_id": product_type.id,
                        "attribute_id": attributes[each["attribute"]],
                        "scope": scope,
                    },
                    is_required=each["is_required"],
                    is_selection=each.get("is_selection", False),
                    position=position,
                )


async def _load_categories(
    unit: UnitOfWork,
    data: ProvinceData,
    attributes: dict[str, UUID],
) -> None:
    made: dict[str, Category] = {}
    for position, record in enumerate(data.categories):
        parent = made[record["parent"]] if record["parent"] else None
        note = record["policy_note"]
        category = await keep(
            unit.session,
            Category,
            {"slug": record["slug"]},
            name=record["name"]["vi"],
            parent_id=parent.id if parent else None,
            level=parent.level + 1 if parent else 0,
            position=position,
            description=document_of(record["description"]["vi"]),
            seo_title=record["name"]["vi"],
            seo_description=record["description"]["vi"],
            ocop_group=_ocop_group(record),
            policy=CategoryPolicy(record["policy"]),
            policy_note=note["vi"] if note else None,
            minimum_age=record["minimum_age"],
        )
        made[category.slug] = category
        await keep(
            unit.session,
            CategoryTranslation,
            {"category_id": category.id, "language": ENGLISH},
            name=record["name"]["en"],
            slug=record["slug_en"],
            description=document_of(record["description"]["en"]),
            seo_title=record["name"]["en"],
            seo_description=record["description"]["en"],
            policy_note=note["en"] if note else None,
        )
        await _require(
            unit, category.id, [attributes[slug] for slug in record["required_attributes"]]
        )


async def _require(unit: UnitOfWork, category_id: UUID, required: list[UUID]) -> None:
    for attribute_id in required:
        keys = {"category_id": category_id, "attribute_id": attribute_id}
        await keep(unit.session, CategoryAttribute, keys)
    await keep_only(
        unit.session,
        CategoryAttribute,
        "attribute_id",
        required,
        category_id=category_id,
    )


def _ocop_group(record: Record) -> int | None:
    group: Any = record["ocop_group"]
    return OCOP_GROUPS.index(group) + 1 if group in OCOP_GROUPS else None


async def _load_indications(unit: UnitOfWork, data: ProvinceData) -> None:
    for kind in data.kinds.values():
        record = kind["geographical_indication"]
        if record:
            await keep(
                unit.session,
                GeographicalIndication,
                {"slug": slugify(record["name"])},
                name=record["name"],
                name_en=record["name"],
                number=record["number"],
                year=record["year"],
            )
