"""Batches of pages and menus."""

from uuid import UUID

from sqlalchemy import select
from strawberry.dataloader import DataLoader

from marketplace.content import queries
from marketplace.content.models import MenuItem, MenuItemTranslation, Page, PageTranslation
from marketplace.kernel.context import RequestContext


class ContentLoaders:
    """One per request, made by `context.once(ContentLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self.page = DataLoader[UUID, Page | None](load_fn=self._pages)
        self.page_translation = DataLoader[tuple[UUID, str], PageTranslation | None](
            load_fn=self._page_translations,
        )
        self.item_translation = DataLoader[tuple[UUID, str], MenuItemTranslation | None](
            load_fn=self._item_translations,
        )
        self.items = DataLoader[str, list[MenuItem]](load_fn=self._items)

    async def _pages(self, ids: list[UUID]) -> list[Page | None]:
        rows = await self._reader.all(
            queries.visible_pages(self._viewer).where(Page.id.in_(ids)),
        )
        found = {row.id: row for row in rows}
        return [found.get(page_id) for page_id in ids]

    async def _page_translations(
        self,
        keys: list[tuple[UUID, str]],
    ) -> list[PageTranslation | None]:
        statement = select(PageTranslation).where(
            PageTranslation.page_id.in_({key[0] for key in keys}),
        )
        found = {(row.page_id, row.language): row for row in await self._reader.all(statement)}
        return [found.get(key) for key in keys]

    async def _item_translations(
        self,
        keys: list[tuple[UUID, str]],
    ) -> list[MenuItemTranslation | None]:
        statement = select(MenuItemTranslation).where(
            MenuItemTranslation.menu_item_id.in_({key[0] for key in keys}),
        )
        rows = await self._reader.all(statement)
        found = {(row.menu_item_id, row.language): row for row in rows}
        return [found.get(key) for key in keys]

    async def _items(self, slugs: list[str]) -> list[list[MenuItem]]:
        return [list(await self._reader.all(queries.menu_items(slug))) for slug in slugs]
