"""Acting for a seller: only by a consent, only so far, only so long, and under both names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from businesses.models import Assistance, BusinessMember
from businesses.rules.assistance import ConsentMethod, HelperCapacity, consent_code, end_token
from businesses.rules.businesses import BusinessKind
from businesses.services.assistance_post import assistance_post
from businesses.services.people_post import TextMessage
from catalog.models import Product
from marketplace.accounts.models import OfficerAppointment, User
from marketplace.accounts.ports import ACCOUNT_SETTINGS
from marketplace.accounts.services.sessions import open_session
from marketplace.app.settings import DEVELOPMENT_SECRET
from marketplace.kernel.database import new_id
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.transitions import TransitionRecord
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM, HelpScope, MemberRole, OfficerFunction, Viewer
from tests.asking import Answer, ask
from tests.factories.accounts import a_phone, a_user
from tests.factories.businesses import a_business
from tests.factories.people import an_assistance
from tests.factories.places import a_place
from tests.factories.world import World

RECORD = """mutation($business: ID!, $consent: ConsentInput!) {
    assistanceRecord(business: $business, consent: $consent) {
        id awaitsCode errors { field code } } }"""
CONFIRM = """mutation($id: ID!, $code: String!) {
    assistanceConfirm(id: $id, code: $code) { errors { field code } } }"""
ENTER = "mutation($id: ID!) { assistanceEnter(id: $id) { errors { code } } }"
LEAVE = "mutation { assistanceLeave { errors { code } } }"
END = "mutation($id: ID!) { assistanceEnd(id: $id) { errors { code } } }"
END_BY_LINK = "mutation($token: String!) { assistanceEndByLink(token: $token) { errors { code } } }"
PUBLISH = "mutation($id: ID!) { productPublish(id: $id) { errors { field code message } } }"
STOCK = """mutation($id: ID!) {
    productVariantStockSet(id: $id, onHand: 3) { errors { code } } }"""
INVITE = """mutation($business: ID!) { memberInvite(business: $business, contact: "0912345678",
    role: OWNER) { errors { code } } }"""
CALL = {
    "method": "CALL",
    "scopes": ["PRODUCTS"],
    "days": 30,
    "note": "Gọi 0912 345 678 lúc 9 giờ sáng.",
}
NO_FILE = to_global("MediaFile", new_id())


class Browser:
    """A person with a session, seen anew at every request as the site sees them."""

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token

    async def viewer(self) -> Viewer:
        return await self.world.composition.viewer_of_session(self.token)

    async def ask(self, document: str, **values: object) -> Answer:
        return await ask(self.world.composition, document, await self.viewer(), **values)


async def browser_of(world: World, user: User) -> Browser:
    composition = world.composition
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        token = await open_session(unit, user, None, None)
    return Browser(world, token)


async def keep(world: World, *rows: Any) -> None:
    async with world.composition.sessions() as session, session.begin():
        session.add_all(rows)


def help_id(assistance: Assistance) -> str:
    return to_global("Assistance", assistance.id)


def business_id(world: World) -> str:
    return to_global("Business", world["business"].id)


async def record(world: World, viewer: Viewer, consent: Mapping[str, object]) -> Answer:
    return await ask(
        world.composition, RECORD, viewer, business=business_id(world), consent=dict(consent)
    )


def refusals(answer: Answer, field: str) -> list[Any]:
    return [tuple(each.values()) for each in answer[field]["errors"]]


@pytest.fixture
async def officer(world: World) -> Browser:
    """The officer of trade of the whole province, at a browser."""
    return await browser_of(world, world.users["officer"])


async def test_who_acts_for_a_seller_is_logged_under_both_names(
    world: World, officer: Browser
) -> None:
    product = to_global("Product", world["draft"].id)
    hidden = await officer.ask(PUBLISH, id=product)

    entered = await officer.ask(ENTER, id=help_id(world["assistance"]))
    published = await officer.ask(PUBLISH, id=product)

    assert refusals(hidden, "productPublish")[0][1] == "NOT_FOUND"
    assert refusals(entered, "assistanceEnter") == []
    assert refusals(published, "productPublish") == []
    statement = select(TransitionRecord).where(TransitionRecord.object_id == world["draft"].id)
    async with world.composition.sessions() as session:
        line = (await session.scalars(statement)).one()
    assert line.actor_id == world.users["officer"].id
    assert line.on_behalf_of_id == world.users["owner"].id


async def test_offices_and_shops_are_laid_down_meanwhile(world: World, officer: Browser) -> None:
    before = await officer.viewer()
    await officer.ask(ENTER, id=help_id(world["assistance"]))

    acting = await officer.viewer()
    suspend = await officer.ask(INVITE, business=business_id(world))
    await officer.ask(LEAVE)

    assert before.is_officer(OfficerFunction.TRADE)
    assert acting.assisting is not None
    assert acting.assisting.business_slug == world["business"].slug
    assert not acting.is_officer(OfficerFunction.TRADE)
    assert acting.memberships == {}
    assert suspend.codes == ["PermissionDenied"]
    assert await officer.viewer() == before


async def test_only_what_was_agreed(world: World, officer: Browser) -> None:
    await officer.ask(ENTER, id=help_id(world["assistance"]))

    stock = await officer.ask(STOCK, id=to_global("ProductVariant", world["shown_variant"].id))

    assert stock.codes == ["PermissionDenied"]


async def test_only_for_the_seller_who_agreed(world: World, officer: Browser) -> None:
    await officer.ask(ENTER, id=help_id(world["assistance"]))

    other = await officer.ask(PUBLISH, id=to_global("Product", world["hidden"].id))

    assert [each[1] for each in refusals(other, "productPublish")] == ["NOT_FOUND"]


@pytest.mark.parametrize(
    "values",
    [
        {"ended_at": datetime.now(UTC)},
        {
            "expires_at": datetime.now(UTC) - timedelta(seconds=1),
            "recorded_at": datetime.now(UTC) - timedelta(days=9),
        },
        {"confirmed_at": None, "method": ConsentMethod.CODE},
    ],
    ids=["ended", "too old", "never confirmed"],
)
async def test_no_consent_no_acting(
    world: World, officer: Browser, values: dict[str, object]
) -> None:
    statement = update(Assistance).where(Assistance.id == world["assistance"].id).values(**values)
    async with world.composition.sessions() as session, session.begin():
        await session.execute(statement)

    answer = await officer.ask(ENTER, id=help_id(world["assistance"]))

    assert refusals(answer, "assistanceEnter") == [("EXPIRED",)]
    assert (await officer.viewer()).assisting is None


async def test_a_consent_that_ends_stops_who_acts_at_once(world: World, officer: Browser) -> None:
    await officer.ask(ENTER, id=help_id(world["assistance"]))
    assert (await officer.viewer()).assisting is not None

    ended = await ask(
        world.composition, END, world.viewers["owner"], id=help_id(world["assistance"])
    )

    assert refusals(ended, "assistanceEnd") == []
    assert (await officer.viewer()).assisting is None


async def test_the_day_ends_the_help_by_itself(world: World, officer: Browser) -> None:
    await officer.ask(ENTER, id=help_id(world["assistance"]))
    past = datetime.now(UTC) - timedelta(seconds=1)
    statement = (
        update(Assistance)
        .where(Assistance.id == world["assistance"].id)
        .values(recorded_at=past - timedelta(days=1), expires_at=past)
    )
    async with world.composition.sessions() as session, session.begin():
        await session.execute(statement)

    assert (await officer.viewer()).assisting is None


async def test_an_office_given_up_ends_the_help(world: World, officer: Browser) -> None:
    await officer.ask(ENTER, id=help_id(world["assistance"]))
    yesterday = date.today() - timedelta(days=2)  # noqa: DTZ011 - any day that is over
    statement = (
        update(OfficerAppointment)
        .where(OfficerAppointment.user_id == world.users["officer"].id)
        .values(starts_on=yesterday, ends_on=yesterday)
    )
    async with world.composition.sessions() as session, session.begin():
        await session.execute(statement)

    assert (await officer.viewer()).assisting is None


async def test_an_officer_of_another_commune_helps_nobody_here(world: World) -> None:
    place = a_place()
    async with world.composition.sessions() as session, session.begin():
        user = await a_user(session)
        session.add(place)
        await session.flush()
        session.add(
            OfficerAppointment(
                user_id=user.id,
                function=OfficerFunction.TRADE,
                place_id=place.id,
                starts_on=date(2026, 1, 1),
            )
        )
    other = await browser_of(world, user)
    assistance = an_assistance(world["business"].id, user.id, world.users["owner"].id)
    await keep(world, assistance)

    recorded = await record(world, await other.viewer(), CALL)
    entered = await other.ask(ENTER, id=help_id(assistance))

    assert recorded.codes == ["PermissionDenied"]
    assert entered.codes == ["PermissionDenied"]


async def test_nobody_enters_by_another_persons_consent(world: World) -> None:
    stranger = await browser_of(world, world.users["stranger"])

    answer = await stranger.ask(ENTER, id=help_id(world["assistance"]))

    assert refusals(answer, "assistanceEnter") == [("NOT_FOUND",)]


@pytest.mark.parametrize(
    ("consent", "field", "code"),
    [
        (CALL | {"note": "gọi"}, "note", "CONSENT_NEEDED"),
        (CALL | {"method": "PAPER"}, "evidence", "CONSENT_NEEDED"),
        (CALL | {"method": "WITNESS"}, "witness", "CONSENT_NEEDED"),
        (CALL | {"method": "CODE"}, "method", "CONSENT_NEEDED"),
        (CALL | {"scopes": []}, "scopes", "REQUIRED"),
        (CALL | {"days": 0}, "days", "INVALID"),
        (CALL | {"days": 367}, "days", "INVALID"),
        (CALL | {"method": "PAPER", "evidence": NO_FILE}, "evidence", "NOT_FOUND"),
    ],
)
async def test_consent_without_evidence_is_refused(
    world: World, consent: dict[str, object], field: str, code: str
) -> None:
    answer = await record(world, world.viewers["officer"], consent)

    assert refusals(answer, "assistanceRecord") == [(field, code)]


async def test_a_code_of_the_sellers_phone_opens_the_help(world: World, officer: Browser) -> None:
    reachable = update(User).where(User.id == world.users["owner"].id).values(phone=a_phone())
    async with world.composition.sessions() as session, session.begin():
        await session.execute(reachable)
    made = await record(world, await officer.viewer(), CALL | {"method": "CODE", "note": ""})
    key = made["assistanceRecord"]["id"]
    async with world.composition.sessions() as session:
        statement = select(Assistance).where(Assistance.confirmed_at.is_(None))
        waiting = (await session.scalars(statement)).one()
        settings = world.composition.ports[ACCOUNT_SETTINGS]
        message = await assistance_post(session, settings, waiting.id)
    code = consent_code(DEVELOPMENT_SECRET, waiting.id)

    early = await officer.ask(ENTER, id=key)
    wrong = await officer.ask(CONFIRM, id=key, code="000000" if code != "000000" else "111111")
    right = await officer.ask(CONFIRM, id=key, code=f"{code[:3]} {code[3:]}")
    entered = await officer.ask(ENTER, id=key)

    assert made["assistanceRecord"]["awaitsCode"] is True
    assert isinstance(message, TextMessage)
    assert code in message.text
    assert refusals(early, "assistanceEnter") == [("EXPIRED",)]
    assert refusals(wrong, "assistanceConfirm") == [("code", "CONSENT_NEEDED")]
    assert refusals(right, "assistanceConfirm") == []
    assert refusals(entered, "assistanceEnter") == []


async def test_the_link_of_the_message_ends_the_help_once(world: World) -> None:
    token = end_token(DEVELOPMENT_SECRET, world["assistance"].id)
    forged = token[:-2] + ("aa" if token[-2:] != "aa" else "bb")

    wrong = await ask(world.composition, END_BY_LINK, token=forged)
    first = await ask(world.composition, END_BY_LINK, token=token)
    again = await ask(world.composition, END_BY_LINK, token=token)

    assert refusals(wrong, "assistanceEndByLink") == [("EXPIRED",)]
    assert refusals(first, "assistanceEndByLink") == []
    assert refusals(again, "assistanceEndByLink") == [("EXPIRED",)]


async def test_somebody_of_a_verified_cooperative_helps(world: World) -> None:
    household = a_business(name="Hộ Hoàng Thị Mẩy", kind=BusinessKind.HOUSEHOLD)
    await keep(world, household)
    seller = world.users["stranger"]
    await keep(
        world,
        BusinessMember(business_id=household.id, user_id=seller.id, role=MemberRole.OWNER),
    )
    clerk = await browser_of(world, world.users["clerk"])
    made = await ask(
        world.composition,
        RECORD,
        await clerk.viewer(),
        business=to_global("Business", household.id),
        consent=CALL,
    )

    await clerk.ask(ENTER, id=made["assistanceRecord"]["id"])

    acting = await clerk.viewer()
    assert acting.on_behalf_of == seller.id
    assert acting.assists(household.id, HelpScope.PRODUCTS)
    assert acting.role_in(world["business"].id) is None
    async with world.composition.sessions() as session:
        row = (
            await session.scalars(select(Assistance).where(Assistance.seller_id == seller.id))
        ).one()
    assert row.capacity is HelperCapacity.COOPERATIVE


async def test_a_helper_sees_drafts_of_the_seller_only_while_acting(
    world: World, officer: Browser
) -> None:
    document = "query($id: ID) { product(id: $id) { id } }"
    draft = to_global("Product", world["draft"].id)

    before = await officer.ask(document, id=draft)
    await officer.ask(ENTER, id=help_id(world["assistance"]))
    meanwhile = await officer.ask(document, id=draft)

    assert before["product"] is None
    assert meanwhile["product"] == {"id": draft}
    assert isinstance(world["draft"], Product)
    assert replace(await officer.viewer(), assisting=None).businesses == frozenset()


@pytest.mark.parametrize(("scope", "refused"), [(HelpScope.PAPERS, False), (HelpScope.STOCK, True)])
async def test_papers_are_handed_in_by_who_may(
    world: World, officer: Browser, scope: HelpScope, refused: bool
) -> None:
    statement = (
        update(Assistance).where(Assistance.id == world["assistance"].id).values(scopes=[scope])
    )
    async with world.composition.sessions() as session, session.begin():
        await session.execute(statement)
    await officer.ask(ENTER, id=help_id(world["assistance"]))
    document = """mutation($business: ID!) { businessLicenceAdd(id: $business, input: {
        kind: SELF_DECLARATION, number: "01/2026", issuer: "UBND", issuedOn: "2026-01-01"}) {
        errors { code } } }"""

    answer = await officer.ask(document, business=business_id(world))

    if refused:
        assert answer.codes == ["PermissionDenied"]
    else:
        assert refusals(answer, "businessLicenceAdd") == []
