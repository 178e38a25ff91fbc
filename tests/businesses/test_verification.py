"""The officer's side: who may decide, two sources before "verified", and suspensions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from businesses.models import Business, Suspension, Verification
from businesses.rules.businesses import BusinessState
from businesses.rules.verification import VerificationChannel
from businesses.services.businesses import MACHINE
from businesses.services.verification import record_check
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.transitions import apply_due
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import (
    SYSTEM,
    MemberRole,
    OfficerFunction,
    OfficerGrant,
    Viewer,
)
from tests.asking import Answer, ask
from tests.factories.places import a_place
from tests.factories.world import World

CHANGE = "{ errors { field code } }"


async def act(
    world: World, viewer: Viewer, field: str, thing: str, more: str = "", kind: str = "Verification"
) -> Answer:
    document = f"mutation($id: ID!) {{ {field}(id: $id{more}) {CHANGE} }}"
    key = to_global(kind, world[thing].id)
    return await ask(world.composition, document, viewer, id=key)


def officer(world: World, function: OfficerFunction, place: Any = None) -> Viewer:
    grants = frozenset({OfficerGrant(function, place)})
    return Viewer(user_id=world.users["officer"].id, grants=grants)


async def business_of(world: World, name: str) -> Business:
    async with world.composition.sessions() as session:
        return await session.get_one(Business, world[name].id)


async def test_two_sources_open_the_business(world: World) -> None:
    viewer = world.viewers["officer"]

    answer = await act(world, viewer, "verificationVerify", "reviewed_case")

    assert answer["verificationVerify"]["errors"] == []
    business = await business_of(world, "reviewed")
    assert (business.state, business.verification_level) == (BusinessState.ACTIVE, 3)
    assert business.due_at is None


async def test_one_source_is_not_enough(world: World) -> None:
    viewer = world.viewers["officer"]
    await act(world, viewer, "verificationTake", "waiting_case")
    await act(world, viewer, "verificationChannelConfirm", "waiting_case", ", channel: CERTIFICATE")

    refused = await act(world, viewer, "verificationVerify", "waiting_case")
    [error] = refused["verificationVerify"]["errors"]
    assert error["code"] == "CHANNELS_MISSING"
    assert (await business_of(world, "waiting")).verification_level == 1

    await act(
        world,
        viewer,
        "verificationChannelConfirm",
        "waiting_case",
        ', channel: BANK_HOLDER, note: "Đã gọi ngân hàng"',
    )
    done = await act(world, viewer, "verificationVerify", "waiting_case")
    assert done["verificationVerify"]["errors"] == []


async def test_the_last_word_of_a_source_counts_until_it_ends(world: World) -> None:
    composition, now = world.composition, datetime.now(UTC)
    business = world["joining"]
    outcomes = []
    for passed, expires in ((True, None), (False, None), (True, now - timedelta(days=1))):
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            held = await unit.session.get_one(Business, business.id)
            await record_check(unit, held, VerificationChannel.REGISTRY, passed, {}, expires)
            outcomes.append(held.verification_level)

    assert outcomes == [1, 0, 0]


async def test_an_officer_cannot_confirm_what_only_machines_are_told(world: World) -> None:
    viewer = world.viewers["officer"]

    answer = await act(
        world, viewer, "verificationChannelConfirm", "reviewed_case", ", channel: IDENTITY"
    )

    [error] = answer["verificationChannelConfirm"]["errors"]
    assert error == {"field": "channel", "code": "INVALID"}


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("here", "done"),
        ("elsewhere", "unknown"),
        ("other task", "unknown"),
        ("own business", "refused"),
        ("administrator with the business", "refused"),
    ],
)
async def test_who_decides(world: World, who: str, outcome: str) -> None:
    key, elsewhere = world["reviewed"].id, a_place(name="Bằng Phúc").id
    trade = OfficerFunction.TRADE
    own = {key: MemberRole.MANAGER}
    viewers = {
        "here": officer(world, trade, world["place"].id),
        "elsewhere": officer(world, trade, elsewhere),
        "other task": officer(world, OfficerFunction.REGISTRATION),
        "own business": Viewer(
            user_id=world.users["officer"].id,
            memberships=own,
            grants=frozenset({OfficerGrant(trade)}),
        ),
        "administrator with the business": Viewer(
            user_id=world.users["administrator"].id, memberships=own, is_administrator=True
        ),
    }

    for field, more in (
        ("verificationRefuse", ', reason: "Giấy giả"'),
        ("verificationVerify", ""),
    ):
        answer = await act(world, viewers[who], field, "reviewed_case", more)
        if outcome == "refused":
            assert answer.codes == ["PermissionDenied"]
        elif outcome == "unknown":
            assert answer[field]["errors"][0]["code"] == "NOT_FOUND"
        else:
            assert answer[field]["errors"] == []
            break


async def test_the_queue_is_of_the_place_and_of_no_drafts(world: World) -> None:
    document = "{ verifications(first: 10) { totalCount edges { node { state } } } }"
    here = officer(world, OfficerFunction.TRADE, world["place"].id)
    elsewhere = officer(world, OfficerFunction.TRADE, a_place().id)

    found = (await ask(world.composition, document, here))["verifications"]
    nothing = (await ask(world.composition, document, elsewhere))["verifications"]

    assert {edge["node"]["state"] for edge in found["edges"]} == {"SUBMITTED", "IN_REVIEW"}
    assert nothing["totalCount"] == 0


async def test_sent_back_changed_and_handed_in_again(world: World) -> None:
    viewer, owner = world.viewers["officer"], world.viewers["owner"]
    notes = ', notes: [{requirement: BANK_ACCOUNT, note: "Sai tên"}]'

    nothing = await act(world, viewer, "verificationRequestChanges", "reviewed_case", ", notes: []")
    assert nothing["verificationRequestChanges"]["errors"][0]["field"] == "notes"
    await act(world, viewer, "verificationRequestChanges", "reviewed_case", notes)
    document = """query($id: ID) { business(id: $id) { joining { canChange
        verification { state } checklist { requirement note } } } }"""
    key = to_global("Business", world["reviewed"].id)
    found = (await ask(world.composition, document, owner, id=key))["business"]["joining"]
    noted = {one["requirement"]: one["note"] for one in found["checklist"] if one["note"]}
    assert (found["canChange"], noted) == (True, {"BANK_ACCOUNT": "Sai tên"})

    again = await act(world, owner, "businessSubmit", "reviewed", kind="Business")
    assert again["businessSubmit"]["errors"] == []
    async with world.composition.sessions() as session:
        case = await session.get_one(Verification, world["reviewed_case"].id)
    assert (case.state, case.notes) == ("submitted", None)


async def test_a_refused_one_frees_its_number(world: World) -> None:
    viewer = world.viewers["officer"]
    await act(world, viewer, "verificationRefuse", "reviewed_case", ', reason: "Giấy giả"')

    document = "query($id: ID) { business(id: $id) { joining { identifier { masked } } } }"
    key = to_global("Business", world["reviewed"].id)
    found = await ask(world.composition, document, world.viewers["owner"], id=key)
    assert found["business"]["joining"]["identifier"] is None


async def test_an_own_restriction_waits_five_days_and_can_be_lifted(world: World) -> None:
    viewer, composition = world.viewers["officer"], world.composition
    early = (datetime.now(UTC) + timedelta(days=4)).isoformat()
    field = "businessSuspensionAnnounce"

    hasty = await act(
        world, viewer, field, "business", f', reason: "x", takesEffectAt: "{early}"', "Business"
    )
    assert hasty[field]["errors"][0]["field"] == "takesEffectAt"
    told = await act(world, viewer, field, "business", ', reason: "Hàng giả"', "Business")
    assert told[field]["errors"] == []
    assert (await business_of(world, "business")).state is BusinessState.ACTIVE
    lifted = await act(world, viewer, "businessSuspensionLift", "business", kind="Business")
    assert lifted["businessSuspensionLift"]["errors"] == []

    await act(world, viewer, field, "business", ', reason: "Hàng giả"', "Business")
    async with composition.sessions() as session, session.begin():
        past = datetime.now(UTC) - timedelta(minutes=1)
        moved = update(Business).where(Business.id == world["business"].id).values(due_at=past)
        await session.execute(moved)
    document = "query($id: ID) { business(id: $id) { id } }"
    key = to_global("Business", world["business"].id)
    hidden = await ask(composition, document, world.viewers["buyer"], id=key)
    assert hidden["business"] is None
    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        assert await apply_due(unit, MACHINE) == 1
    assert (await business_of(world, "business")).state is BusinessState.SUSPENDED


async def test_an_order_suspends_at_once_and_names_itself(world: World) -> None:
    viewer, field = world.viewers["officer"], "businessSuspendByOrder"
    half = ', input: {reason: "x", authority: "", documentNumber: "", legalBasis: ""}'
    whole = (
        ', input: {reason: "Hàng giả", authority: "Đội QLTT số 3", documentNumber: "12/QĐ",'
        ' legalBasis: "Điều 18", receivedAt: "2026-11-01T08:00:00+07:00"}'
    )

    refused = await act(world, viewer, field, "business", half, "Business")
    named = {error["field"] for error in refused[field]["errors"]}
    assert named == {"authority", "documentNumber", "legalBasis", "receivedAt"}
    done = await act(world, viewer, field, "business", whole, "Business")

    assert done[field]["errors"] == []
    assert (await business_of(world, "business")).state is BusinessState.SUSPENDED
    async with world.composition.sessions() as session:
        kept = (await session.scalars(select(Suspension))).one()
    assert (kept.authority, kept.document_number) == ("Đội QLTT số 3", "12/QĐ")
    await act(world, viewer, "businessSuspensionLift", "business", kind="Business")
    assert (await business_of(world, "business")).state is BusinessState.ACTIVE


async def test_a_draft_nobody_goes_on_with_closes_by_itself(world: World) -> None:
    composition = world.composition
    async with composition.sessions() as session, session.begin():
        past = datetime.now(UTC) - timedelta(minutes=1)
        key = world["joining"].id
        statement = update(Business).where(Business.id == key)
        await session.execute(statement.values(due_at=past, on_due="close"))

    async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
        await apply_due(unit, MACHINE)

    assert (await business_of(world, "joining")).state is BusinessState.CLOSED
