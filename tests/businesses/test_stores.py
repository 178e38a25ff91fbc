"""What a store shows: changed by its own people, refused with a way out, seen by everybody."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from businesses.models import Business, BusinessChange
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.graph.ids import to_global
from tests.asking import Answer, ask
from tests.factories.media import a_media_file
from tests.factories.world import World

UPDATE = """mutation($business: ID!, $input: StoreInput!) {
    storeUpdate(business: $business, input: $input) {
        business { slug } errors { field message code } } }"""
CLOSE = """mutation($business: ID!, $input: StoreClosureInput!) {
    storeClosureAdd(business: $business, input: $input) {
        closure { id } errors { field code } } }"""
MOVE = """mutation($business: ID!, $slug: String!) {
    businessSlugChange(business: $business, slug: $slug) {
        business { slug } errors { field code } } }"""
MOVED = "query($slug: String!) { businessMoved(slug: $slug) { slug } }"
SHOWN = """query($slug: String!) { business(slug: $slug) {
    name phone zaloUrl story logo { url }
    translation(languageCode: EN) { name story }
    store {
        accent { colour atNight } latitude longitude showsCertificates isOpenNow closedUntil
        hours { weekday spans { opens closes } }
        closures { firstDay lastDay note noteEn }
        vi: policies(languageCode: VI) { delivery returns payment }
        en: policies(languageCode: EN) { delivery }
    } } }"""
STORY = json.dumps({"blocks": [{"type": "paragraph", "data": {"text": "Từ năm 2012."}}]})


def business_id(world: World, name: str = "business") -> str:
    return to_global("Business", world[name].id)


async def update(world: World, **given: Any) -> Answer:
    return await ask(
        world.composition,
        UPDATE,
        world.viewers["owner"],
        business=business_id(world),
        input=given,
    )


async def shown(world: World) -> Any:
    return (await ask(world.composition, SHOWN, slug=world["business"].slug))["business"]


async def move(world: World, slug: str, name: str = "business", by: str = "owner") -> Any:
    answer = await ask(
        world.composition, MOVE, world.viewers[by], business=business_id(world, name), slug=slug
    )
    return answer["businessSlugChange"]


def refused(answer: Answer, field: str = "storeUpdate") -> list[tuple[str, str]]:
    return [(error["field"], error["code"]) for error in answer[field]["errors"]]


async def test_a_store_that_told_nothing_still_stands(world: World) -> None:
    store = (await shown(world))["store"]

    assert store["accent"] is None
    assert store["hours"] is None
    assert store["isOpenNow"] is None
    assert store["showsCertificates"] is True


async def test_owners_say_what_their_store_shows(world: World) -> None:
    answer = await update(
        world,
        storyEn=STORY,
        nameEn="Noodles of Côn Minh",
        accent="#2F6B4F",
        point="22.4167, 105.6333",
        phone="0912 345 678",
        zalo="+84 912 345 678",
        hours=["7h30-11h30, 13h30-17h", *["7-17"] * 5, ""],
        showsCertificates=False,
        policies={"delivery": "Gửi trong ngày.\nXa thì hôm sau.", "returns": "Trong 7 ngày."},
        policiesEn={"delivery": "Sent the same day."},
    )
    business = await shown(world)
    store = business["store"]

    assert answer["storeUpdate"]["errors"] == []
    assert business["translation"]["name"] == "Noodles of Côn Minh"
    assert json.loads(business["translation"]["story"]) == json.loads(STORY)
    assert business["phone"] == "0912345678"
    assert business["zaloUrl"] == "https://zalo.me/0912345678"
    assert store["accent"]["colour"] == "#2f6b4f"
    assert (store["latitude"], store["longitude"]) == (22.4167, 105.6333)
    assert store["hours"][0]["spans"] == [
        {"opens": "07:30", "closes": "11:30"},
        {"opens": "13:30", "closes": "17:00"},
    ]
    assert store["hours"][6] == {"weekday": 7, "spans": []}
    assert store["vi"]["delivery"] == "Gửi trong ngày.\nXa thì hôm sau."
    assert store["en"] == {"delivery": "Sent the same day."}
    assert store["showsCertificates"] is False


async def test_what_is_not_named_stays(world: World) -> None:
    await update(world, accent="2f6b4f", phone="0912345678", hours=["7-17"] * 7)
    await update(world, accent="")
    business = await shown(world)

    assert business["store"]["accent"] is None
    assert business["phone"] == "0912345678"
    assert len(business["store"]["hours"]) == 7


async def test_a_pale_colour_is_refused_with_one_that_passes(world: World) -> None:
    answer = await update(world, accent="#ffd700")
    error = answer["storeUpdate"]["errors"][0]
    nearest = error["message"].rsplit("#", 1)[1][:6]
    again = await update(world, accent=nearest)

    assert (error["field"], error["code"]) == ("accent", "INVALID")
    assert "4.5" in error["message"]
    assert again["storeUpdate"]["errors"] == []


async def test_every_wrong_field_is_told_at_once(world: World) -> None:
    answer = await update(
        world, accent="chàm", point="ở chợ", phone="12", hours=["7-17", "sáng", *[""] * 5]
    )

    assert refused(answer) == [
        ("accent", "INVALID"),
        ("point", "INVALID"),
        ("hours.1", "INVALID"),
        ("phone", "INVALID"),
    ]
    assert (await shown(world))["phone"] is None


async def test_a_name_that_was_confirmed_stays(world: World) -> None:
    answer = await update(world, name="Tên khác hẳn")
    own = await update(world, name=world["business"].name)

    assert refused(answer) == [("name", "INVALID")]
    assert own["storeUpdate"]["errors"] == []


async def test_a_name_nobody_confirmed_may_change(world: World) -> None:
    async with world.composition.sessions() as session, session.begin():
        business = await session.get_one(Business, world["business"].id)
        business.verification_level = 1

    answer = await update(world, name="Miến dong  Nà Diếu")

    assert answer["storeUpdate"]["errors"] == []
    assert (await shown(world))["name"] == "Miến dong Nà Diếu"


@pytest.mark.parametrize(
    "story", ["no json", '{"blocks": 1}', "[]", '{"blocks": []}' + " " * 20_001]
)
async def test_a_story_that_is_none_is_refused(world: World, story: str) -> None:
    assert refused(await update(world, story=story)) == [("story", "INVALID")]


async def test_somebody_elses_private_picture_is_no_logo(world: World) -> None:
    private = a_media_file(
        is_private=True, uploader_id=world.users["buyer"].id, created_at=datetime.now(UTC)
    )
    async with world.composition.sessions() as session, session.begin():
        session.add(private)

    answer = await update(world, logo=to_global("MediaFile", private.id))

    assert refused(answer) == [("logo", "NOT_FOUND")]


async def test_a_picture_hangs_until_it_is_taken_down(world: World) -> None:
    await update(world, logo=to_global("MediaFile", world["picture"].id))
    hung = await shown(world)
    await update(world, drop=["LOGO"])

    assert hung["logo"]["url"]
    assert (await shown(world))["logo"] is None


async def test_a_holiday_closes_the_store_and_is_told(world: World) -> None:
    today = local_day(datetime.now(UTC))
    given = {
        "firstDay": today.isoformat(),
        "lastDay": (today + timedelta(days=3)).isoformat(),
        "note": "Nghỉ mùa gặt",
        "noteEn": "Harvest",
    }
    answer = await ask(
        world.composition,
        CLOSE,
        world.viewers["owner"],
        business=business_id(world),
        input=given,
    )
    store = (await shown(world))["store"]

    assert answer["storeClosureAdd"]["errors"] == []
    assert store["isOpenNow"] is False
    assert store["closedUntil"] == given["lastDay"]
    assert store["closures"][0]["note"] == "Nghỉ mùa gặt"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(None, None, "firstDay"), (5, 4, "lastDay"), (-9, -1, "lastDay"), (0, 400, "lastDay")],
)
async def test_days_that_cannot_be_are_refused(
    world: World, first: int | None, last: int | None, field: str
) -> None:
    today = local_day(datetime.now(UTC))
    given = {
        name: None if days is None else (today + timedelta(days=days)).isoformat()
        for name, days in (("firstDay", first), ("lastDay", last))
    }
    answer = await ask(
        world.composition,
        CLOSE,
        world.viewers["owner"],
        business=business_id(world),
        input=given,
    )

    assert [error["field"] for error in answer["storeClosureAdd"]["errors"]] == [field]


async def test_an_old_address_leads_to_the_new_one(world: World) -> None:
    before = world["business"].slug
    payload = await move(world, "Miến Nà Diếu")
    answer = await ask(world.composition, MOVED, slug=before)

    assert payload["business"] == {"slug": "mien-na-dieu"}
    assert answer["businessMoved"] == {"slug": "mien-na-dieu"}


async def test_one_may_go_back_to_an_old_address(world: World) -> None:
    before = world["business"].slug
    await move(world, "mien-na-dieu")
    payload = await move(world, before)
    answer = await ask(world.composition, MOVED, slug="mien-na-dieu")

    assert payload["business"] == {"slug": before}
    assert answer["businessMoved"] == {"slug": before}


async def test_nobody_takes_an_address_that_was_somebodys(world: World) -> None:
    before = world["business"].slug
    await move(world, "mien-na-dieu")
    payload = await move(world, before, "shop", "buyer")
    taken = await move(world, "mien-na-dieu", "shop", "buyer")

    assert payload["errors"] == [{"field": "slug", "code": "INVALID"}]
    assert taken["errors"] == [{"field": "slug", "code": "INVALID"}]


async def test_addresses_are_not_gathered(world: World) -> None:
    payloads = [await move(world, f"mien-so-{number}") for number in range(7)]

    assert [bool(payload["errors"]) for payload in payloads] == [*[False] * 5, True, True]


async def test_an_old_address_of_what_may_not_be_seen_leads_nowhere(world: World) -> None:
    answer = await ask(world.composition, MOVED, slug=world["old_slug"].slug)

    assert answer["businessMoved"] is None


async def test_the_log_names_fields_but_no_values(world: World) -> None:
    await update(world, phone="0912345678", accent="1e2a56")
    async with world.composition.sessions() as session:
        found = await session.scalars(
            select(BusinessChange).where(BusinessChange.name == "store.changed")
        )
        line = found.one()

    assert line.details == {"fields": ["accent", "phone"]}
    assert line.actor_id == world.users["owner"].id
