import asyncio

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.kernel.i18n import Language
from tests.accounts.house import House
from tests.accounts.post import code_in, link_in, text_of, token_in
from tests.factories.accounts import PASSWORD, a_phone, a_user, an_email

REGISTER = """
mutation ($input: AccountRegisterInput!) {
  accountRegister(input: $input) {
    requiresConfirmation
    user {
      id email phone firstName isConfirmed isActive addresses { id } defaultBillingAddress { id }
    }
    errors { field code message }
  }
}
"""
CONFIRM = """
mutation ($email: String!, $token: String!) {
  confirmAccount(email: $email, token: $token) {
    user { isConfirmed email } errors { field code }
  }
}
"""
TOKEN_CREATE = """
mutation ($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token errors { code } }
}
"""
SET_PASSWORD = """
mutation ($email: String!, $token: String!, $password: String!) {
  setPassword(email: $email, token: $token, password: $password) {
    token refreshToken errors { field code }
  }
}
"""


async def test_somebody_signs_up_confirms_and_comes_in(house: House) -> None:
    email = an_email()
    document = {
        "email": email.upper(),
        "password": PASSWORD,
        "firstName": " Mai ",
        "lastName": "Nông Thị",
        "channel": "retail",
        "redirectUrl": "https://shop.example.com/vi/login?confirm=1",
        "languageCode": "VI",
        "acceptedRegulation": "2026-01",
    }
    payload = (await house.ask(REGISTER, input=document))["accountRegister"]
    assert payload["errors"] == []
    assert payload["requiresConfirmation"] is True
    assert payload["user"]["email"] == email
    assert payload["user"]["isConfirmed"] is False
    refused = await house.ask(TOKEN_CREATE, email=email, password=PASSWORD)
    assert refused["tokenCreate"]["errors"] == [{"code": "ACCOUNT_NOT_CONFIRMED"}]
    (letter,) = await house.post_to(email)
    link = link_in(letter)
    assert link.startswith("https://shop.example.com/vi/login?confirm=1&email=")
    assert "&token=" in link
    for _time in range(2):
        confirmed = await house.ask(CONFIRM, email=email, token=token_in(letter))
        assert confirmed["confirmAccount"] == {
            "user": {"isConfirmed": True, "email": email},
            "errors": [],
        }
    assert (await house.ask(TOKEN_CREATE, email=email, password=PASSWORD))["tokenCreate"]["token"]
    async with house.sessions() as session:
        user = (await session.scalars(select(User).where(User.email == email))).one()
    assert user.full_name == "Nông Thị Mai"
    assert user.accepted_regulation == "2026-01"
    assert user.accepted_regulation_at is not None


async def test_somebody_signs_up_by_phone(house: House) -> None:
    phone = a_phone()
    home = f"0{phone[3:]}"
    payload = (await house.ask(REGISTER, input={"email": home, "password": PASSWORD}))[
        "accountRegister"
    ]
    assert payload["user"]["email"] == ""
    assert payload["user"]["phone"] == phone
    (message,) = await house.post_to(phone)
    code = code_in(message)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    refused = (await house.ask(CONFIRM, email=home, token=wrong))["confirmAccount"]
    assert refused == {"user": None, "errors": [{"field": "token", "code": "INVALID"}]}
    confirmed = (await house.ask(CONFIRM, email=home, token=code))["confirmAccount"]
    assert confirmed["user"]["isConfirmed"] is True
    twice = (await house.ask(CONFIRM, email=home, token=code))["confirmAccount"]
    assert twice["errors"]


@pytest.mark.parametrize(("language", "word"), [("vi", "Chào bạn"), ("en", "Hello")])
async def test_letters_speak_the_language_of_who_signed_up(
    house: House, language: Language, word: str
) -> None:
    email = an_email()
    await house.ask(REGISTER, language=language, input={"email": email, "password": PASSWORD})
    (letter,) = await house.post_to(email)
    assert word in text_of(letter)
    assert "Chợ Phiên" in text_of(letter)
    page = {"vi": "xac-nhan", "en": "en/confirm"}[language]
    assert link_in(letter).startswith(f"http://localhost:8000/{page}?email=")


@pytest.mark.parametrize(
    ("words", "field", "code"),
    [
        ({"password": "short"}, "password", "PASSWORD_TOO_SHORT"),
        ({"password": "8273645190"}, "password", "PASSWORD_ENTIRELY_NUMERIC"),
        ({"password": "MatKhau123"}, "password", "PASSWORD_TOO_COMMON"),
        ({"password": "aaaaaaaaaaaa"}, "password", "PASSWORD_TOO_COMMON"),
        (
            {"password": "Ma-van-Tuan1", "firstName": "Ma-Văn-Tuấn"},
            "password",
            "PASSWORD_TOO_SIMILAR",
        ),
        ({"email": "nobody"}, "email", "INVALID"),
        ({"email": "a@b"}, "email", "INVALID"),
        ({"email": "+14155552671"}, "email", "INVALID"),
        ({"firstName": "x" * 81}, "firstName", "INVALID"),
        ({"redirectUrl": "https://evil.example.net/"}, "redirectUrl", "INVALID"),
        ({"redirectUrl": "javascript:alert(1)"}, "redirectUrl", "INVALID"),
    ],
)
async def test_what_cannot_be_taken_is_told_beside_its_field(
    house: House, words: dict[str, str], field: str, code: str
) -> None:
    document = {"email": an_email(), "password": PASSWORD} | words
    payload = (await house.ask(REGISTER, input=document))["accountRegister"]
    assert payload["user"] is None
    assert [(error["field"], error["code"]) for error in payload["errors"]] == [(field, code)]
    assert payload["errors"][0]["message"]
    assert await house.post_to(document["email"]) == []


async def test_signing_up_with_a_known_address_tells_its_owner_only(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session, first_name="Hoa")
    assert user.email is not None
    stranger = {"email": user.email, "password": "a new password", "firstName": "X"}
    known = (await house.ask(REGISTER, input=stranger))["accountRegister"]
    fresh = (await house.ask(REGISTER, input=stranger | {"email": an_email()}))["accountRegister"]
    for payload in (known, fresh):
        payload["user"].pop("id")
        payload["user"].pop("email")
    assert known == fresh
    (letter,) = await house.post_to(user.email)
    assert "đã có tài khoản" in text_of(letter)
    assert "/dat-lai-mat-khau?email=" in link_in(letter)
    still = await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD)
    assert still["tokenCreate"]["token"]


async def test_nobody_waits_in_an_account_for_its_owner(house: House) -> None:
    """A stranger signs up with an address first; its owner must not confirm that password."""
    email = an_email()
    await house.ask(REGISTER, input={"email": email, "password": "the stranger's own"})
    (first,) = await house.post_to(email)
    await house.ask(REGISTER, input={"email": email, "password": "the owner's own"})
    _first, second = await house.post_to(email)
    refused = await house.ask(CONFIRM, email=email, token=token_in(first))
    assert refused["confirmAccount"]["errors"] == [{"field": "token", "code": "INVALID"}]
    done = await house.ask(
        SET_PASSWORD, email=email, token=token_in(second), password="chosen by the owner"
    )
    assert done["setPassword"]["errors"] == []
    stranger = await house.ask(TOKEN_CREATE, email=email, password="the stranger's own")
    assert stranger["tokenCreate"]["errors"] == [{"code": "INVALID_CREDENTIALS"}]
    owner = await house.ask(TOKEN_CREATE, email=email, password="chosen by the owner")
    assert owner["tokenCreate"]["token"]


async def test_of_many_who_sign_up_at_once_with_one_address_one_is_kept(house: House) -> None:
    for login in (an_email(), a_phone()):
        answers = await asyncio.gather(
            *(
                house.ask(REGISTER, input={"email": login, "password": PASSWORD})
                for _try in range(5)
            ),
        )
        assert all(answer["accountRegister"]["errors"] == [] for answer in answers)
        async with house.sessions() as session:
            count = await session.scalar(
                select(func.count()).where((User.email == login) | (User.phone == login)),
            )
        assert count == 1


async def test_signing_up_again_and_again_with_one_address_is_refused(house: House) -> None:
    email = an_email()
    for _try in range(5):
        await house.ask(REGISTER, input={"email": email, "password": PASSWORD})
    payload = (await house.ask(REGISTER, input={"email": email, "password": PASSWORD}))[
        "accountRegister"
    ]
    assert [error["code"] for error in payload["errors"]] == ["LOGIN_ATTEMPT_DELAYED"]


async def test_codes_cannot_be_guessed(house: House) -> None:
    phone = a_phone()
    await house.ask(REGISTER, input={"email": phone, "password": PASSWORD})
    (message,) = await house.post_to(phone)
    for guess in range(10):
        await house.ask(CONFIRM, email=phone, token=f"{guess:06}")
    payload = (await house.ask(CONFIRM, email=phone, token=code_in(message)))["confirmAccount"]
    assert [error["code"] for error in payload["errors"]] == ["LOGIN_ATTEMPT_DELAYED"]


async def test_confirming_what_nobody_asked_for_is_refused(house: House) -> None:
    async with house.change() as unit:
        closed = await a_user(unit.session, is_active=False, is_confirmed=False)
    for email in (closed.email, an_email(), "nonsense"):
        payload = (await house.ask(CONFIRM, email=email, token="x"))["confirmAccount"]
        assert payload == {"user": None, "errors": [{"field": "token", "code": "INVALID"}]}
