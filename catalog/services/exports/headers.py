"""The columns of a sheet of goods, under names that an import knows again."""

from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from catalog.models import AttributeChoice, Product, Variant, VariantPrice
from catalog.rules import RETAIL, WHOLESALE
from catalog.services.imports.columns import Column, Field, Layout, find_layout, read_columns
from catalog.services.imports.reference import Reference
from marketplace.kernel.unit_of_work import UnitOfWork

HEADERS: Final = {
    Field.CODE: "Mã hàng",
    Field.NAME: "Tên sản phẩm",
    Field.CATEGORY: "Danh mục",
    Field.PRODUCT_TYPE: "Loại hàng",
    Field.PUBLISHED: "Hiển thị",
    Field.SKU: "Mã quy cách",
    Field.PACKING: "Quy cách",
    Field.UNIT: "Đơn vị tính",
    Field.CONTENT: "Khối lượng tịnh",
    Field.WEIGHT: "Cân nặng (g)",
    Field.PRICE: "Giá bán",
    Field.FULL_PRICE: "Giá gốc",
    Field.MINIMUM: "Đặt tối thiểu",
    Field.MAXIMUM: "Mua tối đa",
    Field.WHOLESALE_PRICE: "Giá sỉ",
    Field.WHOLESALE_MINIMUM: "SL sỉ tối thiểu",
    Field.STOCK: "Tồn kho",
    Field.PLACE: "Xã",
    Field.HARVEST_MONTHS: "Tháng thu hoạch",
    Field.GEOGRAPHICAL_INDICATION: "Chỉ dẫn địa lý",
    Field.FOOD_PAPER: "Loại giấy ATTP",
    Field.FOOD_PAPER_NUMBER: "Số giấy ATTP",
    Field.FOOD_PAPER_ISSUED_ON: "Ngày cấp giấy ATTP",
    Field.FOOD_PAPER_EXPIRES_ON: "Giấy ATTP hết hạn",
    Field.LICENCE: "Loại giấy phép",
    Field.LICENCE_NUMBER: "Số giấy phép",
    Field.PICTURES: "Ảnh",
    Field.NAME_EN: "Tên tiếng Anh",
    Field.PACKING_EN: "Quy cách tiếng Anh",
    Field.DESCRIPTION: "Mô tả",
    Field.DESCRIPTION_EN: "Mô tả tiếng Anh",
}
# An import reads up to 500 columns; nobody reads so many prices.
MOST_TIERS: Final = 60
# What a column holds: a field, or ("attribute", slug), ("retail", from), ("wholesale", from).
Key: TypeAlias = Field | tuple[str, str | int]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The columns in their order, and the words of choices."""

    keys: tuple[Key, ...]
    layout: Layout
    choices: dict[tuple[UUID, str], str]


async def lay_out(unit: UnitOfWork, business_id: UUID, reference: Reference) -> SheetLayout:
    """The columns that the goods of a business need."""
    header = list(HEADERS.values())
    statement = _tiers(business_id).limit(MOST_TIERS)
    words = {reference.channels[RETAIL]: "Giá từ", reference.channels[WHOLESALE]: "Giá sỉ từ"}
    for channel_id, minimum in await unit.session.execute(statement):
        if channel_id in words:
            header.append(f"{words[channel_id]} {minimum}")
    slugs = sorted(await _attributes(unit, business_id))
    header += [name for slug in slugs if (name := _attribute_header(reference, slug))]
    layout = find_layout([header], reference.attribute_names, {})
    choices = select(AttributeChoice.attribute_id, AttributeChoice.slug, AttributeChoice.name)
    found = {(one, slug): name for one, slug, name in await unit.session.execute(choices)}
    return SheetLayout(tuple(key_of(column) for column in layout.columns), layout, found)


def key_of(column: Column) -> Key:
    """What a column holds."""
    if column.field is not None:
        return column.field
    if column.attribute is not None:
        return "attribute", column.attribute
    if column.retail_from is not None:
        return RETAIL, column.retail_from
    return WHOLESALE, column.wholesale_from or 1


def _attribute_header(reference: Reference, slug: str) -> str | None:
    """A name of the attribute that means nothing else."""
    known = reference.attributes.get(slug)
    for name in (known.name, slug) if known else ():
        read = read_columns([name], reference.attribute_names)
        if len(read) == 1 and read[0].attribute == slug:
            return name
    return None


def _tiers(business_id: UUID) -> Select[UUID, int]:
    """From which quantities on prices differ, the first price of each packing apart."""
    lower = aliased(VariantPrice)
    is_later = (
        select(lower.id)
        .where(
            lower.variant_id == VariantPrice.variant_id,
            lower.channel_id == VariantPrice.channel_id,
            lower.minimum_quantity < VariantPrice.minimum_quantity,
        )
        .exists()
    )
    return (
        select(VariantPrice.channel_id, VariantPrice.minimum_quantity)
        .join(Variant, Variant.id == VariantPrice.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(Product.business_id == business_id, is_later)
        .distinct()
        .order_by(VariantPrice.minimum_quantity, VariantPrice.channel_id)
    )


async def _attributes(unit: UnitOfWork, business_id: UUID) -> set[str]:
    own = select(func.jsonb_object_keys(Product.attributes)).where(
        Product.business_id == business_id
    )
    packed = (
        select(func.jsonb_object_keys(Variant.attributes))
        .join(Product, Product.id == Variant.product_id)
        .where(Product.business_id == business_id)
    )
    return {*await unit.session.scalars(own), *await unit.session.scalars(packed)}
