"""Tables by which goods are sorted: categories, product types and typed attributes."""

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.rules import AttributeInput, AttributeScope, CategoryPolicy
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import text_enum
from marketplace.media.models import MediaFile


class Category(Identified):
    """A branch of the category tree and what the law asks of its goods."""

    __tablename__ = "categories"

    slug: Mapped[str] = mapped_column(String(160), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"), index=True)
    level: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    description: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))
    background_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
    ocop_group: Mapped[int | None]
    policy: Mapped[CategoryPolicy] = mapped_column(
        text_enum(CategoryPolicy),
        default=CategoryPolicy.NONE,
    )
    policy_note: Mapped[str | None]
    minimum_age: Mapped[int | None]

    background: Mapped[MediaFile | None] = relationship(lazy="raise")


class CategoryTranslation(Model):
    """A category in another language than Vietnamese."""

    __tablename__ = "category_translations"
    __table_args__ = (UniqueConstraint("language", "slug"),)

    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    slug: Mapped[str | None] = mapped_column(String(160))
    description: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))
    policy_note: Mapped[str | None]


class Attribute(Identified):
    """A property that goods may have, and what kind of value it takes."""

    __tablename__ = "attributes"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    input: Mapped[AttributeInput] = mapped_column(text_enum(AttributeInput))
    unit: Mapped[str | None] = mapped_column(String(20))
    is_filter: Mapped[bool] = mapped_column(Boolean, default=False)


class AttributeChoice(Identified):
    """One of the values that a choice attribute offers."""

    __tablename__ = "attribute_choices"
    __table_args__ = (UniqueConstraint("attribute_id", "slug"),)

    attribute_id: Mapped[UUID] = mapped_column(ForeignKey("attributes.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    value: Mapped[str | None] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)


class ProductType(Identified):
    """A family of goods that share their attributes."""

    __tablename__ = "product_types"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))


class ProductTypeAttribute(Model):
    """An attribute that the goods of a type have, or each of their variants."""

    __tablename__ = "product_type_attributes"

    product_type_id: Mapped[UUID] = mapped_column(
        ForeignKey("product_types.id", ondelete="CASCADE"),
        primary_key=True,
    )
    attribute_id: Mapped[UUID] = mapped_column(
        ForeignKey("attributes.id", ondelete="CASCADE"),
        primary_key=True,
    )
    scope: Mapped[AttributeScope] = mapped_column(text_enum(AttributeScope), primary_key=True)
    is_selection: Mapped[bool] = mapped_column(default=False)
    is_required: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class CategoryAttribute(Model):
    """An attribute that goods of a category must have before they may be published."""

    __tablename__ = "category_attributes"

    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"),
        primary_key=True,
    )
    attribute_id: Mapped[UUID] = mapped_column(
        ForeignKey("attributes.id", ondelete="CASCADE"),
        primary_key=True,
    )
