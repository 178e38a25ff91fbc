"""Who works for a business: asked, joined, given another role, gone."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from businesses.models import BusinessMember, Handover, Invitation
from businesses.services.people_post import TextMessage, handover_post, invitation_post
from marketplace.accounts.ports import ACCOUNT_SETTINGS, Letter
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.viewer import MemberRole, Viewer
from tests.asking import Answer, ask
from tests.factories.businesses import a_business
from tests.factories.people import an_invitation, link_of
from tests.factories.world import World

INVITE = """mutation($business: ID!, $contact: String!, $role: MemberRoleEnum!) {
    memberInvite(business: $business, contact: $contact, role: $role) {
        sentTo errors { field message code } } }"""
ACCEPT = """mutation($token: String!) { memberInvitationAccept(token: $token) {
    businessSlug errors { field code } } }"""
LEAVE = "mutation($business: ID!) { memberLeave(business: $business) { errors { field code } } }"
ROLE = """mutation($member: ID!, $role: MemberRoleEnum!) {
    memberRoleChange(member: $member, role: $role) { errors { code } } }"""
REMOVE = "mutation($member: ID!) { memberRemove(member: $member) { errors { code } } }"
ASK = "mutation($member: ID!) { handoverAsk(member: $member) { errors { code } } }"
TAKE = "mutation($id: ID!) { handoverAccept(id: $id) { errors { code } } }"


def business_id(world: World) -> str:
    return to_global("Business", world["business"].id)


def member_id(world: World, name: str) -> str:
    return to_global("BusinessMember", world[f"{name}_member"].id)


async def invite(world: World, contact: str, role: str = "CLERK", by: str = "owner") -> Answer:
    return await ask(
        world.composition,
        INVITE,
        world.viewers[by],
        business=business_id(world),
        contact=contact,
        role=role,
    )


async def role_of(world: World, name: str) -> MemberRole | None:
    statement = select(BusinessMember.role).where(
        BusinessMember.business_id == world["business"].id,
        BusinessMember.user_id == world.users[name].id,
    )
    async with world.composition.sessions() as session:
        return await session.scalar(statement)


def codes(answer: Answer, field: str) -> list[str]:
    return [error["code"] for error in answer[field]["errors"]]


async def the_invitation(world: World, sent_to: str) -> Invitation:
    statement = select(Invitation).where(
        Invitation.sent_to == sent_to, Invitation.ended_at.is_(None)
    )
    async with world.composition.sessions() as session:
        return (await session.scalars(statement)).one()


async def test_a_link_lets_somebody_join_once(world: World) -> None:
    answer = await invite(world, "Lan@Example.com", "MANAGER")
    token = link_of(await the_invitation(world, "lan@example.com"))

    first = await ask(world.composition, ACCEPT, world.viewers["stranger"], token=token)
    again = await ask(world.composition, ACCEPT, world.viewers["buyer"], token=token)

    assert answer["memberInvite"] == {"sentTo": "lan@example.com", "errors": []}
    assert first["memberInvitationAccept"]["businessSlug"] == world["business"].slug
    assert await role_of(world, "stranger") is MemberRole.MANAGER
    assert codes(again, "memberInvitationAccept") == ["EXPIRED"]
    assert await role_of(world, "buyer") is None


async def test_the_page_of_a_link_tells_no_whole_address(world: World) -> None:
    await invite(world, "lan@example.com")
    token = link_of(await the_invitation(world, "lan@example.com"))
    document = """query($token: String!) { memberInvitation(token: $token) {
        businessName sentTo role } }"""

    answer = await ask(world.composition, document, token=token)

    assert answer["memberInvitation"] == {
        "businessName": world["business"].name,
        "sentTo": "la…@example.com",
        "role": "CLERK",
    }


async def test_an_old_link_lets_nobody_in(world: World) -> None:
    old = an_invitation(
        world["business"].id,
        world.users["owner"].id,
        expires_at=datetime.now(UTC) - timedelta(minutes=1),
    )
    async with world.composition.sessions() as session, session.begin():
        session.add(old)

    answer = await ask(world.composition, ACCEPT, world.viewers["stranger"], token=link_of(old))

    assert codes(answer, "memberInvitationAccept") == ["EXPIRED"]
    assert await role_of(world, "stranger") is None


async def test_a_second_invitation_makes_the_first_link_worthless(world: World) -> None:
    await invite(world, "0912 345 678")
    first = link_of(await the_invitation(world, "+84912345678"))
    await invite(world, "0912345678", "MANAGER")

    answer = await ask(world.composition, ACCEPT, world.viewers["stranger"], token=first)

    assert codes(answer, "memberInvitationAccept") == ["EXPIRED"]
    assert (await the_invitation(world, "+84912345678")).role is MemberRole.MANAGER


@pytest.mark.parametrize(
    ("contact", "code"), [("khong phai so", "INVALID"), ("+1 202 555 0143", "INVALID")]
)
async def test_refuses_what_is_no_contact(world: World, contact: str, code: str) -> None:
    answer = await invite(world, contact)

    assert answer["memberInvite"]["errors"][0]["field"] == "contact"
    assert codes(answer, "memberInvite") == [code]


async def test_refuses_to_invite_a_member(world: World) -> None:
    answer = await invite(world, world.users["clerk"].email or "")

    assert codes(answer, "memberInvite") == ["UNIQUE"]


async def test_a_manager_asks_for_clerks_only(world: World) -> None:
    clerk = await invite(world, "0912345678", "CLERK", by="manager")
    owner = await invite(world, "0912345679", "OWNER", by="manager")

    assert codes(clerk, "memberInvite") == []
    assert owner.codes == ["PermissionDenied"]


async def test_the_last_owner_stays(world: World) -> None:
    owner = world.viewers["owner"]

    left = await ask(world.composition, LEAVE, owner, business=business_id(world))
    lower = await ask(
        world.composition, ROLE, owner, member=member_id(world, "owner"), role="CLERK"
    )

    assert codes(left, "memberLeave") == ["LAST_OWNER"]
    assert codes(lower, "memberRoleChange") == ["LAST_OWNER"]
    assert await role_of(world, "owner") is MemberRole.OWNER


async def test_a_manager_cannot_touch_an_owner_or_rise(world: World) -> None:
    manager = world.viewers["manager"]

    for document, values in (
        (REMOVE, {"member": member_id(world, "owner")}),
        (ROLE, {"member": member_id(world, "manager"), "role": "OWNER"}),
        (ROLE, {"member": member_id(world, "clerk"), "role": "MANAGER"}),
    ):
        answer = await ask(world.composition, document, manager, **values)
        assert answer.codes == ["PermissionDenied"], document

    assert await role_of(world, "owner") is MemberRole.OWNER
    assert await role_of(world, "clerk") is MemberRole.CLERK


async def test_a_business_is_handed_over_when_it_is_taken(world: World) -> None:
    asked = await ask(
        world.composition, ASK, world.viewers["owner"], member=member_id(world, "manager")
    )
    async with world.composition.sessions() as session:
        statement = select(Handover).where(Handover.business_id == world["business"].id)
        handover = (await session.scalars(statement)).one()
        post = await handover_post(session, world.composition.ports[ACCOUNT_SETTINGS], handover.id)
    still = await role_of(world, "owner")

    taken = await ask(
        world.composition,
        TAKE,
        world.viewers["manager"],
        id=to_global("OwnershipHandover", handover.id),
    )

    assert codes(asked, "handoverAsk") == []
    assert isinstance(post, Letter)
    assert f"/gian-hang/{world['business'].slug}/thanh-vien" in post.text
    assert still is MemberRole.OWNER
    assert codes(taken, "handoverAccept") == []
    assert await role_of(world, "owner") is MemberRole.MANAGER
    assert await role_of(world, "manager") is MemberRole.OWNER


async def test_a_phone_gets_a_message_and_mail_a_letter(world: World) -> None:
    await invite(world, "0912345678")
    await invite(world, "lan@example.com")
    posts: list[Any] = []
    settings = world.composition.ports[ACCOUNT_SETTINGS]
    for contact in ("+84912345678", "lan@example.com"):
        invitation = await the_invitation(world, contact)
        async with world.composition.sessions() as session:
            posts.append((invitation, await invitation_post(session, settings, invitation.id)))

    (by_phone, message), (by_mail, letter) = posts
    assert isinstance(message, TextMessage)
    assert message.phone == "+84912345678"
    assert message.text.endswith(f"/loi-moi/{link_of(by_phone)}")
    assert world["business"].name in message.text
    assert isinstance(letter, Letter)
    assert f"/loi-moi/{link_of(by_mail)}\n" in letter.text


async def test_of_two_owners_who_leave_at_once_one_stays(real_world: World) -> None:
    composition = real_world.composition
    names = ("owner", "manager", "clerk")
    for _round in range(6):
        business = a_business()
        async with composition.sessions() as session, session.begin():
            session.add(business)
            await session.flush()
            session.add_all(
                BusinessMember(
                    business_id=business.id,
                    user_id=real_world.users[name].id,
                    role=MemberRole.OWNER,
                )
                for name in names
            )

        answers = await asyncio.gather(
            *(
                ask(
                    composition,
                    LEAVE,
                    Viewer(
                        user_id=real_world.users[name].id,
                        memberships={business.id: MemberRole.OWNER},
                    ),
                    business=to_global("Business", business.id),
                )
                for name in names
            )
        )

        assert sorted(codes(answer, "memberLeave") for answer in answers) == [
            [],
            [],
            ["LAST_OWNER"],
        ]
        count = select(func.count()).where(BusinessMember.business_id == business.id)
        async with composition.sessions() as session:
            assert await session.scalar(count) == 1


async def test_of_two_who_follow_one_link_at_once_one_joins(real_world: World) -> None:
    composition = real_world.composition
    invitation = an_invitation(real_world["business"].id, real_world.users["owner"].id)
    async with composition.sessions() as session, session.begin():
        session.add(invitation)

    answers = await asyncio.gather(
        *(
            ask(composition, ACCEPT, real_world.viewers[name], token=link_of(invitation))
            for name in ("stranger", "buyer", "officer")
        )
    )

    assert sorted(codes(answer, "memberInvitationAccept") for answer in answers) == [
        [],
        ["EXPIRED"],
        ["EXPIRED"],
    ]
