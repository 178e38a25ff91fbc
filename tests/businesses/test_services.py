"""Beginning, moving and verifying a business."""

from typing import Any

import pytest
from sqlalchemy import func, select

from businesses.errors import InvalidBusinessError
from businesses.models import Business, BusinessMember
from businesses.rules.businesses import BusinessKind, BusinessState, is_verified
from businesses.services.businesses import Profile, create_business, move_business
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.transitions import TransitionRecord, WrongStateError
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import MemberRole, OfficerFunction, OfficerGrant, Viewer
from tests.factories.world import World

PROFILE = Profile(name="Hợp  tác xã Chè\u200b Bằng Phúc", kind=BusinessKind.COOPERATIVE)


async def begin(world: World, viewer: Viewer, code: str = "HTX-1", **values: Any) -> Business:
    profile = Profile(**{"name": PROFILE.name, "kind": PROFILE.kind, **values})
    composition = world.composition
    async with unit_of_work(composition.sessions, viewer, composition.events) as unit:
        return await create_business(unit, code, profile)


async def move(world: World, viewer: str, name: str, thing: str = "business") -> Business:
    composition = world.composition
    async with unit_of_work(
        composition.sessions, world.viewers[viewer], composition.events
    ) as unit:
        return await move_business(unit, world[thing].id, name, reason_code="TEST")


async def state_of(world: World, thing: str = "business") -> BusinessState:
    async with world.composition.sessions() as session:
        return (await session.get_one(Business, world[thing].id)).state


async def test_who_begins_a_business_owns_it(world: World) -> None:
    business = await begin(world, world.viewers["stranger"])

    assert business.name == "Hợp tác xã Chè Bằng Phúc"
    assert business.slug == "hop-tac-xa-che-bang-phuc"
    assert business.state is BusinessState.DRAFT
    assert business.verification_level == 0
    async with world.composition.sessions() as session:
        member = await session.scalar(
            select(BusinessMember).where(BusinessMember.business_id == business.id)
        )
    assert member is not None
    assert (member.user_id, member.role) == (world.users["stranger"].id, MemberRole.OWNER)


async def test_two_of_one_name_have_two_addresses(world: World) -> None:
    first = await begin(world, world.viewers["stranger"], "HTX-1")
    second = await begin(world, world.viewers["stranger"], "HTX-2")

    assert second.slug == f"{first.slug}-htx-2"


@pytest.mark.parametrize(
    ("field", "code", "values"), [("name", "HTX-9", {"name": " "}), ("code", "HTX-1", {})]
)
async def test_a_profile_that_cannot_be_names_its_field(
    world: World,
    field: str,
    code: str,
    values: dict[str, object],
) -> None:
    await begin(world, world.viewers["stranger"], "HTX-1")

    with pytest.raises(InvalidBusinessError) as refusal:
        await begin(world, world.viewers["stranger"], code, **values)

    assert refusal.value.field == field


async def test_a_visitor_begins_nothing(world: World) -> None:
    count = select(func.count()).select_from(Business)
    async with world.composition.sessions() as session:
        before = await session.scalar(count)

    with pytest.raises(NotPermittedError):
        await begin(world, Viewer())

    async with world.composition.sessions() as session:
        assert await session.scalar(count) == before


@pytest.mark.parametrize("viewer", ["visitor", "stranger", "clerk", "manager", "owner", "buyer"])
async def test_only_the_department_suspends(world: World, viewer: str) -> None:
    with pytest.raises(NotPermittedError):
        await move(world, viewer, "suspend")

    assert await state_of(world) is BusinessState.ACTIVE


@pytest.mark.parametrize("viewer", ["officer", "administrator"])
async def test_the_department_suspends_and_reinstates(world: World, viewer: str) -> None:
    assert (await move(world, viewer, "suspend")).state is BusinessState.SUSPENDED
    with pytest.raises(WrongStateError):
        await move(world, viewer, "suspend")
    assert (await move(world, viewer, "reinstate")).state is BusinessState.ACTIVE

    async with world.composition.sessions() as session:
        lines = list(
            await session.scalars(
                select(TransitionRecord.name).order_by(TransitionRecord.at, TransitionRecord.id)
            )
        )
    assert lines == ["suspend", "reinstate"]


async def test_a_closed_business_stays_closed(world: World) -> None:
    await move(world, "owner", "close")

    for name in ("open", "suspend", "reinstate", "close"):
        with pytest.raises(WrongStateError):
            await move(world, "administrator", name)


async def test_an_officer_is_in_charge_of_a_place(world: World) -> None:
    elsewhere = Viewer(
        user_id=world.users["officer"].id,
        grants=frozenset({OfficerGrant(OfficerFunction.TRADE, new_id())}),
    )
    other_task = Viewer(
        user_id=world.users["officer"].id,
        grants=frozenset({OfficerGrant(OfficerFunction.LABOUR)}),
    )
    here = Viewer(
        user_id=world.users["officer"].id,
        grants=frozenset({OfficerGrant(OfficerFunction.TRADE, world["place"].id)}),
    )
    world.viewers |= {"elsewhere": elsewhere, "other task": other_task, "here": here}

    for viewer in ("elsewhere", "other task"):
        with pytest.raises(NotPermittedError):
            await move(world, viewer, "suspend")
    assert (await move(world, "here", "suspend")).state is BusinessState.SUSPENDED


def test_two_and_above_are_verified() -> None:
    assert [level for level in range(5) if is_verified(level)] == [2, 3, 4]
