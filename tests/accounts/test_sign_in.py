import asyncio
import time
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from marketplace.accounts.models import Attempt, Session, User
from marketplace.accounts.rules.limits import (
    SIGN_IN_FROM_ADDRESS,
    SIGN_IN_OF_ACCOUNT,
    SIGN_UP_OF_CONTACT,
)
from marketplace.accounts.rules.secrets import derive
from marketplace.accounts.services.attempts import count_attempts, uncount_attempt
from marketplace.accounts.services.passwords import hash_password, needs_rehash, verify_password
from tests.accounts.house import SETTINGS, House
from tests.factories.accounts import PASSWORD, a_phone, a_user, an_email

TOKEN_CREATE = """
mutation ($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) {
    token refreshToken user { email isConfirmed } errors { field code message }
  }
}
"""
SESSION_CREATE = """
mutation ($login: String!, $password: String!) {
  sessionCreate(login: $login, password: $password) {
    token user { fullName } errors { field code }
  }
}
"""
ME = "{ me { id email phone phoneDisplay fullName sessions { id isCurrent userAgent } } }"


async def test_somebody_signs_in_by_email_whatever_the_capitals(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    assert user.email is not None
    answer = await house.ask(TOKEN_CREATE, email=f" {user.email.upper()} ", password=PASSWORD)
    payload = answer["tokenCreate"]
    assert payload["errors"] == []
    assert payload["user"] == {"email": user.email, "isConfirmed": True}
    viewer = await house.bearer(payload["token"])
    assert viewer.user_id == user.id
    assert (await house.ask(ME, viewer=viewer))["me"]["email"] == user.email


async def test_somebody_signs_in_by_phone_however_it_is_written(house: House) -> None:
    phone = a_phone()
    async with house.change() as unit:
        await a_user(unit.session, phone=phone)
    home = f"0{phone[3:]}"
    for written in (phone, home, f"{home[:4]} {home[4:7]} {home[7:]}", f"84{phone[3:]}"):
        payload = (await house.ask(TOKEN_CREATE, email=written, password=PASSWORD))["tokenCreate"]
        assert payload["errors"] == [], written
        assert payload["user"]["email"] == ""


async def test_wrong_and_unknown_are_answered_alike(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    wrong = (await house.ask(TOKEN_CREATE, email=user.email, password="not this"))["tokenCreate"]
    nobody = (await house.ask(TOKEN_CREATE, email=an_email(), password="not this"))["tokenCreate"]
    rubbish = (await house.ask(TOKEN_CREATE, email="???", password="not this"))["tokenCreate"]
    assert wrong == nobody == rubbish
    assert wrong["token"] is None
    assert [error["code"] for error in wrong["errors"]] == ["INVALID_CREDENTIALS"]


async def test_the_time_of_an_answer_does_not_tell_who_has_an_account() -> None:
    kept = await hash_password(PASSWORD)
    times: dict[bool, list[float]] = {True: [], False: []}
    for _round in range(6):
        for is_known in (True, False):
            began = time.perf_counter()
            assert not await verify_password(kept if is_known else None, "wrong")
            times[is_known].append(time.perf_counter() - began)
    fastest = {is_known: min(taken[1:]) for is_known, taken in times.items()}
    assert fastest[False] > 0.4 * fastest[True]


async def test_closed_and_unconfirmed_accounts_are_told_to_who_knows_the_password(
    house: House,
) -> None:
    async with house.change() as unit:
        closed = await a_user(unit.session, is_active=False)
        unconfirmed = await a_user(unit.session, is_confirmed=False)
    for user, code in ((closed, "INACTIVE"), (unconfirmed, "ACCOUNT_NOT_CONFIRMED")):
        right = (await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD))["tokenCreate"]
        wrong = (await house.ask(TOKEN_CREATE, email=user.email, password="wrong"))["tokenCreate"]
        assert [error["code"] for error in right["errors"]] == [code]
        assert [error["code"] for error in wrong["errors"]] == ["INVALID_CREDENTIALS"]


async def test_an_old_hash_is_made_anew(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    assert needs_rehash(user.password_hash)
    await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD)
    async with house.sessions() as session:
        fresh = await session.get_one(User, user.id)
    assert not needs_rehash(fresh.password_hash)
    assert fresh.last_sign_in_at is not None


async def test_a_password_is_one_in_both_unicode_forms(house: House) -> None:
    async with house.change() as unit:
        kept = await hash_password("mi\u1ebfn dong ngon")
        user = await a_user(unit.session, password_hash=kept)
    typed = "mie\u0302\u0301n dong ngon"
    assert (await house.ask(TOKEN_CREATE, email=user.email, password=typed))["tokenCreate"]["token"]


async def test_after_ten_tries_one_waits_and_the_wait_grows(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    wrong: dict[str, Any] = {"email": user.email, "password": "wrong"}
    codes = [
        (await house.ask(TOKEN_CREATE, **wrong))["tokenCreate"]["errors"][0]["code"]
        for _try in range(10)
    ]
    assert codes == ["INVALID_CREDENTIALS"] * 10
    payload = (await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD))["tokenCreate"]
    assert payload["token"] is None
    assert payload["errors"][0]["code"] == "LOGIN_ATTEMPT_DELAYED"
    waits = []
    for _round in range(3):
        waits.append(await _let_pass(house, user.email))
        await house.ask(TOKEN_CREATE, **wrong)
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
    await _let_pass(house, user.email)
    payload = (await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD))["tokenCreate"]
    assert payload["errors"] == []
    again = (await house.ask(TOKEN_CREATE, **wrong))["tokenCreate"]
    assert again["errors"][0]["code"] == "INVALID_CREDENTIALS"


async def _let_pass(house: House, email: str | None) -> timedelta:
    """End the wait of an account; how long it still was."""
    assert email is not None
    key = derive(SETTINGS.secret_key, f"attempt {SIGN_IN_OF_ACCOUNT.name}", email)
    async with house.change() as unit:
        attempt = await unit.session.get_one(Attempt, key)
        assert attempt.blocked_until is not None
        wait = attempt.blocked_until - unit.now
        attempt.blocked_until = unit.now - timedelta(seconds=1)
    return wait


async def test_tries_side_by_side_cannot_slip_through(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    answers = await asyncio.gather(
        *(house.ask(TOKEN_CREATE, email=user.email, password="wrong") for _try in range(18)),
    )
    codes = [answer["tokenCreate"]["errors"][0]["code"] for answer in answers]
    assert codes.count("INVALID_CREDENTIALS") == 10
    assert codes.count("LOGIN_ATTEMPT_DELAYED") == 8


async def test_nobody_is_locked_out_by_the_failures_of_an_unknown_name(house: House) -> None:
    name = an_email()
    for _try in range(10):
        await house.ask(TOKEN_CREATE, email=name, password="wrong")
    payload = (await house.ask(TOKEN_CREATE, email=name, password="wrong"))["tokenCreate"]
    assert payload["errors"][0]["code"] == "LOGIN_ATTEMPT_DELAYED"


async def test_an_address_that_tries_many_accounts_waits(house: House) -> None:
    address = "203.0.113.7"
    async with house.change() as unit:
        user = await a_user(unit.session)
    await asyncio.gather(
        *(
            house.ask(TOKEN_CREATE, email=an_email(), password="wrong", address=address)
            for _try in range(61)
        ),
    )
    here = await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD, address=address)
    there = await house.ask(
        TOKEN_CREATE, email=user.email, password=PASSWORD, address="203.0.113.8"
    )
    assert here["tokenCreate"]["errors"][0]["code"] == "LOGIN_ATTEMPT_DELAYED"
    assert there["tokenCreate"]["errors"] == []


async def test_who_signs_in_well_leaves_no_count_for_the_neighbours(house: House) -> None:
    address = "203.0.113.9"
    for _neighbour in range(SIGN_IN_FROM_ADDRESS.free + 5):
        async with house.change() as unit:
            tries = ((SIGN_IN_FROM_ADDRESS, address),)
            assert await count_attempts(unit, SETTINGS, tries) == 0
        async with house.change() as unit:
            await uncount_attempt(unit, SETTINGS, SIGN_IN_FROM_ADDRESS, address)


async def test_everything_is_forgotten_when_its_window_is_over(house: House) -> None:
    limit, subject = SIGN_UP_OF_CONTACT, an_email()
    for _try in range(limit.free):
        async with house.change() as unit:
            assert await count_attempts(unit, SETTINGS, ((limit, subject),)) == 0
    async with house.change() as unit:
        assert await count_attempts(unit, SETTINGS, ((limit, subject),)) > 3000
    async with house.change() as unit:
        unit.now += limit.window + timedelta(seconds=1)
        assert await count_attempts(unit, SETTINGS, ((limit, subject),)) == 0
    async with house.sessions() as session:
        key = derive(SETTINGS.secret_key, f"attempt {limit.name}", subject)
        assert (await session.get_one(Attempt, key)).count == 1


async def test_a_browser_signs_in_looks_around_and_out(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    variables: dict[str, Any] = {"login": user.email, "password": PASSWORD}
    first = (await house.ask(SESSION_CREATE, address="198.51.100.1", **variables))["sessionCreate"]
    second = (await house.ask(SESSION_CREATE, **variables))["sessionCreate"]
    assert first["user"]["fullName"] == "Nông Thị Mai"
    viewer = await house.cookie(first["token"])
    assert viewer.user_id == user.id
    sessions = (await house.ask(ME, viewer=viewer))["me"]["sessions"]
    assert len(sessions) == 2
    assert [session["isCurrent"] for session in sessions].count(True) == 1
    assert sessions[0]["userAgent"] == "a browser of tests"
    other = next(session["id"] for session in sessions if not session["isCurrent"])
    closed = await house.ask(
        "mutation ($id: ID) { sessionDelete(id: $id) { errors { code } } }", viewer=viewer, id=other
    )
    assert closed["sessionDelete"]["errors"] == []
    assert not (await house.cookie(second["token"])).is_signed_in
    await house.ask("mutation { sessionDelete { errors { code } } }", viewer=viewer)
    assert not (await house.cookie(first["token"])).is_signed_in


async def test_nobody_closes_the_session_of_another(house: House) -> None:
    async with house.change() as unit:
        mine = await a_user(unit.session)
        theirs = await a_user(unit.session)
    tokens = [
        (await house.ask(SESSION_CREATE, login=user.email, password=PASSWORD))["sessionCreate"][
            "token"
        ]
        for user in (mine, theirs)
    ]
    me, them = [await house.cookie(token) for token in tokens]
    their_id = (await house.ask(ME, viewer=them))["me"]["sessions"][0]["id"]
    document = "mutation ($id: ID) { sessionDelete(id: $id) { errors { code field } } }"
    refused = (await house.ask(document, viewer=me, id=their_id))["sessionDelete"]
    assert refused["errors"] == [{"code": "NOT_FOUND", "field": "id"}]
    assert (await house.cookie(tokens[1])).is_signed_in
    assert (await house.ask(document, id=their_id)).code == "NotSignedIn"


async def test_a_session_ends_by_itself(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    token = (await house.ask(SESSION_CREATE, login=user.email, password=PASSWORD))["sessionCreate"][
        "token"
    ]
    async with house.change() as unit:
        await unit.session.execute(
            update(Session).where(Session.user_id == user.id).values(expires_at=unit.now),
        )
    assert not (await house.cookie(token)).is_signed_in
    assert not (await house.cookie("")).is_signed_in
    assert not (await house.cookie("nonsense")).is_signed_in


async def test_signing_out_everywhere_ends_sessions_and_tokens(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    for mutation in ("sessionsDeleteAll", "tokensDeactivateAll"):
        cookie = (await house.ask(SESSION_CREATE, login=user.email, password=PASSWORD))[
            "sessionCreate"
        ]["token"]
        pair = (await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD))["tokenCreate"]
        viewer = await house.cookie(cookie)
        document = f"mutation {{ {mutation} {{ errors {{ code }} }} }}"
        assert (await house.ask(document)).code == "NotSignedIn"
        assert (await house.ask(document, viewer=viewer))[mutation]["errors"] == []
        assert not (await house.cookie(cookie)).is_signed_in
        refreshed = await house.ask(
            "mutation ($t: String) { tokenRefresh(refreshToken: $t) { token errors { code } } }",
            t=pair["refreshToken"],
        )
        assert refreshed["tokenRefresh"] == {
            "token": None,
            "errors": [{"code": "JWT_INVALID_TOKEN"}],
        }


async def test_external_providers_are_not_found(house: House) -> None:
    answer = await house.ask(
        """mutation {
          externalAuthenticationUrl(pluginId: "vneid", input: "{}") {
            authenticationData errors { code field message } }
          externalObtainAccessTokens(pluginId: "vneid", input: "{}") {
            token refreshToken user { id } errors { code field message } }
        }""",
    )
    for field in ("externalAuthenticationUrl", "externalObtainAccessTokens"):
        (error,) = answer[field]["errors"]
        assert error["code"] == "NOT_FOUND"
        assert error["field"] == "pluginId"
        assert "vneid" in error["message"]


async def test_a_visitor_is_nobody(house: House) -> None:
    assert (await house.ask(ME))["me"] is None
