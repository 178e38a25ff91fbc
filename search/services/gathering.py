"""Gathering from every storey what a thing's search document is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from businesses.rules.businesses import is_verified
from search import queries
from search.rules.entries import Entry, plain_text
from search.rules.questions import SearchKind

_SHORT: Final = {"huyện": "h", "thị trấn": "tt", "thành phố": "tp", "phường": "p", "xã": "x"}
_SELLERS: Final = {
    "individual": "cá nhân",
    "household": "hộ kinh doanh",
    "cooperative_group": "tổ hợp tác",
    "cooperative": "hợp tác xã HTX",
    "enterprise": "công ty doanh nghiệp",
    "public_body": "cơ quan nhà nước",
}
_IN_STOCK_WEIGHT: Final = 20
_STAR_WEIGHT: Final = 2
_VERIFIED_WEIGHT: Final = 1


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today: its code, where it lies, its names and those of its old units."""

    code: str
    names: tuple[str, ...]
    districts: tuple[str, ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A category with all above it, the topmost first."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What many documents share: communes, categories and the names of attributes' choices."""

    communes: Mapping[UUID, Commune] = field(default_factory=dict)
    branches: Mapping[UUID, Branch] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)


async def look_around(session: AsyncSession) -> Surroundings:
    """Read what many documents share, in three statements."""
    communes = {row.id: _commune(row) for row in await session.execute(queries.COMMUNES)}
    branches: dict[UUID, Branch] = {}
    for row in await session.execute(queries.CATEGORIES):
        above = branches.get(row.parent_id, Branch((), ()))
        names = (row.name,) if row.name_en is None else (row.name, row.name_en)
        branches[row.id] = Branch((*above.slugs, row.slug), (*above.names, *names))
    choices = {
        (row.attribute, row.slug): row.name for row in await session.execute(queries.CHOICES)
    }
    return Surroundings(communes, branches, choices)


async def gather(
    session: AsyncSession,
    kind: SearchKind,
    ids: Sequence[UUID],
    today: date,
    around: Surroundings,
) -> list[Entry]:
    """The entries of those things of the kind that anybody may see; others are left out."""
    statement, compose = _SOURCES[kind]
    parameters: dict[str, Any] = {"ids": list(ids)}
    if kind is SearchKind.PRODUCT:
        parameters["today"] = today
    rows = await session.execute(statement, parameters)
    return [compose(row, around) for row in rows]


def _product(row: Row[Any], around: Surroundings) -> Entry:
    commune = around.communes.get(row.place_id)
    branch = around.branches.get(row.category_id, Branch((), ()))
    stock = bool(row.is_in_stock)
    names = [*(row.variant_names or ()), *_choice_names(row.attributes, around)]
    if row.indication is not None:
        names.append(row.indication)
    return Entry(
        kind=SearchKind.PRODUCT,
        thing_id=row.id,
        title=row.name,
        title_en=row.name_en or "",
        created_at=row.created_at,
        names=tuple(dict.fromkeys(names)),
        maker=row.business_name,
        categories=branch.slugs,
        category_names=branch.names,
        text=plain_text(row.description),
        business_id=row.business_id,
        stars=row.stars,
        stars_until=row.stars_until,
        seller_kind=row.business_kind,
        is_in_stock=stock,
        prices=row.prices or {},
        weight=_IN_STOCK_WEIGHT * stock
        + _STAR_WEIGHT * (row.stars or 0)
        + _VERIFIED_WEIGHT * is_verified(row.verification_level),
        **_position(commune),
    )


def _business(row: Row[Any], around: Surroundings) -> Entry:
    return Entry(
        kind=SearchKind.BUSINESS,
        thing_id=row.id,
        title=row.name,
        title_en=row.name_en or "",
        created_at=row.created_at,
        names=(_SELLERS[row.kind], row.hamlet),
        category_names=tuple(row.category_names or ()),
        text=plain_text(row.story),
        seller_kind=row.kind,
        weight=_IN_STOCK_WEIGHT // 2 + row.verification_level,
        **_position(around.communes.get(row.place_id)),
    )


def _place(row: Row[Any], around: Surroundings) -> Entry:
    commune = around.communes[row.id]
    position = _position(commune) | {"place_names": ()}
    return Entry(
        kind=SearchKind.PLACE,
        thing_id=row.id,
        title=row.full_name,
        title_en=row.name_en or "",
        created_at=_midnight(row.valid_from),
        names=commune.names,
        text=plain_text(row.description),
        weight=_IN_STOCK_WEIGHT // 2,
        **position,
    )


def _page(row: Row[Any], around: Surroundings) -> Entry:  # noqa: ARG001 - pages lie nowhere
    return Entry(
        kind=SearchKind.PAGE,
        thing_id=row.id,
        title=row.title,
        title_en=row.name_en or "",
        created_at=row.updated_at,
        text=plain_text(row.content),
    )


_SOURCES: Final = {
    SearchKind.PRODUCT: (queries.PRODUCT_SOURCES, _product),
    SearchKind.BUSINESS: (queries.BUSINESS_SOURCES, _business),
    SearchKind.PLACE: (queries.PLACE_SOURCES, _place),
    SearchKind.PAGE: (queries.PAGE_SOURCES, _page),
}


def _commune(row: Row[Any]) -> Commune:
    names = [row.full_name, *(row.former_names or ()), *(row.aliases or ())]
    for name in list(names):
        for kind, short in _SHORT.items():
            if name.casefold().startswith(f"{kind} "):
                names.append(f"{short} {name[len(kind) + 1 :]}")
    return Commune(
        code=row.code,
        names=tuple(dict.fromkeys(names)),
        districts=tuple(sorted(row.districts or ())),
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _position(commune: Commune | None) -> dict[str, Any]:
    if commune is None:
        return {}
    return {
        "place_names": commune.names,
        "commune": commune.code,
        "old_districts": commune.districts,
        "latitude": commune.latitude,
        "longitude": commune.longitude,
    }


def _choice_names(attributes: Mapping[str, Any], around: Surroundings) -> list[str]:
    names: list[str] = []
    for attribute, value in attributes.items():
        for slug in value if isinstance(value, list) else [value]:
            name = around.choices.get((attribute, slug)) if isinstance(slug, str) else None
            if name is not None:
                names.append(name)
    return names


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC)
