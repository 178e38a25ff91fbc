"""Loading the map."""

import copy
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update

from marketplace.kernel.database import Reader, Sessions
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.places import queries
from marketplace.places.events import PlaceChanged
from marketplace.places.models import Place, PlaceAlias, PlaceSuccession
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.services.units import MapData, load_units


class Ears:
    """Remembers what was announced."""

    def __init__(self) -> None:
        self.heard: list[UUID] = []
        self.bus = EventBus()
        self.bus.subscribe(PlaceChanged, self._hear)

    async def _hear(self, unit: UnitOfWork, event: PlaceChanged) -> None:  # noqa: ARG002 - part of the interface
        self.heard.append(event.place_id)


async def load(sessions: Sessions, data: MapData) -> tuple[int, list[UUID]]:
    ears = Ears()
    async with unit_of_work(sessions, SYSTEM, ears.bus) as unit:
        changed = await load_units(unit, data)
    return changed, ears.heard


async def test_loads_every_unit_and_old_commune(reader: Reader) -> None:
    places = await reader.all(queries.visible_places(SYSTEM))
    today = [place for place in places if place.valid_to is None]

    assert len(places) == 2 + 8 + 37 + 108
    assert sum(place.level is PlaceLevel.COMMUNE for place in today) == 37
    assert all(place.latitude and place.longitude and place.area_km2 for place in today)


async def test_the_second_time_changes_nothing(
    reader: Reader, sessions: Sessions, province: MapData
) -> None:
    before = len(await reader.all(select(PlaceAlias)))

    changed, heard = await load(sessions, province)

    assert (changed, heard) == (0, [])
    assert len(await reader.all(select(PlaceAlias))) == before


async def test_tells_of_what_changed_and_of_nothing_else(
    reader: Reader, sessions: Sessions, province: MapData
) -> None:
    corrected = copy.deepcopy(province)
    unit = next(unit for unit in corrected["units"] if unit["code"] == "01906")
    unit["area_km2"] = 150.5

    changed, heard = await load(sessions, corrected)

    place = await reader.first(queries.place_with_code(SYSTEM, "01906"))
    assert place is not None
    assert (changed, heard) == (1, [place.id])


async def test_a_name_dropped_from_the_data_is_forgotten(
    reader: Reader, sessions: Sessions, province: MapData
) -> None:
    fewer = copy.deepcopy(province)
    fewer["aliases"] = [alias for alias in fewer["aliases"] if alias["alias"] != "hồ Ba Bể"]

    await load(sessions, fewer)

    statement = select(func.count()).where(PlaceAlias.folded == "ho ba be")
    assert await reader.all(statement) == [0]


async def test_a_name_may_weigh_more_than_it_did(
    reader: Reader, sessions: Sessions, province: MapData
) -> None:
    async with unit_of_work(sessions, SYSTEM, EventBus()) as unit:
        await unit.session.execute(update(PlaceAlias).values(weight=1))

    changed, _heard = await load(sessions, province)

    assert changed == 0
    assert await reader.all(select(func.min(PlaceAlias.weight))) == [20]


async def test_a_commune_out_of_two_districts_keeps_both(reader: Reader) -> None:
    place = await reader.first(queries.place_with_code(SYSTEM, "01933"))
    assert place is not None

    rows = await reader.rows(queries.predecessors_of([place.id]))

    old = {row[1].full_name: row[1] for row in rows}
    districts = {each.id: each.full_name for each in old.values()}
    assert {name for name in old if name.startswith("Huyện")} == {"Huyện Ba Bể", "Huyện Chợ Đồn"}
    assert districts[old["Xã Bằng Phúc"].parent_id or place.id] == "Huyện Chợ Đồn"
    assert districts[old["Xã Quảng Khê"].parent_id or place.id] == "Huyện Ba Bể"
    assert old["Xã Quảng Khê"].valid_to == date(2025, 6, 30)


async def test_successions_begin_with_the_reform(reader: Reader) -> None:
    days = await reader.all(select(PlaceSuccession.on).distinct())

    assert days == [date(2025, 7, 1)]


async def test_the_alphabet_is_vietnamese(reader: Reader) -> None:
    communes = await reader.all(queries.places_of_today(SYSTEM))

    names = [place.name for place in communes]
    assert names[:5] == ["Ba Bể", "Bạch Thông", "Bắc Kạn", "Bằng Thành", "Bằng Vân"]
    assert names.index("Cường Lợi") < names.index("Đồng Phúc") < names.index("Hiệp Lực")
    assert isinstance(communes[0], Place)
