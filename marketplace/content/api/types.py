"""GraphQL types of pages and menus."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from catalog.api.loaders import CatalogLoaders
from catalog.api.types.attributes import AssignedAttribute
from catalog.api.types.categories import Category
from catalog.api.types.collections import Collection
from catalog.models import Channel
from catalog.models import Collection as CollectionRow
from catalog.queries.products import visible_collections
from marketplace.accounts.api.types import CountryDisplay
from marketplace.content import models
from marketplace.content.api.loaders import ContentLoaders
from marketplace.kernel.context import Info, RequestContext
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import (
    JSONString,
    LanguageCodeEnum,
    PositiveInt,
    json_string,
)


@strawberry.type
class Shop:
    """The marketplace itself."""

    name: str = strawberry.field(description="Its name, in the language of the request.")
    description: str | None = strawberry.field(description="What it is, in a sentence.")

    @strawberry.field
    async def countries(self, info: Info) -> list[CountryDisplay]:
        """Where goods can be sent."""
        channel = await info.context.once(CatalogLoaders).channel(None)
        codes = channel.countries if channel is not None else []
        return [CountryDisplay(code=code) for code in codes]


@strawberry.type
class PageType:
    """What kind of text a page is."""

    id: strawberry.ID = strawberry.field(description="The id of the kind.")
    slug: str = strawberry.field(description="Its name.")
    name: str = strawberry.field(description="Its name for people.")


@strawberry.type
class PageTranslation:
    """A page in another language."""

    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    slug: str | None = strawberry.field(description="Its name in addresses of that language.")
    title: str | None = strawberry.field(description="The title.")
    content: JSONString | None = strawberry.field(description="An EditorJS document.")

    @classmethod
    def of(cls, row: models.PageTranslation) -> Self:
        """The translation as the schema shows it."""
        return cls(
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            slug=row.slug,
            title=row.title,
            content=json_string(row.content),
        )


@strawberry.type
class Page:
    """A text of the marketplace itself."""

    id: strawberry.ID = strawberry.field(description="The id of the page.")
    title: str = strawberry.field(description="The Vietnamese title.")
    slug: str = strawberry.field(description="Its name in addresses.")
    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    content: JSONString | None = strawberry.field(description="An EditorJS document.")
    is_published: bool = strawberry.field(description="Whether everybody may read it.")
    updated_at: datetime = strawberry.field(description="When it was changed last.")
    page_type: PageType = strawberry.field(description="What kind of text it is.")
    key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: models.Page) -> Self:
        """The page as the schema shows it."""
        return cls(
            id=to_global("Page", row.id),
            title=row.title,
            slug=row.slug,
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            content=json_string(row.content),
            is_published=row.is_published,
            updated_at=row.updated_at,
            page_type=PageType(
                id=strawberry.ID(row.page_type),
                slug=row.page_type,
                name=row.page_type,
            ),
            key=row.id,
        )

    @strawberry.field
    def assigned_attributes(
        self,
        limit: PositiveInt | None = PositiveInt(100),  # noqa: ARG002, B008 - part of the contract; a constant
    ) -> list[AssignedAttribute]:
        """Its attributes; pages have none."""
        return []

    @strawberry.field
    async def translation(
        self,
        info: Info,
        language_code: LanguageCodeEnum,
    ) -> PageTranslation | None:
        """Its words in another language, if there are any."""
        key = (self.key, language_code.value)
        row = await info.context.once(ContentLoaders).page_translation.load(key)
        return None if row is None else PageTranslation.of(row)


@strawberry.type
class MenuItemTranslation:
    """A menu line in another language."""

    name: str = strawberry.field(description="The words.")


@strawberry.type
class MenuItem:
    """A line of a menu: a category, a collection, a page or an address."""

    id: strawberry.ID = strawberry.field(description="The id of the line.")
    name: str = strawberry.field(description="The Vietnamese words.")
    level: int = strawberry.field(description="How deep it lies; the first level is 0.")
    url: str | None = strawberry.field(description="The address, when it is one.")
    row: strawberry.Private[models.MenuItem]
    lines: strawberry.Private["MenuLines"]

    @classmethod
    def of(cls, row: models.MenuItem, lines: "MenuLines") -> Self:
        """The line as the schema shows it."""
        return cls(
            id=to_global("MenuItem", row.id),
            name=row.name,
            level=row.level,
            url=row.url,
            row=row,
            lines=lines,
        )

    @strawberry.field
    def children(self) -> list["MenuItem"] | None:
        """The lines below."""
        return self.lines.below(self.row.id)

    @strawberry.field
    async def category(self, info: Info) -> Category | None:
        """The category it leads to."""
        if self.row.category_id is None:
            return None
        tree = await info.context.once(CatalogLoaders).categories.get()
        row = tree.get(self.row.category_id)
        return None if row is None else Category.of(row, self.lines.channel)

    @strawberry.field
    async def collection(self, info: Info) -> Collection | None:
        """The collection it leads to."""
        if self.row.collection_id is None:
            return None
        found = await info.context.once(MenuCollections).by_key()
        row = found.get(self.row.collection_id)
        return None if row is None else Collection.of(row, self.lines.channel)

    @strawberry.field
    async def page(self, info: Info) -> Page | None:
        """The page it leads to."""
        if self.row.page_id is None:
            return None
        row = await info.context.once(ContentLoaders).page.load(self.row.page_id)
        return None if row is None else Page.of(row)

    @strawberry.field
    async def translation(
        self,
        info: Info,
        language_code: LanguageCodeEnum,
    ) -> MenuItemTranslation | None:
        """Its words in another language, if there are any."""
        key = (self.row.id, language_code.value)
        row = await info.context.once(ContentLoaders).item_translation.load(key)
        return None if row is None else MenuItemTranslation(name=row.name)


class MenuLines:
    """The lines of a menu, fetched together."""

    def __init__(self, rows: list[models.MenuItem], channel: Channel | None) -> None:
        self._rows = rows
        self.channel = channel

    def below(self, parent_id: UUID | None) -> list[MenuItem]:
        """The lines right below one of them, or those of the first level."""
        return [MenuItem.of(row, self) for row in self._rows if row.parent_id == parent_id]


class MenuCollections:
    """The collections, read once per request for all menu lines."""

    def __init__(self, context: RequestContext) -> None:
        self._context = context
        self._found: dict[UUID, CollectionRow] | None = None

    async def by_key(self) -> dict[UUID, CollectionRow]:
        """Every visible collection by its key."""
        if self._found is None:
            rows = await self._context.reader.all(visible_collections(self._context.viewer))
            self._found = {row.id: row for row in rows}
        return self._found


@strawberry.type
class Menu:
    """A menu of the site."""

    id: strawberry.ID = strawberry.field(description="The id of the menu.")
    slug: str = strawberry.field(description="navbar or footer.")
    name: str = strawberry.field(description="Its name for people.")
    items: list[MenuItem] | None = strawberry.field(
        description="The lines of the first level.",
        default_factory=list,
    )
