"""Statements over pages and menus: built here, executed by whoever asks."""

from uuid import UUID

from sqlalchemy import Select, select

from marketplace.content.models import Menu, MenuItem, Page, PageTranslation
from marketplace.kernel.viewer import Viewer


def visible_pages(viewer: Viewer) -> Select[Page]:
    """Published pages; administrators see the others, too."""
    statement = select(Page)
    return statement if viewer.is_administrator else statement.where(Page.is_published)


def pages_with_translated_slug(viewer: Viewer, language: str, slug: str) -> Select[Page]:
    """The page whose slug in that language is this; no fall-back."""
    return (
        visible_pages(viewer)
        .join(PageTranslation, PageTranslation.page_id == Page.id)
        .where(
            PageTranslation.language == language,
            PageTranslation.slug == slug,
        )
    )


def menu_items(slug: str) -> Select[MenuItem]:
    """Every line of a menu, in order."""
    return (
        select(MenuItem)
        .join(Menu, Menu.id == MenuItem.menu_id)
        .where(Menu.slug == slug)
        .order_by(MenuItem.level, MenuItem.position, MenuItem.id)
    )


def menu_by_slug(slug: str) -> Select[Menu]:
    """The menu of that slug."""
    return select(Menu).where(Menu.slug == slug)


def menu_by_id(menu_id: UUID | None) -> Select[Menu]:
    """The menu of that key."""
    return select(Menu).where(Menu.id == menu_id)
