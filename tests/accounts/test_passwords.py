from datetime import timedelta

import pytest
from sqlalchemy import update

from marketplace.accounts.models import OneTimeToken, Session
from tests.accounts.house import House
from tests.accounts.post import code_in, link_in, text_of, token_in
from tests.factories.accounts import PASSWORD, a_phone, a_user, an_email, viewer_of

RESET = """
mutation ($email: String!, $redirectUrl: String!, $channel: String) {
  requestPasswordReset(email: $email, redirectUrl: $redirectUrl, channel: $channel) {
    errors { field code message }
  }
}
"""
SET_PASSWORD = """
mutation ($email: String!, $token: String!, $password: String!) {
  setPassword(email: $email, token: $token, password: $password) {
    token refreshToken user { isConfirmed } errors { field code }
  }
}
"""
CHANGE = """
mutation ($new: String!, $old: String) {
  passwordChange(newPassword: $new, oldPassword: $old) { errors { field code } }
}
"""
SESSION_CREATE = """
mutation ($login: String!, $password: String!) {
  sessionCreate(login: $login, password: $password) { token errors { code } }
}
"""
PAGE = "https://shop.example.com/vi/login"
NEW = "một mật khẩu mới"


async def _cookie(house: House, login: str | None, password: str = PASSWORD) -> str:
    payload = (await house.ask(SESSION_CREATE, login=login, password=password))["sessionCreate"]
    assert payload["errors"] == []
    return str(payload["token"])


async def test_a_forgotten_password_is_set_anew_by_letter(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session, is_confirmed=False)
    assert user.email is not None
    asked = await house.ask(RESET, email=user.email, redirectUrl=PAGE, channel="retail")
    assert asked["requestPasswordReset"]["errors"] == []
    (letter,) = await house.post_to(user.email)
    assert link_in(letter).startswith(f"{PAGE}?email=")
    token = token_in(letter)
    weak = await house.ask(SET_PASSWORD, email=user.email, token=token, password="short")
    assert weak["setPassword"]["errors"] == [{"field": "password", "code": "PASSWORD_TOO_SHORT"}]
    done = (await house.ask(SET_PASSWORD, email=user.email, token=token, password=NEW))[
        "setPassword"
    ]
    assert done["errors"] == []
    assert done["user"]["isConfirmed"] is True
    assert (await house.bearer(done["token"])).user_id == user.id
    await _cookie(house, user.email, NEW)
    again = await house.ask(SET_PASSWORD, email=user.email, token=token, password="yet another")
    assert again["setPassword"]["errors"] == [{"field": "token", "code": "INVALID"}]
    _reset, notice = await house.post_to(user.email)
    assert "vừa được đổi" in text_of(notice)


async def test_a_forgotten_password_is_set_anew_by_phone(house: House) -> None:
    phone = a_phone()
    async with house.change() as unit:
        await a_user(unit.session, phone=phone)
    await house.ask(RESET, email=phone, redirectUrl=PAGE)
    (message,) = await house.post_to(phone)
    old_code = code_in(message)
    await house.ask(RESET, email=phone, redirectUrl=PAGE)
    code = next(code for code in map(code_in, await house.post_to(phone)) if code != old_code)
    superseded = await house.ask(SET_PASSWORD, email=phone, token=old_code, password=NEW)
    assert superseded["setPassword"]["errors"] == [{"field": "token", "code": "INVALID"}]
    done = await house.ask(SET_PASSWORD, email=phone, token=code, password=NEW)
    assert done["setPassword"]["errors"] == []
    await _cookie(house, phone, NEW)


async def test_setting_a_password_ends_every_sign_in(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    assert user.email is not None
    cookie = await _cookie(house, user.email)
    await house.ask(RESET, email=user.email, redirectUrl=PAGE)
    (letter,) = await house.post_to(user.email)
    await house.ask(SET_PASSWORD, email=user.email, token=token_in(letter), password=NEW)
    assert not (await house.cookie(cookie)).is_signed_in


async def test_a_reset_does_not_tell_who_has_an_account(house: House) -> None:
    async with house.change() as unit:
        known = await a_user(unit.session)
        closed = await a_user(unit.session, is_active=False)
    answers = [
        (await house.ask(RESET, email=email, redirectUrl=PAGE))["requestPasswordReset"]
        for email in (known.email, closed.email, an_email(), a_phone(), "nonsense")
    ]
    assert all(answer == {"errors": []} for answer in answers)
    assert closed.email is not None
    assert await house.post_to(closed.email) == []


async def test_resets_run_out_alike_for_known_and_unknown(house: House) -> None:
    async with house.change() as unit:
        known = await a_user(unit.session)
    for email in (known.email, an_email()):
        for _try in range(5):
            await house.ask(RESET, email=email, redirectUrl=PAGE)
        payload = (await house.ask(RESET, email=email, redirectUrl=PAGE))["requestPasswordReset"]
        assert [error["code"] for error in payload["errors"]] == [
            "PASSWORD_RESET_ALREADY_REQUESTED",
        ]


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example.net/",
        "//evil.example.net/",
        "https://shop.example.com.evil.net/",
        "https://shop.example.com@evil.net/",
        "https://evil.net\\@shop.example.com/",
        "http://localhost:8001/",
        "https://localhost:8000/",
        "http://localhost:8000:80/",
        "http://localhost:port/",
        "https://shop.example.com/ https://evil.net/",
        "",
    ],
)
async def test_letters_point_to_no_strange_page(house: House, page: str) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    payload = (await house.ask(RESET, email=user.email, redirectUrl=page))["requestPasswordReset"]
    assert [(error["field"], error["code"]) for error in payload["errors"]] == [
        ("redirectUrl", "INVALID"),
    ]
    assert user.email is not None
    assert await house.post_to(user.email) == []


async def test_a_link_ends_after_its_time(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    assert user.email is not None
    await house.ask(RESET, email=user.email, redirectUrl=PAGE)
    (letter,) = await house.post_to(user.email)
    async with house.change() as unit:
        await unit.session.execute(
            update(OneTimeToken)
            .where(OneTimeToken.user_id == user.id)
            .values(expires_at=unit.now - timedelta(seconds=1)),
        )
    payload = await house.ask(SET_PASSWORD, email=user.email, token=token_in(letter), password=NEW)
    assert payload["setPassword"]["errors"] == [{"field": "token", "code": "INVALID"}]


async def test_a_link_is_good_for_its_own_person_and_purpose_only(house: House) -> None:
    async with house.change() as unit:
        mine = await a_user(unit.session)
        theirs = await a_user(unit.session)
    assert mine.email is not None
    await house.ask(RESET, email=mine.email, redirectUrl=PAGE)
    (letter,) = await house.post_to(mine.email)
    token = token_in(letter)
    stolen = await house.ask(SET_PASSWORD, email=theirs.email, token=token, password=NEW)
    assert stolen["setPassword"]["errors"] == [{"field": "token", "code": "INVALID"}]
    confirmed = await house.ask(
        "mutation ($e: String!, $t: String!) { confirmAccount(email: $e, token: $t) "
        "{ errors { code } } }",
        e=mine.email,
        t=token,
    )
    assert confirmed["confirmAccount"]["errors"] == [{"code": "INVALID"}]


async def test_changing_the_password_keeps_this_browser_only(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    here, elsewhere = [await _cookie(house, user.email) for _browser in range(2)]
    viewer = await house.cookie(here)
    wrong = await house.ask(CHANGE, viewer=viewer, new=NEW, old="wrong")
    assert wrong["passwordChange"]["errors"] == [
        {"field": "oldPassword", "code": "INVALID_CREDENTIALS"},
    ]
    missing = await house.ask(CHANGE, viewer=viewer, new=NEW)
    assert missing["passwordChange"]["errors"][0]["field"] == "oldPassword"
    weak = await house.ask(CHANGE, viewer=viewer, new="1234567", old=PASSWORD)
    assert weak["passwordChange"]["errors"] == [
        {"field": "newPassword", "code": "PASSWORD_TOO_SHORT"},
    ]
    assert (await house.cookie(elsewhere)).is_signed_in
    done = await house.ask(CHANGE, viewer=viewer, new=NEW, old=PASSWORD)
    assert done["passwordChange"]["errors"] == []
    assert (await house.cookie(here)).is_signed_in
    assert not (await house.cookie(elsewhere)).is_signed_in
    await _cookie(house, user.email, NEW)


async def test_the_old_password_cannot_be_guessed_by_who_found_a_browser(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    for _try in range(10):
        await house.ask(CHANGE, viewer=viewer_of(user), new=NEW, old="wrong")
    payload = (await house.ask(CHANGE, viewer=viewer_of(user), new=NEW, old=PASSWORD))[
        "passwordChange"
    ]
    assert payload["errors"][0]["code"] == "LOGIN_ATTEMPT_DELAYED"
    assert (await house.ask(CHANGE, new=NEW, old=PASSWORD)).code == "NotSignedIn"


async def test_tries_of_the_old_password_are_counted_as_sign_ins_are(house: House) -> None:
    address = "203.0.113.60"
    async with house.change() as unit:
        people = [viewer_of(await a_user(unit.session)) for _person in range(8)]
    answers = []
    for viewer in people:
        for _try in range(8):
            answer = await house.ask(CHANGE, viewer=viewer, address=address, new=NEW, old="wrong")
            answers.append(answer["passwordChange"]["errors"][0]["code"])

    assert answers == ["INVALID_CREDENTIALS"] * 60 + ["LOGIN_ATTEMPT_DELAYED"] * 4
    signing_in = await house.ask(
        SESSION_CREATE, login=an_email(), password=PASSWORD, address=address
    )
    assert signing_in["sessionCreate"]["errors"][0]["code"] == "LOGIN_ATTEMPT_DELAYED"


async def test_who_knows_the_old_password_may_change_it_again_and_again(house: House) -> None:
    async with house.change() as unit:
        viewer = viewer_of(await a_user(unit.session))
    old = PASSWORD
    for number in range(12):
        new = f"{NEW} {number}"
        done = await house.ask(CHANGE, viewer=viewer, address="203.0.113.61", new=new, old=old)
        assert done["passwordChange"]["errors"] == []
        old = new


async def test_sessions_are_kept_as_hashes(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    token = await _cookie(house, user.email)
    async with house.sessions() as session:
        kept = (await session.get_one(Session, (await house.cookie(token)).session_id)).token_hash
    assert token.encode() not in kept
