"""Tables of products and their variants."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from businesses.models import Business
from catalog.models.certificates import GeographicalIndication
from catalog.models.classification import Category, ProductType
from catalog.rules import ProductState
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.transitions import Stateful, state_column
from marketplace.media.models import MediaFile
from marketplace.places.models import Place


class Product(Stateful):
    """Something a business offers, in one or more variants.

    `attributes` holds the values of typed attributes by the attribute's slug: a list of choice
    slugs, a number, a text, a truth value or a date. `is_displayed` says whether the product and
    its business may be seen; it is kept by the services that change either.
    """

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("business_id", "external_id"),
        Index("ix_products_due_at", "due_at", postgresql_where="due_at IS NOT NULL"),
        Index("ix_products_category_id", "category_id"),
        Index("ix_products_origin_place_id", "origin_place_id"),
    )

    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id"))
    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"))
    product_type_id: Mapped[UUID] = mapped_column(ForeignKey("product_types.id"))
    external_id: Mapped[str | None] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    name_folded: Mapped[str] = mapped_column(String(250))
    name_sort: Mapped[str] = mapped_column(String(520, collation="C"))
    description: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))
    state: Mapped[ProductState] = state_column(ProductState, ProductState.DRAFT)
    is_displayed: Mapped[bool] = mapped_column(default=False)
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    harvest_months: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), default=list)
    origin_place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    geographical_indication_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("geographical_indications.id"),
    )
    cover_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    business: Mapped[Business] = relationship(lazy="raise")
    category: Mapped[Category] = relationship(lazy="raise")
    product_type: Mapped[ProductType] = relationship(lazy="raise")
    origin_place: Mapped[Place | None] = relationship(lazy="raise")
    cover: Mapped[MediaFile | None] = relationship(lazy="raise")
    geographical_indication: Mapped[GeographicalIndication | None] = relationship(lazy="raise")


class ProductTranslation(Model):
    """A product in another language than Vietnamese."""

    __tablename__ = "product_translations"
    __table_args__ = (UniqueConstraint("language", "slug"),)

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(250))
    slug: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))


class ProductMedia(Model):
    """A picture of a product, in its order."""

    __tablename__ = "product_media"

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
    )
    media_id: Mapped[UUID] = mapped_column(ForeignKey("media_files.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    alt: Mapped[str] = mapped_column(String(250), default="")

    media: Mapped[MediaFile] = relationship(lazy="raise")


class Variant(Identified):
    """One packing of a product: what is counted, priced and ordered.

    `unit` is what one of it is called (gói, hộp, kg); the net content (500 g) gives the price per
    kilogram or litre.
    """

    __tablename__ = "product_variants"
    __table_args__ = (
        Index("ix_product_variants_product_id_position", "product_id", "position"),
        UniqueConstraint("product_id", "external_id"),
        CheckConstraint("net_quantity IS NULL OR net_quantity > 0", name="net_quantity"),
        CheckConstraint("weight_grams IS NULL OR weight_grams > 0", name="weight_grams"),
        CheckConstraint("quantity_limit IS NULL OR quantity_limit > 0", name="quantity_limit"),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    external_id: Mapped[str | None] = mapped_column(String(80))
    sku: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(30))
    net_quantity: Mapped[Decimal | None] = mapped_column(Numeric(12, 3))
    net_unit: Mapped[str | None] = mapped_column(String(10))
    weight_grams: Mapped[int | None]
    quantity_limit: Mapped[int | None]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product] = relationship(lazy="raise")


class VariantTranslation(Model):
    """A variant's name in another language than Vietnamese."""

    __tablename__ = "product_variant_translations"

    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("product_variants.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))


class VariantMedia(Model):
    """A picture that shows this very variant."""

    __tablename__ = "product_variant_media"

    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("product_variants.id", ondelete="CASCADE"),
        primary_key=True,
    )
    media_id: Mapped[UUID] = mapped_column(ForeignKey("media_files.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    media: Mapped[MediaFile] = relationship(lazy="raise")
