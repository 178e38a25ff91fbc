"""Batches of the places."""

from collections import defaultdict
from uuid import UUID

from strawberry.dataloader import DataLoader

from marketplace.kernel.context import RequestContext
from marketplace.places import queries
from marketplace.places.models import Place, PlaceTranslation
from marketplace.places.rules.gazetteer import Match
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.services.matching import load_gazetteer


class PlaceLoaders:
    """One per request, made by `context.once(PlaceLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self._viewer = context.viewer
        self.by_id = DataLoader[UUID, Place | None](load_fn=self._by_id)
        self.translation = DataLoader[tuple[UUID, str], PlaceTranslation | None](
            load_fn=self._translation,
        )
        self.predecessors = DataLoader[UUID, list[Place]](load_fn=self._predecessors)
        self.communes_by_unit = DataLoader[UUID, list[Place]](load_fn=self._communes_by_unit)
        self.match_by_text = DataLoader[str, Match](load_fn=self._match_by_text)

    async def former_communes(self, place_id: UUID) -> list[Place]:
        """The communes of old on the place's land."""
        return [
            place
            for place in await self.predecessors.load(place_id)
            if place.level is PlaceLevel.COMMUNE
        ]

    async def old_districts(self, place_id: UUID) -> list[Place]:
        """The districts the place's land lay in."""
        return [
            place
            for place in await self.predecessors.load(place_id)
            if place.level is PlaceLevel.DISTRICT
        ]

    async def _by_id(self, ids: list[UUID]) -> list[Place | None]:
        places = await self._reader.all(queries.places_among(self._viewer, ids))
        found = {place.id: place for place in places}
        return [found.get(place_id) for place_id in ids]

    async def _translation(
        self,
        keys: list[tuple[UUID, str]],
    ) -> list[PlaceTranslation | None]:
        rows = await self._reader.all(queries.translations_of({place for place, _ in keys}))
        found = {(row.place_id, row.language): row for row in rows}
        return [found.get(key) for key in keys]

    async def _predecessors(self, ids: list[UUID]) -> list[list[Place]]:
        found: defaultdict[UUID, list[Place]] = defaultdict(list)
        for successor_id, place in await self._reader.rows(queries.predecessors_of(ids)):
            found[successor_id].append(place)
        return [found[place_id] for place_id in ids]

    async def _communes_by_unit(self, ids: list[UUID]) -> list[list[Place]]:
        pairs = await self._reader.rows(queries.communes_under(ids))
        communes = await self.by_id.load_many({commune for _unit, commune in pairs})
        known = {place.id: place for place in communes if place is not None}
        found: defaultdict[UUID, list[Place]] = defaultdict(list)
        for unit_id, commune_id in pairs:
            found[unit_id].append(known[commune_id])
        return [
            sorted(found[unit_id], key=lambda place: (place.sort_key, place.code))
            for unit_id in ids
        ]

    async def _match_by_text(self, texts: list[str]) -> list[Match]:
        gazetteer = await load_gazetteer(self._reader, *texts)
        return [gazetteer.match(text) for text in texts]
