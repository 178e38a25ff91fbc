"""Tables of channels, price lists and what a channel shows."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified, Model


class Channel(Identified):
    """A price list and those it is for: everybody, or verified business buyers."""

    __tablename__ = "channels"

    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    currency: Mapped[str] = mapped_column(String(3), default="VND")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=True)
    countries: Mapped[list[str]] = mapped_column(ARRAY(String(2)), default=list)


class VariantPrice(Identified):
    """What one of a variant costs in a channel from a quantity on, in đồng, taxes included.

    The smallest `minimum_quantity` of a variant in a channel is its minimum order quantity.
    `undiscounted_amount` is set during a sale and is never below `amount`.
    """

    __tablename__ = "variant_prices"
    __table_args__ = (
        UniqueConstraint("variant_id", "channel_id", "minimum_quantity"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("minimum_quantity >= 1", name="minimum_quantity"),
        CheckConstraint(
            "undiscounted_amount IS NULL OR undiscounted_amount >= amount",
            name="undiscounted_amount",
        ),
    )

    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("product_variants.id", ondelete="CASCADE"),
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    minimum_quantity: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int]
    undiscounted_amount: Mapped[int | None]


class Listing(Model):
    """A product as one channel lists it: the columns that lists filter and sort by.

    Everything here follows from the product, its prices and its stock and is kept in the same
    transaction as they are (`catalog.services.listings`), so that a page of a list is one walk
    along one index, whatever the number of products.
    """

    __tablename__ = "product_listings"
    __table_args__ = (
        Index(
            "ix_product_listings_published_at",
            "channel_id",
            "published_at",
            "product_id",
            postgresql_where="is_displayed",
        ),
        Index(
            "ix_product_listings_name_sort",
            "channel_id",
            "name_sort",
            "product_id",
            postgresql_where="is_displayed",
        ),
        Index(
            "ix_product_listings_lowest_amount",
            "channel_id",
            "lowest_amount",
            "product_id",
            postgresql_where="is_displayed",
        ),
        Index(
            "ix_product_listings_category_published_at",
            "channel_id",
            "category_id",
            "published_at",
            "product_id",
            postgresql_where="is_displayed",
        ),
        Index(
            "ix_product_listings_category_lowest_amount",
            "channel_id",
            "category_id",
            "lowest_amount",
            "product_id",
            postgresql_where="is_displayed",
        ),
        Index("ix_product_listings_business_id", "business_id", "channel_id"),
    )

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"),
        primary_key=True,
    )
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"), primary_key=True)
    business_id: Mapped[UUID] = mapped_column(ForeignKey("businesses.id"))
    category_id: Mapped[UUID] = mapped_column(ForeignKey("categories.id"))
    is_displayed: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    name_sort: Mapped[str] = mapped_column(String(520, collation="C"))
    lowest_amount: Mapped[int]
    highest_amount: Mapped[int]
    lowest_undiscounted_amount: Mapped[int]
    highest_undiscounted_amount: Mapped[int]
    available: Mapped[int] = mapped_column(default=0)
