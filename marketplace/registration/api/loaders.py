"""Batches of registration."""

from collections import defaultdict
from uuid import UUID

from strawberry.dataloader import DataLoader

from marketplace.kernel.context import RequestContext
from marketplace.registration import queries
from marketplace.registration.models import Dossier, DossierDocument, DossierEvent, Industry
from marketplace.registration.ports import REGISTRATION_BOOK


class RegistrationLoaders:
    """One per request, made by `context.once(RegistrationLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self._version = context.ports[REGISTRATION_BOOK].industry_version
        self.by_id = DataLoader[UUID, Dossier | None](load_fn=self._by_id)
        self.papers_by_dossier = DataLoader[UUID, list[DossierDocument]](load_fn=self._papers)
        self.events_by_dossier = DataLoader[UUID, list[DossierEvent]](load_fn=self._events)
        self.industry_by_code = DataLoader[str, Industry | None](load_fn=self._industries)

    async def _by_id(self, ids: list[UUID]) -> list[Dossier | None]:
        statement = queries.visible_dossiers(self._viewer).where(Dossier.id.in_(ids))
        found = {row.id: row for row in await self._reader.all(statement)}
        return [found.get(key) for key in ids]

    async def _papers(self, ids: list[UUID]) -> list[list[DossierDocument]]:
        found: defaultdict[UUID, list[DossierDocument]] = defaultdict(list)
        for row in await self._reader.all(queries.papers_of(ids)):
            found[row.dossier_id].append(row)
        return [found[key] for key in ids]

    async def _events(self, ids: list[UUID]) -> list[list[DossierEvent]]:
        found: defaultdict[UUID, list[DossierEvent]] = defaultdict(list)
        for row in await self._reader.all(queries.events_of(ids)):
            found[row.dossier_id].append(row)
        return [found[key] for key in ids]

    async def _industries(self, codes: list[str]) -> list[Industry | None]:
        rows = await self._reader.all(queries.industries_among(self._version, codes))
        found = {row.code: row for row in rows}
        return [found.get(code) for code in codes]
