"""GraphQL types of the places."""

from datetime import date
from typing import Self
from uuid import UUID

import strawberry

from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import JSONString, LanguageCodeEnum, json_string
from marketplace.places import models
from marketplace.places.api.loaders import PlaceLoaders
from marketplace.places.rules.addresses import former_address, place_with_former
from marketplace.places.rules.levels import PlaceLevel

strawberry.enum(
    PlaceLevel,
    name="PlaceLevelEnum",
    description="The rank of an administrative unit; districts are history since July 2025.",
)


@strawberry.type
class PlaceTranslation:
    """A place's words in another language."""

    id: strawberry.ID = strawberry.field(description="The id of the translation.")
    name: str = strawberry.field(description="The bare name.")
    full_name: str = strawberry.field(description="The name with its kind.")
    description: JSONString | None = strawberry.field(description="An EditorJS document.")

    @classmethod
    def of(cls, row: models.PlaceTranslation) -> Self:
        """The translation as the schema shows it."""
        return cls(
            id=to_global("PlaceTranslation", row.id),
            name=row.name,
            full_name=row.full_name,
            description=json_string(row.description),
        )


@strawberry.type
class FormerUnit:
    """A commune of old on a place's land."""

    name: str = strawberry.field(description="The bare name.")
    full_name: str = strawberry.field(description="The name with its kind.")
    kind: str = strawberry.field(description="xã, phường or thị trấn.")
    address: str = strawberry.field(
        description="The old name in full: TT Bằng Lũng, huyện Chợ Đồn, Bắc Kạn.",
    )
    label: str = strawberry.field(
        description="Today's name with the old one in brackets, in the language of the request.",
    )


@strawberry.type
class Place:
    """An administrative unit of the province, of today or of old."""

    id: strawberry.ID = strawberry.field(description="The id of the place.")
    code: str = strawberry.field(description="The code of the General Statistics Office.")
    name: str = strawberry.field(description="The bare name.")
    full_name: str = strawberry.field(description="The name with its kind: Xã Ba Bể.")
    slug: str = strawberry.field(description="The name as it stands in addresses of the site.")
    kind: str = strawberry.field(description="xã, phường, thị trấn, huyện, thành phố or tỉnh.")
    level: PlaceLevel = strawberry.field(description="The rank of the unit.")
    valid_from: date = strawberry.field(description="The first day of the unit.")
    valid_to: date | None = strawberry.field(description="Its last day; none for those of today.")
    area_km2: float | None = strawberry.field(name="areaKm2", description="Square kilometres.")
    latitude: float | None = strawberry.field(description="Degrees north.")
    longitude: float | None = strawberry.field(description="Degrees east.")
    description: JSONString | None = strawberry.field(description="An EditorJS document.")
    key: strawberry.Private[UUID]
    parent_key: strawberry.Private[UUID | None]
    banner_key: strawberry.Private[UUID | None]

    @classmethod
    def of(cls, place: models.Place) -> Self:
        """The place as the schema shows it."""
        return cls(
            id=to_global("Place", place.id),
            code=place.code,
            name=place.name,
            full_name=place.full_name,
            slug=place.slug,
            kind=place.kind,
            level=place.level,
            valid_from=place.valid_from,
            valid_to=place.valid_to,
            area_km2=None if place.area_km2 is None else float(place.area_km2),
            latitude=place.latitude,
            longitude=place.longitude,
            description=json_string(place.description),
            key=place.id,
            parent_key=place.parent_id,
            banner_key=place.banner_id,
        )

    @strawberry.field
    async def parent(self, info: Info) -> "Place | None":
        """The unit this one lies in."""
        if self.parent_key is None:
            return None
        place = await info.context.once(PlaceLoaders).by_id.load(self.parent_key)
        return None if place is None else Place.of(place)

    @strawberry.field
    async def former_names(self, info: Info) -> list[str]:
        """The full names of the communes that became this one."""
        former = await info.context.once(PlaceLoaders).former_communes(self.key)
        return [place.full_name for place in former]

    @strawberry.field
    async def former_units(self, info: Info) -> list[FormerUnit]:
        """The communes that became this one, with their old addresses."""
        loaders = info.context.once(PlaceLoaders)
        units = []
        for commune in await loaders.former_communes(self.key):
            district = await _parent(loaders, commune)
            province = None if district is None else await _parent(loaders, district)
            address = former_address(
                self.full_name,
                commune.full_name,
                "" if district is None else district.full_name,
                "" if province is None else province.name,
            )
            units.append(
                FormerUnit(
                    name=commune.name,
                    full_name=commune.full_name,
                    kind=commune.kind,
                    address=address,
                    label=place_with_former(self.full_name, address, info.context.language),
                ),
            )
        return units

    @strawberry.field
    async def old_districts(self, info: Info) -> list["Place"]:
        """The districts its land lay in until June 2025."""
        found = await info.context.once(PlaceLoaders).old_districts(self.key)
        return [Place.of(place) for place in found]

    @strawberry.field
    async def communes(self, info: Info) -> list["Place"]:
        """Today's communes on its land, by the alphabet; a commune is its own."""
        found = await info.context.once(PlaceLoaders).communes_by_unit.load(self.key)
        return [Place.of(place) for place in found]

    @strawberry.field
    async def translation(
        self,
        info: Info,
        language_code: LanguageCodeEnum,
    ) -> PlaceTranslation | None:
        """Its words in another language, if there are any."""
        key = (self.key, language_code.value)
        row = await info.context.once(PlaceLoaders).translation.load(key)
        return None if row is None else PlaceTranslation.of(row)


async def _parent(loaders: PlaceLoaders, place: models.Place) -> models.Place | None:
    return None if place.parent_id is None else await loaders.by_id.load(place.parent_id)
