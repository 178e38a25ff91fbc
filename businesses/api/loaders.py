"""Batches of businesses."""

import asyncio
from uuid import UUID

from sqlalchemy import select
from strawberry.dataloader import DataLoader

from businesses.models import Business, BusinessTranslation
from businesses.queries import businesses as queries
from marketplace.kernel.context import RequestContext


class BusinessLoaders:
    """One per request, made by `context.once(BusinessLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self.by_id = DataLoader[UUID, Business | None](load_fn=self._by_id)
        self.translation = DataLoader[tuple[UUID, str], BusinessTranslation | None](
            load_fn=self._translation,
        )

    async def _by_id(self, ids: list[UUID]) -> list[Business | None]:
        statement = queries.visible_businesses(self._viewer).where(Business.id.in_(ids))
        found = {row.id: row for row in await self._reader.all(statement)}
        return [found.get(business_id) for business_id in ids]

    async def _translation(
        self,
        keys: list[tuple[UUID, str]],
    ) -> list[BusinessTranslation | None]:
        statement = select(BusinessTranslation).where(
            BusinessTranslation.business_id.in_({key[0] for key in keys}),
        )
        found = {(row.business_id, row.language): row for row in await self._reader.all(statement)}
        return [found.get(key) for key in keys]


class PlaceCounts:
    """How many businesses are at home in each place, counted once per request."""

    def __init__(self, context: RequestContext) -> None:
        self._context = context
        self._counts: dict[UUID, int] | None = None
        self._turn = asyncio.Lock()

    async def by_place(self) -> dict[UUID, int]:
        """The counts by the place's key."""
        async with self._turn:
            if self._counts is None:
                statement = queries.counts_by_place(self._context.viewer)
                self._counts = {
                    row[0]: row[1] for row in await self._context.reader.rows(statement)
                }
        return self._counts
