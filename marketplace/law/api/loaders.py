"""Batches of the law."""

from datetime import UTC, datetime

from strawberry.dataloader import DataLoader

from marketplace.kernel.context import RequestContext
from marketplace.law import queries
from marketplace.law.models import LegalBasis
from marketplace.law.services.asking import day_of


class LawLoaders:
    """One per request, made by `context.once(LawLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self.by_code = DataLoader[str, LegalBasis | None](load_fn=self._by_code)

    async def _by_code(self, codes: list[str]) -> list[LegalBasis | None]:
        today = day_of(datetime.now(UTC))
        rows = await self._reader.all(queries.bases_in_force(self._viewer, today, codes))
        found = {row.code: row for row in rows}
        return [found.get(code) for code in codes]
