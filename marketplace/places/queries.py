"""Statements about places; none of them runs here."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, select, union

from marketplace.kernel.viewer import Viewer
from marketplace.places.models import Place, PlaceAlias, PlaceSuccession, PlaceTranslation
from marketplace.places.rules.levels import PlaceLevel


def visible_places(viewer: Viewer) -> Select[Place]:  # noqa: ARG001 - the map is public
    """Every unit, of today and of old: the map of a province is no secret to anybody."""
    return select(Place)


def places_of_today(viewer: Viewer, level: PlaceLevel = PlaceLevel.COMMUNE) -> Select[Place]:
    """The units in force of a level, in the order of the alphabet."""
    return (
        visible_places(viewer)
        .where(Place.level == level, Place.valid_to.is_(None))
        .order_by(Place.sort_key, Place.code)
    )


def places_at_level(viewer: Viewer, level: PlaceLevel) -> Select[Place]:
    """What a list of the level shows: today's communes, but the districts and provinces of old too.

    Old communes are left out: they live on as other names of today's.
    """
    if level is PlaceLevel.COMMUNE:
        return places_of_today(viewer)
    return visible_places(viewer).where(Place.level == level).order_by(Place.sort_key, Place.code)


def place_with_code(viewer: Viewer, code: str) -> Select[Place]:
    """The unit of a code, the one in force before those of old."""
    return (
        visible_places(viewer)
        .where(Place.code == code)
        .order_by(Place.valid_to.desc().nulls_first())
    )


def places_among(viewer: Viewer, ids: Collection[UUID]) -> Select[Place]:
    """Those units."""
    return visible_places(viewer).where(Place.id.in_(ids))


def names_among(words: Collection[str] | None) -> Select[str, UUID, PlaceLevel, int]:
    """Folded names with the units that bear them; every name there is without `words`."""
    statement = select(
        PlaceAlias.folded,
        PlaceAlias.place_id,
        Place.level,
        PlaceAlias.weight,
    ).join(Place, Place.id == PlaceAlias.place_id)
    return statement if words is None else statement.where(PlaceAlias.folded.in_(words))


def names_beginning_with(start: str) -> Select[UUID]:
    """The units one of whose names begins with the folded text, the likeliest first."""
    return (
        select(PlaceAlias.place_id)
        .where(PlaceAlias.folded.startswith(start, autoescape=True))
        .order_by(PlaceAlias.weight.desc(), PlaceAlias.folded)
        .limit(100)
    )


def communes_under(ids: Collection[UUID] | None) -> CompoundSelect[Any]:
    """Pairs of a unit and a commune of today on its land: itself, its heirs, its parts."""
    commune = and_(Place.level == PlaceLevel.COMMUNE, Place.valid_to.is_(None))
    itself = select(Place.id.label("place_id"), Place.id.label("commune_id")).where(commune)
    heirs = (
        select(PlaceSuccession.predecessor_id, PlaceSuccession.successor_id)
        .join(Place, Place.id == PlaceSuccession.successor_id)
        .where(commune)
    )
    parts = select(Place.parent_id, Place.id).where(commune, Place.parent_id.is_not(None))
    if ids is not None:
        itself = itself.where(Place.id.in_(ids))
        heirs = heirs.where(PlaceSuccession.predecessor_id.in_(ids))
        parts = parts.where(Place.parent_id.in_(ids))
    return union(itself, heirs, parts)


def predecessors_of(ids: Collection[UUID]) -> Select[UUID, Place]:
    """Pairs of a unit's id and a unit of old whose land it took over, by the alphabet."""
    return (
        select(PlaceSuccession.successor_id, Place)
        .join(Place, Place.id == PlaceSuccession.predecessor_id)
        .where(PlaceSuccession.successor_id.in_(ids))
        .order_by(Place.sort_key, Place.code)
    )


def translations_of(ids: Collection[UUID]) -> Select[PlaceTranslation]:
    """The words of those units in every other language."""
    return select(PlaceTranslation).where(PlaceTranslation.place_id.in_(ids))


def place_for_change(place_id: UUID) -> Select[Place]:
    """One unit, locked."""
    return select(Place).where(Place.id == place_id).with_for_update()
