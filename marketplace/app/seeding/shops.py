"""The demo's businesses: invented, and saying so."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.events import BusinessChanged
from businesses.models import Business, BusinessMember
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.services.businesses import Profile, create_business, move_business
from catalog.services.imports.descriptions import document_of
from marketplace.app.seeding.data import ProvinceData, Record
from marketplace.app.seeding.drawing import Drawing, Subject
from marketplace.app.seeding.goods import dice
from marketplace.app.seeding.rows import keep
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole
from marketplace.places.models import Place

BUYERS_CODE: Final = "DN-MUA"
BUYERS: Final[Record] = {
    "code": BUYERS_CODE,
    "kind": "enterprise",
    "name": {"vi": "Công ty TNHH Bếp Phố Núi", "en": "Bếp Phố Núi Co., Ltd."},
    "slug": "cong-ty-bep-pho-nui",
    "commune": None,
    "hamlet": "",
    "phone": "0912 000 199",
    "email": "company@example.com",
    "zalo_url": None,
    "website_url": None,
    "founded_year": 2021,
    "verification_level": 3,
    "story": {
        "vi": "Bếp Phố Núi mua hàng của các hợp tác xã cho bốn quán ăn ở thành phố. Đây là "
        "doanh nghiệp hư cấu của bản trình diễn.",
        "en": "Bếp Phố Núi buys from the co-operatives for four restaurants in town. It is an "
        "invented company of this demonstration.",
    },
}
_SECONDS: Final = 2


def logo_of(record: Record) -> Drawing:
    """The mark of a business."""
    name = record["name"]
    return Drawing(Subject.LOGO, record["code"], dice(record["code"]), name["vi"], name["en"])


def banner_of(record: Record, data: ProvinceData) -> Drawing:
    """A scene of the commune a business lives in; neighbours share a few."""
    communes = {unit["code"]: unit for unit in data.units["units"]}
    unit = communes[record["commune"]]
    return scene_of(unit["scene"] or "village", dice(record["code"]) % _SECONDS, unit)


def scene_of(scene: str, seed: int, unit: Record | None = None) -> Drawing:
    """A drawn landscape."""
    vi = f"Phong cảnh {unit['name']['vi']}, tranh vẽ" if unit else "Phong cảnh Bắc Kạn, tranh vẽ"
    en = f"Landscape of {unit['name']['en']}, drawn" if unit else "Landscape of Bắc Kạn, drawn"
    return Drawing(Subject.SCENE, scene, seed, vi, en)


async def load_shops(unit: UnitOfWork, data: ProvinceData) -> dict[str, UUID]:
    """Every business of the demo, by its code, and the one that only buys."""
    rows = await unit.session.execute(
        select(Place.code, Place.id).where(Place.valid_to.is_(None)),
    )
    places: dict[str, UUID] = {row.code: row.id for row in rows}
    shops: dict[str, UUID] = {}
    for record in [*data.businesses, BUYERS]:
        business = await unit.session.scalar(
            select(Business).where(Business.code == record["code"]),
        )
        if business is None:
            business = await _begin(unit, record, places.get(record["commune"] or ""))
        shops[record["code"]] = business.id
    return shops


async def _begin(unit: UnitOfWork, record: Record, place_id: UUID | None) -> Business:
    name, story = record["name"], record["story"]
    zalo = record["phone"] if record["zalo_url"] else None
    profile = Profile(
        name=name["vi"],
        kind=BusinessKind(record["kind"]),
        place_id=place_id,
        hamlet=record["hamlet"],
        phone=record["phone"],
        email=record["email"],
        zalo=zalo.replace(" ", "") if zalo else None,
        website_url=record["website_url"],
        founded_on=date(record["founded_year"], 1, 1),
        story=document_of(story["vi"]),
        translations={"en": (name["en"], document_of(story["en"]))},
    )
    business = await create_business(unit, record["code"], profile)
    business.slug = record["slug"]
    business.verification_level = record["verification_level"]
    business.is_demo = True
    await unit.session.flush()
    return await move_business(unit, business.id, "open", reason_code="DEMO")


async def hang_pictures(unit: UnitOfWork, data: ProvinceData) -> None:
    """Give each business its mark and its banner, and each commune its scene."""
    rows = await unit.session.scalars(select(Business).where(Business.is_demo))
    businesses = {row.code: row for row in rows}
    for record in data.businesses:
        business = businesses[record["code"]]
        wanted = (logo_of(record).media_id, banner_of(record, data).media_id)
        if (business.logo_id, business.banner_id) != wanted:
            business.logo_id, business.banner_id = wanted
            unit.announce(BusinessChanged(business.id))
    scenes = {each["code"]: place_scene(each) for each in data.units["units"]}
    for place in await unit.session.scalars(select(Place).where(Place.valid_to.is_(None))):
        drawing = scenes.get(place.code)
        if drawing is not None and place.banner_id != drawing.media_id:
            place.banner_id = drawing.media_id


def place_scene(unit: Record) -> Drawing | None:
    """The scene of a commune's page."""
    if unit["level"] != "commune" or not unit["scene"]:
        return None
    return scene_of(unit["scene"], dice(unit["code"]) % _SECONDS, unit)


async def seat_buyer(unit: UnitOfWork, user_id: UUID) -> None:
    """The one who buys for a company owns the business that only buys."""
    business = (
        await unit.session.scalars(select(Business).where(Business.code == BUYERS_CODE))
    ).one()
    if business.state is not BusinessState.ACTIVE:
        await move_business(unit, business.id, "open", reason_code="DEMO")
    keys = {"business_id": business.id, "user_id": user_id}
    await keep(unit.session, BusinessMember, keys, role=MemberRole.OWNER)
