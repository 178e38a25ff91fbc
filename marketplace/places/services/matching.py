"""Finding the communes a text means."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from marketplace.kernel.database import Reader
from marketplace.kernel.errors import NotFoundError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc
from marketplace.kernel.viewer import SYSTEM, Viewer
from marketplace.places import queries
from marketplace.places.errors import AmbiguousPlaceError
from marketplace.places.models import Place
from marketplace.places.rules.gazetteer import Gazetteer, KnownName, Match
from marketplace.places.rules.levels import PlaceLevel
from marketplace.places.rules.names import bare_name, possible_names


async def load_gazetteer(reader: Reader, *texts: str) -> Gazetteer:
    """The names and communes those texts may mean; all of them without texts (two statements).

    Take all of them once for a long import; a single question is cheaper with its text.
    """
    words = frozenset().union(*(possible_names(text) for text in texts)) if texts else None
    names: defaultdict[str, list[KnownName]] = defaultdict(list)
    for folded, place_id, level, weight in await reader.rows(queries.names_among(words)):
        names[folded].append(KnownName(place_id, level, weight))
    ids = {known.place_id for each in names.values() for known in each}
    communes: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for place_id, commune_id in await reader.rows(
        queries.communes_under(ids if texts else None),
    ):
        communes[place_id].add(commune_id)
    return Gazetteer.of(names, communes)


async def match_places(reader: Reader, text: str) -> Match:
    """Today's communes a text means: "huyện Ba Bể" five of them, "TT Bằng Lũng" one."""
    return (await load_gazetteer(reader, text)).match(text)


async def find_commune(reader: Reader, text: str) -> Place:
    """The one commune a text means.

    Raises:
        NotFoundError: the text means no commune here.
        AmbiguousPlaceError: it may mean several.
    """
    match = await match_places(reader, text)
    wanted = [match.commune_id] if match.commune_id is not None else list(match.communes)
    found = await reader.all(queries.places_among(SYSTEM, wanted))
    if not found:
        raise NotFoundError(_('There is no commune "{text}" here.'), field="commune", text=text)
    if len(found) > 1:
        names = sorted((place.sort_key, place.full_name) for place in found)
        raise AmbiguousPlaceError(text, [name for _key, name in names])
    return found[0]


async def search_places(
    reader: Reader,
    viewer: Viewer,
    text: str,
    level: PlaceLevel,
) -> Sequence[Place]:
    """The units of a level a text means, the likeliest first; failing that, names begun so."""
    if level is PlaceLevel.COMMUNE:
        match = await match_places(reader, text)
        if match.communes:
            found = await reader.all(queries.places_among(viewer, match.communes))
            rank = {commune: at for at, commune in enumerate(match.communes)}
            return sorted(found, key=lambda place: rank[place.id])
    started = await _begun(reader, text)
    of_level = queries.places_at_level(viewer, level)
    if level is PlaceLevel.COMMUNE:
        pairs = await reader.rows(queries.communes_under(started))
        heirs: defaultdict[UUID, list[UUID]] = defaultdict(list)
        for place_id, commune_id in pairs:
            heirs[place_id].append(commune_id)
        started = [commune for place_id in started for commune in sorted(heirs[place_id])]
    order = {place_id: at for at, place_id in reversed(list(enumerate(started)))}
    found = await reader.all(of_level.where(Place.id.in_(order)))
    return sorted(found, key=lambda place: (order[place.id], place.sort_key))


async def _begun(reader: Reader, text: str) -> list[UUID]:
    """The units one of whose names begins with the text, with or without its kind before it."""
    starts = dict.fromkeys((fold(nfc(text)), bare_name(text)))
    found: dict[UUID, None] = {}
    for start in starts:
        if start:
            found.update(dict.fromkeys(await reader.all(queries.names_beginning_with(start))))
    return list(found)
