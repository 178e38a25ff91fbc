from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update

from marketplace.accounts import queries, tasks
from marketplace.accounts.errors import ContactTakenError
from marketplace.accounts.models import Address, Attempt, OneTimeToken, Session, User
from marketplace.accounts.services.closing import GRACE_BEFORE_ERASURE
from marketplace.accounts.services.offices import appoint_officer
from marketplace.accounts.services.sessions import open_session, touch_session
from marketplace.accounts.services.users import create_user
from marketplace.accounts.services.viewers import (
    ViewerParts,
    load_viewer,
    viewer_of_session,
)
from marketplace.kernel.errors import InvalidInputError, NotFoundError, NotPermittedError
from marketplace.kernel.viewer import (
    SYSTEM,
    VISITOR,
    MemberRole,
    OfficerFunction,
    OfficerGrant,
    Viewer,
)
from tests.accounts.house import House
from tests.accounts.post import code_in, token_in
from tests.factories.accounts import (
    PASSWORD,
    a_phone,
    a_user,
    an_email,
    an_officer,
    viewer_of,
)

UPDATE = """
mutation ($input: AccountInput!) {
  accountUpdate(input: $input) {
    user { firstName lastName fullName languageCode } errors { field code }
  }
}
"""
REQUEST_DELETION = """
mutation ($url: String!) {
  accountRequestDeletion(redirectUrl: $url, channel: "retail") { errors { field code } }
}
"""
DELETE = """
mutation ($token: String!) {
  accountDelete(token: $token) { user { isActive } errors { field code } }
}
"""
PAGE = "http://localhost:8000/tai-khoan/xoa"


async def test_people_change_their_names_and_language(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    words = {"firstName": "  Hoa\u00a0Ban ", "languageCode": "EN"}
    payload = (await house.ask(UPDATE, viewer=viewer, input=words))["accountUpdate"]
    assert payload == {
        "user": {
            "firstName": "Hoa Ban",
            "lastName": "Nông Thị",
            "fullName": "Nông Thị Hoa Ban",
            "languageCode": "EN",
        },
        "errors": [],
    }
    refused = await house.ask(UPDATE, viewer=viewer, input={"lastName": "x" * 81})
    assert refused["accountUpdate"]["errors"] == [{"field": "lastName", "code": "INVALID"}]
    assert (await house.ask(UPDATE, input=words)).code == "NotSignedIn"


async def test_leaving_is_confirmed_by_letter_and_ends_in_oblivion(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
        unit.session.add(Address(user_id=user.id, created_at=unit.now, city="Bắc Kạn"))
        cookie = await open_session(unit, user, None, None)
    viewer = viewer_of(user)
    assert user.email is not None
    assert (await house.ask(REQUEST_DELETION, url=PAGE)).code == "NotSignedIn"
    refused = await house.ask(REQUEST_DELETION, viewer=viewer, url="https://evil.example.net/")
    assert refused["accountRequestDeletion"]["errors"][0]["field"] == "redirectUrl"
    await house.ask(REQUEST_DELETION, viewer=viewer, url=PAGE)
    (letter,) = await house.post_to(user.email)
    wrong = await house.ask(DELETE, viewer=viewer, token="wrong")
    assert wrong["accountDelete"]["errors"] == [{"field": "token", "code": "INVALID"}]
    assert (await house.ask(DELETE, token=token_in(letter))).code == "NotSignedIn"
    done = await house.ask(DELETE, viewer=viewer, token=token_in(letter))
    assert done["accountDelete"]["user"] == {"isActive": False}
    assert not (await house.cookie(cookie)).is_signed_in
    await _sweep(house)
    assert (await _row(house, user)).email == user.email
    async with house.change() as unit:
        await unit.session.execute(
            update(User)
            .where(User.id == user.id)
            .values(deletion_requested_at=unit.now - GRACE_BEFORE_ERASURE),
        )
    await _sweep(house)
    erased = await _row(house, user)
    assert erased.email == f"{user.id}@erased.invalid"
    assert (erased.first_name, erased.last_name, erased.phone) == ("", "", None)
    async with house.sessions() as session:
        left = await session.scalar(
            select(func.count()).select_from(Address).where(Address.user_id == user.id),
        )
    assert left == 0


async def test_who_has_no_email_leaves_by_code(house: House) -> None:
    phone = a_phone()
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session, phone=phone))
    await house.ask(REQUEST_DELETION, viewer=viewer, url=PAGE)
    (message,) = await house.post_to(phone)
    done = await house.ask(DELETE, viewer=viewer, token=code_in(message))
    assert done["accountDelete"]["errors"] == []


async def test_what_is_too_old_is_put_away(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
        await open_session(unit, user, None, None)
        await unit.session.flush()
        for model in (Session, OneTimeToken, Attempt):
            await unit.session.execute(
                update(model).values(expires_at=unit.now - timedelta(seconds=1)),
            )
    await _sweep(house)
    async with house.sessions() as session:
        for model in (Session, OneTimeToken, Attempt):
            assert await session.scalar(select(func.count()).select_from(model)) == 0


async def _sweep(house: House) -> None:
    async with house.change() as unit:
        await unit.session.execute(text("UPDATE procrastinate_jobs SET status = 'succeeded'"))
    await house.run(tasks.sweep, timestamp=0)


async def _row(house: House, user: User) -> User:
    async with house.sessions() as session:
        return await session.get_one(User, user.id)


async def test_an_administrator_makes_people_who_come_in_at_once(house: House) -> None:
    email, phone = an_email(), a_phone()
    async with house.change() as unit:
        user = await create_user(
            unit, email=email, phone=phone, password=PASSWORD, is_administrator=True
        )
    assert user.is_confirmed
    assert user.is_administrator
    assert user.email_confirmed_at is not None
    assert user.phone_confirmed_at is not None
    known: list[tuple[dict[str, Any], str]] = [
        ({"email": email}, "email"),
        ({"phone": phone}, "phone"),
    ]
    for taken, field in known:
        with pytest.raises(ContactTakenError) as refused:
            async with house.change() as unit:
                await create_user(unit, password=PASSWORD, **taken)
        assert refused.value.field == field
    unreadable: list[dict[str, Any]] = [{}, {"email": "x"}, {"phone": "12"}]
    for wrong in unreadable:
        with pytest.raises(InvalidInputError):
            async with house.change() as unit:
                await create_user(unit, password=PASSWORD, **wrong)
    with pytest.raises(NotPermittedError):
        async with house.change(VISITOR) as unit:
            await create_user(unit, email=an_email(), password=PASSWORD)


async def test_offices_are_held_for_their_time(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
        today = date.today()  # noqa: DTZ011 - offices of years around it
        for function, starts_on, ends_on in (
            (OfficerFunction.TRADE, today - timedelta(days=400), None),
            (OfficerFunction.LABOUR, today - timedelta(days=400), today - timedelta(days=30)),
            (OfficerFunction.TOURISM, today + timedelta(days=30), None),
        ):
            await appoint_officer(
                unit,
                user.id,
                function,
                starts_on=starts_on,
                ends_on=ends_on,
                department_name="Sở Công Thương",
            )
        cookie = await open_session(unit, user, None, None)
    viewer = await house.cookie(cookie)
    assert viewer.grants == {OfficerGrant(OfficerFunction.TRADE)}
    document = "{ me { offices { function placeId departmentName } } }"
    assert (await house.ask(document, viewer=viewer))["me"]["offices"] == [
        {"function": "TRADE", "placeId": None, "departmentName": "Sở Công Thương"},
    ]
    with pytest.raises(NotPermittedError):
        async with house.change(viewer) as unit:
            await appoint_officer(unit, user.id, OfficerFunction.LABOUR, starts_on=today)
    with pytest.raises(NotFoundError):
        async with house.change() as unit:
            await appoint_officer(unit, uuid4(), OfficerFunction.LABOUR, starts_on=today)


async def test_storeys_above_add_what_they_know(house: House) -> None:
    async with house.change() as unit:
        user = await an_officer(unit.session)
        cookie = await open_session(unit, user, None, None)

    async def enrich(_session: object, parts: ViewerParts) -> None:
        parts.memberships[parts.user_id] = MemberRole.OWNER
        parts.buys_wholesale = True

    now = datetime.now(UTC)
    async with house.sessions() as session:
        arrival = await viewer_of_session(session, cookie, now, [enrich])
        loaded = await load_viewer(session, user.id, now, [enrich])
    assert arrival.viewer.role_in(user.id) is MemberRole.OWNER
    assert arrival.viewer.buys_wholesale
    assert arrival.language == "vi"
    assert not arrival.is_session_stale
    assert loaded.grants == arrival.viewer.grants == {OfficerGrant(OfficerFunction.TRADE)}


async def test_a_session_in_use_lives_on(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
        cookie = await open_session(unit, user, None, None)
    later = datetime.now(UTC) + timedelta(hours=2)
    async with house.sessions() as session:
        arrival = await viewer_of_session(session, cookie, later)
    assert arrival.is_session_stale
    session_id = arrival.viewer.session_id
    assert session_id is not None
    async with house.change() as unit:
        unit.now = later
        await touch_session(unit, session_id)
    async with house.sessions() as session:
        assert not (await viewer_of_session(session, cookie, later)).is_session_stale
        assert (await session.get_one(Session, session_id)).expires_at == later + timedelta(days=30)


async def test_people_see_themselves_administrators_see_all(house: House) -> None:
    async with house.change() as unit:
        mine = await a_user(unit.session)
        theirs = await a_user(unit.session)
        administrator = await a_user(unit.session, is_administrator=True)

    async def seen_by(viewer: Viewer) -> set[object]:
        async with house.sessions() as session:
            return {user.id for user in await session.scalars(queries.visible_users(viewer))}

    assert await seen_by(VISITOR) == set()
    assert await seen_by(viewer_of(mine)) == {mine.id}
    for viewer in (viewer_of(administrator), SYSTEM):
        assert {mine.id, theirs.id} <= await seen_by(viewer)
