"""Loading the administrative units of a province from its data."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import func, select

from marketplace.kernel.database import new_id
from marketplace.kernel.text import fold, nfc, slugify, sort_key
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.places.events import PlaceChanged
from marketplace.places.models import Place, PlaceAlias, PlaceSuccession, PlaceTranslation
from marketplace.places.rules.gazetteer import (
    DISTRICT_WEIGHT,
    OLD_COMMUNE_WEIGHT,
    OTHER_NAME_WEIGHT,
    OWN_NAME_WEIGHT,
    PROVINCE_WEIGHT,
)
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.rules.names import bare_name

_ENGLISH_KINDS = {"xã": "commune", "phường": "ward", "thị trấn": "town"}
_LOCK = 0x706C6163  # any number of our own: two loads at once take turns


class Words(TypedDict):
    """A text in both languages."""

    vi: str
    en: str


class UnitData(TypedDict):
    """A unit as the province's `units.json` tells it."""

    code: str
    name: Words
    full_name: Words
    slug: str
    level: str
    kind: str
    parent: str | None
    valid_from: str
    valid_to: str | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    old_districts: list[str]
    old_communes: list[str]
    old_commune_districts: dict[str, str]
    scene: str | None
    description: Words | None


class AliasData(TypedDict):
    """Another name of one unit or several."""

    alias: str
    codes: list[str]


class MapData(TypedDict):
    """The whole of `units.json`."""

    units: list[UnitData]
    aliases: list[AliasData]


async def load_units(unit: UnitOfWork, data: MapData) -> int:
    """Make the map what the data says, and tell of what changed; doing it again changes nothing.

    Units that the data no longer names stay: something may refer to them.

    Returns:
        How many units were added or changed.
    """
    await unit.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    loading = _Loading(unit)
    await loading.begin()
    for record in sorted(data["units"], key=_rank):
        loading.place_unit(record)
    for record in data["units"]:
        loading.place_old_communes(record)
    await unit.session.flush()
    loading.succeed(data["units"])
    await loading.name(data["aliases"])
    for place_id in sorted(loading.changed):
        unit.announce(PlaceChanged(place_id))
    return len(loading.changed)


def paragraphs(text: str) -> dict[str, Any]:
    """A text as an EditorJS document, one paragraph for each of its lines."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    blocks = [{"type": "paragraph", "data": {"text": escape(line, quote=False)}} for line in lines]
    return {"blocks": blocks, "version": "2.30.0"}


def _rank(record: UnitData) -> int:
    return list(PlaceLevel).index(PlaceLevel(record["level"]))


class _Loading:
    """One run: what is there, what is wanted, what differs."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._session = unit.session
        self._places: dict[tuple[str, date], Place] = {}
        self._by_code: dict[str, Place] = {}
        self._translations: dict[UUID, PlaceTranslation] = {}
        self._successions: set[tuple[UUID, UUID]] = set()
        self._names: dict[tuple[str, UUID], int] = {}
        self.changed: set[UUID] = set()

    async def begin(self) -> None:
        """Read what is there."""
        for place in await self._session.scalars(select(Place)):
            self._places[place.code, place.valid_from] = place
        for words in await self._session.scalars(
            select(PlaceTranslation).where(PlaceTranslation.language == "en"),
        ):
            self._translations[words.place_id] = words
        for succession in await self._session.scalars(select(PlaceSuccession)):
            self._successions.add((succession.predecessor_id, succession.successor_id))

    def place_unit(self, record: UnitData) -> None:
        """One unit of the data and its English words."""
        level, valid_to = PlaceLevel(record["level"]), record["valid_to"]
        name, words = nfc(record["name"]["vi"]), record["description"]
        area, parent = record["area_km2"], record["parent"]
        place = self._put(
            record["code"],
            date.fromisoformat(record["valid_from"]),
            name=name,
            full_name=nfc(record["full_name"]["vi"]),
            slug=record["slug"],
            kind=record["kind"],
            level=level,
            parent_id=None if parent is None else self._by_code[parent].id,
            valid_to=None if valid_to is None else date.fromisoformat(valid_to),
            area_km2=None if area is None else Decimal(str(area)),
            latitude=record["latitude"],
            longitude=record["longitude"],
            description=None if words is None else paragraphs(nfc(words["vi"])),
            scene=record["scene"],
        )
        self._translate(
            place,
            name=nfc(record["name"]["en"]),
            full_name=nfc(record["full_name"]["en"]),
            description=None if words is None else paragraphs(nfc(words["en"])),
        )
        self._names[place.name_folded, place.id] = {
            PlaceLevel.COMMUNE: OWN_NAME_WEIGHT,
            PlaceLevel.DISTRICT: DISTRICT_WEIGHT,
            PlaceLevel.PROVINCE: PROVINCE_WEIGHT,
        }[level]

    def place_old_communes(self, record: UnitData) -> None:
        """The communes that became this one; they have no code of their own in the data."""
        first_day = date.fromisoformat(record["valid_from"])
        for full_name in map(nfc, record["old_communes"]):
            district = self._old_district(record, full_name)
            kind = next(kind for kind in _ENGLISH_KINDS if full_name.lower().startswith(kind))
            name = full_name[len(kind) :].strip()
            place = self._put(
                f"{record['code']}-{slugify(full_name)}",
                district.valid_from if district is not None else date(1997, 1, 1),
                name=name,
                full_name=full_name,
                slug=slugify(name),
                kind=kind,
                level=PlaceLevel.COMMUNE,
                parent_id=None if district is None else district.id,
                valid_to=first_day - timedelta(days=1),
            )
            self._translate(place, name=name, full_name=f"{name} {_ENGLISH_KINDS[kind]}")
            self._names[place.name_folded, place.id] = OLD_COMMUNE_WEIGHT
            self._succeed(place, self._by_code[record["code"]])

    def succeed(self, records: Iterable[UnitData]) -> None:
        """Old districts, and the provinces they lay in, live on in today's communes."""
        for record in records:
            for code in record["old_districts"]:
                district, commune = self._by_code[code], self._by_code[record["code"]]
                self._succeed(district, commune)
                for province in self._by_code.values():
                    if province.id == district.parent_id:
                        self._succeed(province, commune)

    async def name(self, aliases: Iterable[AliasData]) -> None:
        """Make the other names what is wanted: new ones, other weights, none too many."""
        for alias in aliases:
            for code in alias["codes"]:
                key = (bare_name(alias["alias"]), self._by_code[code].id)
                self._names.setdefault(key, OTHER_NAME_WEIGHT)
        for row in await self._session.scalars(select(PlaceAlias)):
            weight = self._names.pop((row.folded, row.place_id), None)
            if weight is None:
                self.changed.add(row.place_id)
                await self._session.delete(row)
            elif row.weight != weight:
                row.weight = weight
        for (folded, place_id), weight in self._names.items():
            self.changed.add(place_id)
            self._session.add(PlaceAlias(folded=folded, place_id=place_id, weight=weight))

    def _old_district(self, record: UnitData, full_name: str) -> Place | None:
        """The district of an old commune; a commune out of several districts says which."""
        codes = record["old_districts"]
        told = record.get("old_commune_districts", {}).get(full_name)
        code = told or (codes[0] if codes else None)
        return None if code is None else self._by_code[code]

    def _put(self, code: str, valid_from: date, **values: object) -> Place:
        """The unit of that code and first day, with these values."""
        place = self._places.get((code, valid_from))
        if place is None:
            place = Place(id=new_id(), code=code, valid_from=valid_from)
            self._places[code, valid_from] = place
            self._session.add(place)
        name = str(values["name"])
        wanted = {**values, "name_folded": fold(name), "sort_key": sort_key(name)}
        self._set(place, place.id, wanted)
        self._by_code[code] = place
        return place

    def _translate(self, place: Place, **values: object) -> None:
        words = self._translations.get(place.id)
        if words is None:
            words = PlaceTranslation(place_id=place.id, language="en")
            self._translations[place.id] = words
            self._session.add(words)
        self._set(words, place.id, values)

    def _set(self, row: object, place_id: UUID, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                self.changed.add(place_id)

    def _succeed(self, predecessor: Place, successor: Place) -> None:
        pair = (predecessor.id, successor.id)
        if pair not in self._successions:
            self._successions.add(pair)
            self.changed.add(successor.id)
            self._session.add(
                PlaceSuccession(
                    predecessor_id=predecessor.id,
                    successor_id=successor.id,
                    on=successor.valid_from,
                ),
            )
