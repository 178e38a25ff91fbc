"""Tables of collections: goods shown together for a season or an idea."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.kernel.database import Identified, Model
from marketplace.media.models import MediaFile


class Collection(Identified):
    """Goods shown together."""

    __tablename__ = "collections"

    slug: Mapped[str] = mapped_column(String(160), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))
    background_id: Mapped[UUID | None] = mapped_column(ForeignKey("media_files.id"))
    position: Mapped[int] = mapped_column(default=0)
    is_published: Mapped[bool] = mapped_column(default=True)

    background: Mapped[MediaFile | None] = relationship(lazy="raise")


class CollectionTranslation(Model):
    """A collection in another language than Vietnamese."""

    __tablename__ = "collection_translations"
    __table_args__ = (UniqueConstraint("language", "slug"),)

    collection_id: Mapped[UUID] = mapped_column(
        ForeignKey("collections.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    slug: Mapped[str | None] = mapped_column(String(160))
    description: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))


class CollectionProduct(Model):
    """A product's place in a collection."""

    __tablename__ = "collection_products"
    __table_args__ = (
        Index("ix_collection_products_position", "collection_id", "position", "product_id"),
    )

    collection_id: Mapped[UUID] = mapped_column(
        ForeignKey("collections.id", ondelete="CASCADE"),
        primary_key=True,
    )
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
    )
    position: Mapped[int] = mapped_column(default=0)
