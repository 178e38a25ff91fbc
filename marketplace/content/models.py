"""Tables of pages and menus."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.kernel.database import Identified, Model


class Page(Identified):
    """A text of the marketplace itself: about, operating regulation, privacy, complaints."""

    __tablename__ = "pages"

    slug: Mapped[str] = mapped_column(String(160), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any] | None]
    page_type: Mapped[str] = mapped_column(String(80), default="text")
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))
    is_published: Mapped[bool] = mapped_column(default=True)
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class PageTranslation(Model):
    """A page in another language than Vietnamese."""

    __tablename__ = "page_translations"
    __table_args__ = (UniqueConstraint("language", "slug"),)

    page_id: Mapped[UUID] = mapped_column(
        ForeignKey("pages.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    slug: Mapped[str | None] = mapped_column(String(160))
    title: Mapped[str | None] = mapped_column(String(200))
    content: Mapped[dict[str, Any] | None]
    seo_title: Mapped[str | None] = mapped_column(String(200))
    seo_description: Mapped[str | None] = mapped_column(String(300))


class Menu(Identified):
    """A menu of the site: `navbar` and `footer` are the ones every storefront asks for."""

    __tablename__ = "menus"

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))


class MenuItem(Identified):
    """A line of a menu: a category, a collection, a page or an address."""

    __tablename__ = "menu_items"
    __table_args__ = (
        CheckConstraint(
            "num_nonnulls(category_id, collection_id, page_id, url) <= 1",
            name="one_target",
        ),
        CheckConstraint("level BETWEEN 0 AND 2", name="level"),
        Index("ix_menu_items_menu_id", "menu_id"),
    )

    menu_id: Mapped[UUID] = mapped_column(ForeignKey("menus.id", ondelete="CASCADE"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("menu_items.id", ondelete="CASCADE"))
    level: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("categories.id"))
    collection_id: Mapped[UUID | None] = mapped_column(ForeignKey("collections.id"))
    page_id: Mapped[UUID | None] = mapped_column(ForeignKey("pages.id"))
    url: Mapped[str | None] = mapped_column(String(300))


class MenuItemTranslation(Model):
    """A menu line's words in another language than Vietnamese."""

    __tablename__ = "menu_item_translations"

    menu_item_id: Mapped[UUID] = mapped_column(
        ForeignKey("menu_items.id", ondelete="CASCADE"),
        primary_key=True,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
