"""What can be asked of pages and menus."""

import strawberry
from sqlalchemy import or_

from catalog.api.inputs import StringFilterInput
from catalog.api.loaders import CatalogLoaders
from marketplace.content import models, queries
from marketplace.content.api.loaders import ContentLoaders
from marketplace.content.api.types import Menu, MenuLines, Page, Shop
from marketplace.content.ports import BRAND
from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import CountableConnection, Paging, plain_connection
from marketplace.kernel.graph.ids import from_global, to_global
from marketplace.kernel.graph.scalars import LanguageCodeEnum


@strawberry.input(description="Which pages are wanted.")
class PageWhereInput:
    """Every given condition must hold."""

    ids: list[strawberry.ID] | None = strawberry.field(default=None, description="These only.")
    slug: StringFilterInput | None = strawberry.field(default=None, description="Its slug.")


@strawberry.type
class ContentQueries:
    """Root query fields of pages and menus."""

    @strawberry.field
    def shop(self, info: Info) -> Shop:
        """What the marketplace is called."""
        brand, language = info.context.ports[BRAND], info.context.language
        return Shop(name=brand.names[language], description=brand.descriptions[language])

    @strawberry.field
    async def page(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
        slug_language_code: LanguageCodeEnum | None = None,
    ) -> Page | None:
        """One page, if the viewer may read it."""
        viewer = info.context.viewer
        if id is not None:
            statement = queries.visible_pages(viewer).where(
                models.Page.id == from_global("Page", id),
            )
        elif slug is not None and slug_language_code in {None, LanguageCodeEnum.VI}:
            statement = queries.visible_pages(viewer).where(models.Page.slug == slug)
        elif slug is not None and slug_language_code is not None:
            language = slug_language_code.value
            statement = queries.pages_with_translated_slug(viewer, language, slug)
        else:
            return None
        row = await info.context.reader.first(statement)
        return None if row is None else Page.of(row)

    @strawberry.field
    async def pages(
        self,
        info: Info,
        where: PageWhereInput | None = None,
        channel: str | None = None,  # noqa: ARG002 - in the contract; our pages are for all
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection[Page] | None:
        """The pages the viewer may read."""
        statement = queries.visible_pages(info.context.viewer).order_by(models.Page.slug)
        if where is not None and where.ids is not None:
            keys = [from_global("Page", each) for each in where.ids]
            statement = statement.where(models.Page.id.in_(keys))
        if where is not None and where.slug is not None:
            wanted = where.slug
            statement = statement.where(
                or_(
                    models.Page.slug == wanted.eq,
                    models.Page.slug.in_(wanted.one_of or []),
                ),
            )
        shown = [Page.of(row) for row in await info.context.reader.all(statement)]
        return plain_connection(shown, Paging(first, after, last, before))

    @strawberry.field
    async def menu(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
        channel: str | None = None,
    ) -> Menu | None:
        """One menu: `navbar` or `footer`."""
        key = from_global("Menu", id) if id is not None else None
        statement = queries.menu_by_slug(slug) if slug is not None else queries.menu_by_id(key)
        row = await info.context.reader.first(statement)
        if row is None:
            return None
        prices = await info.context.once(CatalogLoaders).channel(channel)
        lines = MenuLines(await info.context.once(ContentLoaders).items.load(row.slug), prices)
        return Menu(
            id=to_global("Menu", row.id),
            slug=row.slug,
            name=row.name,
            items=lines.below(None),
        )
