"""The category tree as the schema shows it; its products are added by the lists."""

from typing import Self
from uuid import UUID

import strawberry

from catalog import models
from catalog.api.loaders import CatalogLoaders
from catalog.api.types.pictures import background
from catalog.rules import CategoryPolicy
from marketplace.kernel.context import Info
from marketplace.kernel.graph.connection import CountableConnection, Paging, plain_connection
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import Image, JSONString, LanguageCodeEnum, json_string

strawberry.enum(
    CategoryPolicy,
    name="CategoryPolicyEnum",
    description="What the law asks before goods of a category may be sold.",
)


@strawberry.type
class CategoryTranslation:
    """A category in another language."""

    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    slug: str | None = strawberry.field(description="Its name in addresses of that language.")
    name: str | None = strawberry.field(description="The name.")
    description: JSONString | None = strawberry.field(description="An EditorJS document.")
    policy_note: str | None = strawberry.field(description="What buyers must know.")

    @classmethod
    def of(cls, row: models.CategoryTranslation) -> Self:
        """The translation as the schema shows it."""
        return cls(
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            slug=row.slug,
            name=row.name,
            description=json_string(row.description),
            policy_note=row.policy_note,
        )


@strawberry.type
class Category:
    """A branch of the category tree."""

    id: strawberry.ID = strawberry.field(description="The id of the category.")
    name: str = strawberry.field(description="The Vietnamese name.")
    slug: str = strawberry.field(description="Its name in addresses.")
    level: int = strawberry.field(description="How deep it lies; roots are 0.")
    seo_title: str | None = strawberry.field(description="The title for search engines.")
    seo_description: str | None = strawberry.field(description="The text for search engines.")
    policy: CategoryPolicy = strawberry.field(description="What the law asks of its goods.")
    policy_note: str | None = strawberry.field(description="What buyers must know.")
    minimum_age: int | None = strawberry.field(description="How old a buyer must be.")
    row: strawberry.Private[models.Category]
    channel: strawberry.Private[models.Channel | None]

    @classmethod
    def of(cls, row: models.Category, channel: models.Channel | None = None) -> Self:
        """The category as the schema shows it, in the channel it was reached in."""
        return cls(
            id=to_global("Category", row.id),
            name=row.name,
            slug=row.slug,
            level=row.level,
            seo_title=row.seo_title,
            seo_description=row.seo_description,
            policy=row.policy,
            policy_note=row.policy_note,
            minimum_age=row.minimum_age,
            row=row,
            channel=channel,
        )

    @property
    def key(self) -> UUID:
        """The key of the row."""
        return self.row.id

    @strawberry.field
    def description(self) -> JSONString | None:
        """An EditorJS document."""
        return json_string(self.row.description)

    @strawberry.field
    async def background_image(self, info: Info, size: int | None = None) -> Image | None:
        """The picture over its page."""
        return await background(info, self.row.background_id, size, self.name)

    @strawberry.field
    async def parent(self, info: Info) -> "Category | None":
        """The branch above."""
        tree = await info.context.once(CatalogLoaders).categories.get()
        row = tree.get(self.row.parent_id) if self.row.parent_id is not None else None
        return None if row is None else Category.of(row, self.channel)

    @strawberry.field
    async def children(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection["Category"] | None:
        """The branches below."""
        tree = await info.context.once(CatalogLoaders).categories.get()
        below = [
            Category.of(row, self.channel) for row in tree.values() if row.parent_id == self.key
        ]
        return plain_connection(below, Paging(first, after, last, before))

    @strawberry.field
    async def ancestors(
        self,
        info: Info,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> CountableConnection["Category"] | None:
        """The branches above, the root first."""
        tree = await info.context.once(CatalogLoaders).categories.get()
        above: list[Category] = []
        parent_id = self.row.parent_id
        while parent_id is not None and (row := tree.get(parent_id)) is not None:
            above.insert(0, Category.of(row, self.channel))
            parent_id = row.parent_id
        return plain_connection(above, Paging(first, after, last, before))

    @strawberry.field
    async def product_count(self, info: Info) -> int:
        """How many products stand on display in it and below."""
        loaders = info.context.once(CatalogLoaders)
        counts = await loaders.counts.get()
        tree = await loaders.categories.get()
        return sum(counts.get(key, 0) for key in branch(tree, [self.key]))

    @strawberry.field
    async def translation(
        self,
        info: Info,
        language_code: LanguageCodeEnum,
    ) -> CategoryTranslation | None:
        """Its words in another language, if there are any."""
        found = await info.context.once(CatalogLoaders).category_translations.get()
        row = found.get((self.key, language_code.value))
        return None if row is None else CategoryTranslation.of(row)


def branch(tree: dict[UUID, models.Category], roots: list[UUID]) -> set[UUID]:
    """The categories of that branch of the visible tree, themselves and everything below."""
    found = {key for key in roots if key in tree}
    grown = True
    while grown:
        more = {key for key, row in tree.items() if row.parent_id in found} - found
        found |= more
        grown = bool(more)
    return found
