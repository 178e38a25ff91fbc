"""From the first answer to the result, through the API, with each refusal on the way."""

from typing import Any, Final

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketplace.kernel.graph.ids import from_global, to_global
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.viewer import OfficerFunction, OfficerGrant, Viewer
from marketplace.places.models import PlaceAlias
from marketplace.registration.models import Dossier
from tests.asking import ask
from tests.factories.places import a_place
from tests.factories.registration import a_dossier
from tests.factories.world import World
from tests.registration.conftest import Change

ANSWERS: Final[dict[str, dict[str, str]]] = {
    "person": {
        "personalNumber": "006192000333",
        "fullName": "Triệu Thị Mùi",
        "birthDate": "3/4/1992",
        "sex": "female",
        "phone": "0987 654 321",
    },
    "home": {"residence": "Thôn Nà Diếu", "ethnicity": "Dao"},
    "name": {"name": "Chè Rừng Mùi"},
    "place": {"commune": "xã Côn Minh", "hamlet": "Thôn Chợ B"},
    "work": {"industries": "1076 4722"},
    "means": {
        "capital": "20.000.000",
        "startsOn": "1/12/2026",
        "workers": "2",
        "taxMethod": "declared",
    },
    "family": {},
}
FIELDS = "dossier { id code state missingScreens formUrl answers } errors { field code message }"


class Person:
    """Somebody who asks the API."""

    def __init__(self, world: World, viewer: Viewer) -> None:
        self.world = world
        self.viewer = viewer

    async def change(self, name: str, arguments: str, **variables: object) -> Any:
        """Run a mutation; its payload."""
        types = {"kind": "DossierKindEnum!", "step": "DossierStepEnum!", "isThere": "Boolean!"}
        types |= {"answers": "[DossierAnswerInput!]!", "decision": "DossierDecisionInput"}
        types |= {"id": "ID!", "receipt": "String"}
        heads = ", ".join(f"${key}: {types.get(key, 'String!')}" for key in variables)
        document = f"mutation({heads}) {{ {name}({arguments}) {{ {FIELDS} }} }}"
        return (await ask(self.world.composition, document, self.viewer, **variables))[name]

    async def begin(self, kind: str = "HOUSEHOLD") -> str:
        """A new dossier; its id."""
        payload = await self.change("dossierCreate", "kind: $kind", kind=kind)
        return str(payload["dossier"]["id"])

    async def answer(self, key: str, screen: str, **typed: str) -> Any:
        """Answer a screen."""
        answers = [{"name": name, "value": value} for name, value in typed.items()]
        return await self.change(
            "dossierAnswer",
            "id: $id, screen: $screen, answers: $answers",
            id=key,
            screen=screen,
            answers=answers,
        )

    async def do(self, name: str, key: str, **variables: object) -> Any:
        """Do something to a dossier."""
        arguments = ", ".join(f"{each}: ${each}" for each in ("id", *variables))
        return await self.change(name, arguments, id=key, **variables)

    async def ready(self) -> str:
        """A dossier that is complete."""
        key = await self.begin()
        for screen, typed in ANSWERS.items():
            payload = await self.answer(key, screen, **typed)
            assert payload["errors"] == []
        for paper in ("application", "identity"):
            await self.do("dossierPaperTick", key, paper=paper, isThere=True)
        assert (await self.do("dossierComplete", key))["errors"] == []
        return key


@pytest.fixture
async def named(world: World, change: Change) -> World:
    """The world whose commune is known by its names."""
    async with change(Viewer(is_system=True)) as unit:
        unit.session.add(PlaceAlias(folded="con minh", place_id=world["place"].id, weight=9))
    return world


@pytest.fixture
def person(named: World) -> Person:
    """The stranger, who registers a business."""
    return Person(named, named.viewers["stranger"])


@pytest.fixture
def officer(named: World, registrar: Viewer) -> Person:
    """The officer of the commune."""
    return Person(named, registrar)


async def status_of(world: World, receipt: str, ending: str) -> Any:
    document = """query($receipt: String!, $ending: String!) {
        dossierStatus(receipt: $receipt, phoneEnding: $ending) {
            state holder expectedOn isOverdue } }"""
    answer = await ask(world.composition, document, receipt=receipt, ending=ending)
    return answer["dossierStatus"]


async def test_from_the_interview_to_the_result(
    named: World, person: Person, officer: Person
) -> None:
    key = await person.ready()
    filed = (await person.do("dossierFile", key))["dossier"]
    assert filed["state"] == "SUBMITTED"
    assert (await status_of(named, filed["code"], "4321"))["holder"] == "COMMUNE"

    received = await officer.do("dossierHandle", key, step="RECEIVE")
    tracked = await status_of(named, filed["code"], "4321")
    asked = await officer.do(
        "dossierHandle",
        key,
        step="ASK_SUPPLEMENT",
        decision={"note": "Thiếu chữ ký", "wrongPapers": ["application"]},
    )
    mended = await person.do("dossierPaperTick", key, paper="application", isThere=True)
    processed = await officer.do("dossierHandle", key, step="PROCESS")
    decided = await officer.do(
        "dossierHandle", key, step="DECIDE", decision={"resultCode": "006192000333"}
    )

    assert tracked["expectedOn"] is not None
    assert [
        payload["dossier"]["state"] for payload in (received, asked, mended, processed, decided)
    ] == ["RECEIVED", "SUPPLEMENT_REQUIRED", "SUPPLEMENT_REQUIRED", "PROCESSING", "DECIDED"]
    assert (await status_of(named, filed["code"], "4321"))["state"] == "DECIDED"


async def test_the_look_up_says_the_same_whatever_is_wrong(named: World) -> None:
    assert (await status_of(named, "H41.12-261122-0007", "5678"))["state"] == "SUBMITTED"
    assert await status_of(named, "H41.12-261122-0007", "5679") is None
    assert await status_of(named, "H41.12-261122-9999", "5678") is None
    assert await status_of(named, "H41.12-261122-0007", "") is None


async def test_the_look_up_cannot_be_tried_for_ever(named: World) -> None:
    document = '{ dossierStatus(receipt: "HS-2026-999999", phoneEnding: "0000") { state } }'
    codes = [(await ask(named.composition, document)).codes for _try in range(12)]

    assert codes[0] == []
    assert codes[-1] == ["LOGIN_ATTEMPT_DELAYED"]


@pytest.mark.parametrize(
    ("screen", "typed", "field", "code"),
    [
        ("person", {"personalNumber": "123"}, "personalNumber", "INVALID"),
        ("person", {"personalNumber": "006185000777", "birthDate": "1/1/1985"}, "personalNumber",
         "SECOND_HOUSEHOLD"),
        ("name", {"name": "Tập đoàn Mùi"}, "name", "FORBIDDEN_WORD"),
        ("name", {"name": "Hồng không hạt Bắc Kạn"}, "name", "PROTECTED_NAME"),
        ("place", {"commune": "xã Không Có"}, "commune", "INVALID"),
        ("work", {"industries": "9999"}, "industries", "INVALID"),
        ("work", {"industries": ""}, "industries", "REQUIRED"),
        ("means", {"capital": "nhiều"}, "capital", "INVALID"),
    ],
)  # fmt: skip
async def test_a_refused_answer_keeps_nothing(
    person: Person, screen: str, typed: dict[str, str], field: str, code: str
) -> None:
    key = await person.begin()
    payload = await person.answer(key, screen, **(ANSWERS[screen] | typed))

    assert [(each["field"], each["code"]) for each in payload["errors"]] == [(field, code)]
    async with person.world.composition.sessions() as session:
        dossier = await session.get_one(Dossier, from_global("Dossier", key))
    assert (dossier.sealed, dossier.answers, dossier.name) == (None, {}, "")


async def test_two_households_of_a_commune_do_not_share_a_name(person: Person) -> None:
    key = await person.begin()
    await person.answer(key, "place", **ANSWERS["place"])
    payload = await person.answer(key, "name", name="che bang phuc")

    assert [each["code"] for each in payload["errors"]] == ["TAKEN_NAME"]


async def test_personal_numbers_are_masked_and_may_be_sent_back_so(person: Person) -> None:
    key = await person.begin()
    payload = await person.answer(key, "person", **ANSWERS["person"])
    again = await person.answer(
        key, "person", **(ANSWERS["person"] | {"personalNumber": "•••• •••• 0333"})
    )

    assert "006192000333" not in str(payload)
    assert "•••• •••• 0333" in payload["dossier"]["answers"]
    assert again["errors"] == []
    async with person.world.composition.sessions() as session:
        dossier = await session.get_one(Dossier, from_global("Dossier", key))
    sealer = person.world.composition.ports[SEALER]
    assert dossier.sealed is not None
    assert b"006192000333" not in dossier.sealed
    assert b"006192000333" in sealer.open(dossier.sealed)


async def test_an_unfinished_dossier_is_not_complete(person: Person) -> None:
    key = await person.begin()
    payload = await person.do("dossierComplete", key)

    assert [each["code"] for each in payload["errors"]] == ["UNFINISHED"]


async def test_changing_an_answer_opens_a_complete_dossier_again(person: Person) -> None:
    key = await person.ready()
    payload = await person.answer(key, "name", name="Chè Mùi")

    assert payload["dossier"]["state"] == "DRAFT"


async def test_a_filed_dossier_cannot_be_changed(person: Person) -> None:
    key = await person.ready()
    await person.do("dossierFile", key, receipt="h41.12-261122-0100")
    payload = await person.answer(key, "name", name="Chè Mùi")

    assert [each["field"] for each in payload["errors"]] == ["state"]


@pytest.mark.parametrize("receipt", ["", "x", "H41 ; DROP", "H41.12-261122-0007"])
async def test_a_receipt_is_one_and_nobody_elses(person: Person, receipt: str) -> None:
    key = await person.ready()
    payload = await person.do("dossierFile", key, receipt=receipt)

    assert [each["field"] for each in payload["errors"]] == ["receipt"]


async def test_one_person_files_one_household_at_a_time(named: World, change: Change) -> None:
    """The database itself keeps it, whatever the services saw."""
    sealer = named.composition.ports[SEALER]
    owner, place, state = named.users["owner"].id, named["place"].id, named["filed_dossier"].state
    twin = a_dossier(sealer, owner, place, state=state, person={"personalNumber": "006185000777"})
    async with change(Viewer(is_system=True)) as unit:
        unit.session.add(twin)
        with pytest.raises(IntegrityError, match="uq_dossiers_person_hash"):
            await unit.session.flush()
        await unit.session.rollback()


async def test_a_discarded_dossier_says_nothing_any_more(person: Person) -> None:
    key = await person.ready()
    payload = await person.do("dossierDiscard", key)

    assert (payload["dossier"]["state"], payload["dossier"]["formUrl"]) == ("VOID", None)
    async with person.world.composition.sessions() as session:
        dossier = await session.get_one(Dossier, from_global("Dossier", key))
    assert dossier.sealed is None
    assert dossier.erased_at is not None


@pytest.mark.parametrize(
    ("_case", "function", "is_elsewhere", "may"),
    [
        ("the office of the commune", OfficerFunction.REGISTRATION, False, True),
        ("another commune", OfficerFunction.REGISTRATION, True, False),
        ("another function", OfficerFunction.TRADE, False, False),
    ],
)
async def test_only_the_right_office_sees_and_handles(
    named: World,
    change: Change,
    _case: str,
    function: OfficerFunction,
    is_elsewhere: bool,
    may: bool,
) -> None:
    place = named["place"]
    if is_elsewhere:
        place = a_place(name="Văn Lang")
        async with change(Viewer(is_system=True)) as unit:
            unit.session.add(place)
    viewer = Viewer(
        user_id=named.users["manager"].id, grants=frozenset({OfficerGrant(function, place.id)})
    )
    officer = Person(named, viewer)
    key = to_global("Dossier", named["filed_dossier"].id)
    seen = await ask(
        named.composition, "query($id: ID) { dossier(id: $id) { id } }", viewer, id=key
    )
    draft = await ask(
        named.composition,
        "query($id: ID) { dossier(id: $id) { id } }",
        viewer,
        id=to_global("Dossier", named["dossier"].id),
    )
    payload = await officer.do("dossierHandle", key, step="RECEIVE")

    assert (seen["dossier"] is not None) is may
    assert draft["dossier"] is None
    assert [each["code"] for each in payload["errors"]] == ([] if may else ["NOT_FOUND"])


async def test_an_officer_says_why(officer: Person) -> None:
    key = to_global("Dossier", officer.world["filed_dossier"].id)
    payload = await officer.do("dossierHandle", key, step="REFUSE_RECEIPT")

    assert [each["field"] for each in payload["errors"]] == ["note"]


async def test_numbers_count_up(person: Person) -> None:
    await person.begin()
    await person.begin("COOPERATIVE")
    async with person.world.composition.sessions() as session:
        codes = (
            await session.scalars(select(Dossier.our_code).where(Dossier.our_code.like("HS-20%")))
        ).all()
        count = await session.scalar(select(func.count()).select_from(Dossier))

    assert len(set(codes)) == 2
    assert count == 4
