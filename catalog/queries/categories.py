"""Statements over the category tree."""

from uuid import UUID

from sqlalchemy import Select, select

from catalog.models import Category, CategoryTranslation
from catalog.rules import CategoryPolicy
from marketplace.kernel.viewer import Viewer


def visible_categories(viewer: Viewer) -> Select[Category]:
    """Categories whose goods may be sold; only administrators see the forbidden ones."""
    statement = select(Category)
    if viewer.is_administrator or viewer.is_system:
        return statement
    return statement.where(Category.policy != CategoryPolicy.FORBIDDEN)


def categories_with_translated_slug(viewer: Viewer, language: str, slug: str) -> Select[Category]:
    """The category whose slug in that language is this; no fall-back."""
    return (
        visible_categories(viewer)
        .join(CategoryTranslation, CategoryTranslation.category_id == Category.id)
        .where(CategoryTranslation.language == language, CategoryTranslation.slug == slug)
    )


def descendants_of(category_ids: list[UUID]) -> Select[UUID]:
    """The ids of the categories and of everything below them."""
    tree = select(Category.id).where(Category.id.in_(category_ids)).cte("branch", recursive=True)
    child = select(Category.id).join(tree, Category.parent_id == tree.c.id)
    branch = tree.union(child)
    return select(branch.c.id)
