"""Joining over GraphQL: each step is kept, each refusal says what is wrong."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from businesses.errors import IdentifierTakenError
from businesses.models import Business, BusinessIdentifier, EvidenceLook, Verification
from businesses.queries.joining import evidence_of
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.services.identity import Person, set_identity
from businesses.services.joining import Stall, begin_business
from marketplace.app.composition import Composition
from marketplace.app.settings import Settings
from marketplace.kernel.graph.ids import from_global, to_global
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import MemberRole, OfficerFunction, OfficerGrant, Viewer
from marketplace.media.services.private_files import open_private_file
from tests.asking import Answer, ask
from tests.factories.accounts import a_user
from tests.factories.media import A_PDF
from tests.factories.places import a_place
from tests.factories.world import World
from tests.house.rows import upload

NUMBER = "006 085 123 456"
_DAY = date(1985, 3, 8)
CHECKLIST = "{ joining { checklist { requirement isMet isRequired basis { document } } } }"


class Joiner:
    """Somebody who joins with a household, over GraphQL."""

    def __init__(self, world: World, name: str = "stranger") -> None:
        self.world = world
        self.viewer = world.viewers[name]
        self.id = ""

    async def do(self, field: str, document: str, **variables: object) -> list[dict[str, Any]]:
        answer = await ask(self.world.composition, document, self.viewer, id=self.id, **variables)
        errors: list[dict[str, Any]] = answer[field]["errors"]
        return errors

    async def begin(self, kind: str = "HOUSEHOLD", name: str = "Hộ Nông Thị Mai") -> None:
        document = """mutation($kind: BusinessKindEnum!, $input: BusinessProfileInput!) {
            businessBegin(kind: $kind, input: $input) { business { id } errors { field code } } }"""
        place = to_global("Place", self.world["place"].id)
        answer = await ask(
            self.world.composition,
            document,
            self.viewer,
            kind=kind,
            input={"name": name, "place": place},
        )
        self.id = answer["businessBegin"]["business"]["id"]
        self.viewer = Viewer(
            user_id=self.viewer.user_id,
            memberships={**self.viewer.memberships, _key(self.id): MemberRole.OWNER},
        )

    async def seen(self, fields: str, viewer: Viewer | None = None) -> Answer:
        document = f"query($id: ID) {{ business(id: $id) {fields} }}"
        return await ask(self.world.composition, document, viewer or self.viewer, id=self.id)

    async def identify(self, **values: object) -> list[dict[str, Any]]:
        document = """mutation($id: ID!, $input: BusinessIdentityInput!) {
            businessIdentitySet(id: $id, input: $input) { errors { field message code } } }"""
        entry = {"identifier": NUMBER, "fullName": "Nông Thị Mai", "bornOn": "1985-03-08"}
        return await self.do("businessIdentitySet", document, input=entry | values)

    async def bank(self, **values: object) -> list[dict[str, Any]]:
        document = """mutation($id: ID!, $input: BankAccountInput!) {
            businessBankAccountSet(id: $id, input: $input) { errors { field message code } } }"""
        entry = {"bank": "970405", "number": "0612 345 678", "holderName": "NONG THI MAI"}
        return await self.do("businessBankAccountSet", document, input=entry | values)

    async def hand_in(self, requirement: str = "HOUSEHOLD_REGISTRATION") -> list[dict[str, Any]]:
        document = """mutation($id: ID!, $requirement: RequirementEnum!, $file: Upload!) {
            businessEvidenceAdd(id: $id, requirement: $requirement, file: $file) {
                errors { field message code } } }"""
        sent = upload(A_PDF, "giay.pdf")(self.world)
        return await self.do("businessEvidenceAdd", document, requirement=requirement, **sent)

    async def submit(self) -> list[dict[str, Any]]:
        document = """mutation($id: ID!) { businessSubmit(id: $id) {
            errors { field message code } } }"""
        return await self.do("businessSubmit", document)


def _key(global_id: str) -> Any:
    return from_global("Business", global_id)


@pytest.fixture
async def joiner(world: World) -> Joiner:
    made = Joiner(world)
    await made.begin()
    return made


def codes(errors: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(error["field"], error["code"]) for error in errors]


async def test_a_household_goes_from_nothing_to_submitted(joiner: Joiner) -> None:
    assert await joiner.identify() == []
    assert await joiner.bank() == []
    assert await joiner.hand_in() == []
    assert await joiner.submit() == []

    found = await joiner.seen(
        """{ state joining { canChange verification { state } identifier { masked }
            bankAccount { numberMasked } } }"""
    )
    joining = found["business"]["joining"]
    assert found["business"]["state"] == "DRAFT"
    assert joining["verification"] == {"state": "SUBMITTED"}
    assert joining["canChange"] is False
    assert joining["identifier"] == {"masked": "•••• •••• 3456"}
    assert joining["bankAccount"] == {"numberMasked": "•••• 5678"}


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"identifier": "0100109107"}, ("identifier", "INVALID")),
        ({"identifier": ""}, ("identifier", "REQUIRED")),
        ({"fullName": " "}, ("fullName", "REQUIRED")),
        ({"bornOn": None}, ("bornOn", "REQUIRED")),
        ({"bornOn": "1986-03-08"}, ("bornOn", "INVALID")),
        ({"bornOn": "2015-03-08", "identifier": "006215123456"}, ("bornOn", "INVALID")),
    ],
)
async def test_the_second_step_says_what_is_wrong(
    joiner: Joiner, values: dict[str, object], refusal: tuple[str, str]
) -> None:
    assert codes(await joiner.identify(**values)) == [refusal]


async def test_an_organisation_gives_no_personal_number(world: World) -> None:
    joiner = Joiner(world)
    await joiner.begin("COOPERATIVE", "Hợp tác xã Chè Bằng Phúc")

    assert codes(await joiner.identify(bornOn=None)) == [("identifier", "INVALID")]
    assert await joiner.identify(identifier="0100109106", bornOn=None) == []
    assert await joiner.bank(holderName="HTX CHE BANG PHUC") == []


async def test_an_account_of_somebody_else_is_refused(joiner: Joiner) -> None:
    await joiner.identify()

    [refusal] = await joiner.bank(holderName="LY THI HOA")

    assert (refusal["field"], refusal["code"]) == ("holderName", "HOLDER_MISMATCH")
    assert "Nông Thị Mai" in refusal["message"]


async def test_an_account_goes_with_the_name_it_was_kept_under(joiner: Joiner) -> None:
    await joiner.identify()
    await joiner.bank()

    await joiner.identify(identifier="", fullName="Lý Thị Hoa")

    found = await joiner.seen("{ joining { bankAccount { holderName } } }")
    assert found["business"]["joining"]["bankAccount"] is None


async def test_what_is_missing_is_told_thing_by_thing_with_its_law(joiner: Joiner) -> None:
    refusals = await joiner.submit()
    found = await joiner.seen(CHECKLIST)

    missing = {
        entry["requirement"].lower()
        for entry in found["business"]["joining"]["checklist"]
        if entry["isRequired"] and not entry["isMet"]
    }
    assert {error["field"] for error in refusals} == missing
    assert {error["code"] for error in refusals} == {"REQUIRED"}
    laws = {
        entry["requirement"]: entry["basis"] for entry in found["business"]["joining"]["checklist"]
    }
    assert laws["IDENTIFIER"] is not None
    assert "122/2025" in laws["IDENTIFIER"]["document"]


async def test_a_number_belongs_to_one_business_and_the_other_is_not_named(
    joiner: Joiner, world: World
) -> None:
    await joiner.identify()
    second = Joiner(world, "buyer")
    await second.begin(name="Hộ Lý Thị Hoa")

    [refusal] = await second.identify(fullName="Lý Thị Hoa")

    assert (refusal["field"], refusal["code"]) == ("identifier", "UNIQUE")
    assert "Nông Thị Mai" not in refusal["message"]
    document = """mutation($id: ID!, $number: String!) { businessIdentifierDispute(
        id: $id, identifier: $number, message: "Số của tôi") { errors { code } } }"""
    assert await second.do("businessIdentifierDispute", document, number=NUMBER) == []
    officer = world.viewers["officer"]
    waiting = "{ identifierDisputes { id message holder { name } } }"
    listed = (await ask(world.composition, waiting, officer))["identifierDisputes"]
    [told] = [one for one in listed if one["message"] == "Số của tôi"]
    assert told["holder"] == {"name": "Hộ Nông Thị Mai"}
    settle = """mutation($id: ID!) { identifierDisputeSettle(id: $id, upheld: true) {
        errors { code } } }"""
    done = await ask(world.composition, settle, officer, id=told["id"])
    assert done["identifierDisputeSettle"]["errors"] == []
    assert await second.identify(fullName="Lý Thị Hoa") == []


async def test_a_closed_business_holds_no_number(joiner: Joiner, world: World) -> None:
    await joiner.identify()
    close = "mutation($id: ID!) { businessClose(id: $id) { errors { code } } }"
    assert await joiner.do("businessClose", close) == []

    second = Joiner(world, "buyer")
    await second.begin(name="Hộ Nông Thị Mai")
    assert await second.identify() == []


async def test_numbers_lie_sealed(joiner: Joiner, world: World) -> None:
    await joiner.identify()

    async with world.composition.sessions() as session:
        row = (
            await session.scalars(
                select(BusinessIdentifier).where(
                    BusinessIdentifier.business_id == _key(joiner.id),
                )
            )
        ).one()
    plain = b"006085123456"
    assert plain not in row.sealed
    assert plain not in row.lookup_hash
    assert world.composition.ports[SEALER].open(row.sealed) == plain


async def test_of_two_at_once_one_gets_the_number(
    fresh_database_url: str, settings: Settings
) -> None:
    composition = Composition(settings.model_copy(update={"database_url": fresh_database_url}))
    sealer = composition.ports[SEALER]
    place = a_place()
    async with composition.sessions() as session, session.begin():
        users = [await a_user(session) for _number in range(2)]
        session.add(place)
    drafts = []
    for user in users:
        viewer = Viewer(user_id=user.id)
        async with unit_of_work(composition.sessions, viewer, composition.events) as unit:
            stall = Stall("Hộ Nông Thị Mai", place.id)
            business = await begin_business(unit, BusinessKind.HOUSEHOLD, stall)
        drafts.append(Viewer(user_id=user.id, memberships={business.id: MemberRole.OWNER}))

    async def take(viewer: Viewer) -> None:
        async with unit_of_work(composition.sessions, viewer, composition.events) as unit:
            [key] = viewer.memberships
            born = Person(NUMBER, "Nông Thị Mai", _DAY)
            await set_identity(unit, sealer, key, born)
            await asyncio.sleep(0.2)

    outcomes = await asyncio.gather(*(take(each) for each in drafts), return_exceptions=True)

    async with composition.sessions() as session:
        held = select(func.count()).select_from(BusinessIdentifier)
        count = await session.scalar(held.where(BusinessIdentifier.is_active))
    await composition.close()
    assert count == 1
    assert sorted(type(each).__name__ for each in outcomes) == [
        IdentifierTakenError.__name__,
        "NoneType",
    ]


async def test_each_look_at_a_paper_is_written_down(joiner: Joiner, world: World) -> None:
    await joiner.hand_in()
    composition, officer = world.composition, world.viewers["officer"]
    async with composition.sessions() as session:
        paper = (await session.scalars(evidence_of([_key(joiner.id)]))).one()

    async with unit_of_work(composition.sessions, Viewer(), composition.events) as unit:
        await open_private_file(unit, paper.media_id, officer.user_id, "10.0.0.9")

    async with composition.sessions() as session:
        look = (await session.scalars(select(EvidenceLook))).one()
    assert (look.viewer_id, look.address) == (officer.user_id, "10.0.0.9")
    found = await joiner.seen("{ joining { looks { requirement viewerName } } }")
    assert found["business"]["joining"]["looks"] == [
        {"requirement": "HOUSEHOLD_REGISTRATION", "viewerName": "Nông Thị Mai"}
    ]


async def test_papers_are_for_few_eyes(joiner: Joiner, world: World) -> None:
    await joiner.hand_in()
    async with world.composition.sessions() as session, session.begin():
        await session.execute(
            update(Business)
            .where(Business.id == _key(joiner.id))
            .values(state=BusinessState.ACTIVE)
        )
    here, user = world["place"].id, world.users["officer"].id
    elsewhere = a_place(name="Bằng Phúc").id

    def officer(function: OfficerFunction, place: Any = None) -> Viewer:
        return Viewer(user_id=user, grants=frozenset({OfficerGrant(function, place)}))

    eyes = {
        "owner": (joiner.viewer, True),
        "officer of the place": (officer(OfficerFunction.TRADE, here), True),
        "officer of the province": (officer(OfficerFunction.TRADE), True),
        "officer elsewhere": (officer(OfficerFunction.TRADE, elsewhere), False),
        "officer of another task": (officer(OfficerFunction.LABOUR), False),
        "stranger": (world.viewers["buyer"], False),
        "visitor": (Viewer(), False),
    }
    for who, (viewer, may_see) in eyes.items():
        found = await joiner.seen("{ joining { evidence { address } } }", viewer)
        assert (found["business"]["joining"] is not None) is may_see, who


async def test_nothing_changes_while_an_officer_looks(joiner: Joiner, world: World) -> None:
    await joiner.identify()
    async with world.composition.sessions() as session, session.begin():
        await session.execute(
            update(Verification)
            .where(Verification.business_id == _key(joiner.id))
            .values(state="in_review")
        )

    for refusals in (await joiner.identify(), await joiner.bank(), await joiner.hand_in()):
        assert codes(refusals) == [("state", "INVALID")]
