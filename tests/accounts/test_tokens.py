import asyncio
import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import select, update

from marketplace.accounts import queries
from marketplace.accounts.errors import BearerExpiredError, BearerInvalidError
from marketplace.accounts.models import SigningKey, User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.services.keys import (
    REFRESH_LIFETIME,
    current_signer,
    jwks_of,
    rotate_keys,
    trusted_since,
)
from marketplace.accounts.services.tokens import TokenPair, issue_tokens
from marketplace.accounts.services.viewers import bearer_of
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.viewer import VISITOR
from tests.accounts.house import SETTINGS, House
from tests.factories.accounts import PASSWORD, a_user

TOKEN_CREATE = """
mutation ($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token refreshToken csrfToken errors { code } }
}
"""
REFRESH = """
mutation ($token: String) {
  tokenRefresh(refreshToken: $token) { token user { id } errors { field code message } }
}
"""
VERIFY = """
mutation ($token: String!) {
  tokenVerify(token: $token) { isValid payload user { email } errors { code } }
}
"""


async def _pair(house: House) -> tuple[User, TokenPair]:
    async with house.change() as unit:
        user = await a_user(unit.session)
        return user, await issue_tokens(unit, SETTINGS, user)


async def test_the_claims_are_those_of_the_contract(house: House) -> None:
    async with house.change() as unit:
        user = await a_user(unit.session)
    payload = (await house.ask(TOKEN_CREATE, email=user.email, password=PASSWORD))["tokenCreate"]
    claims = [
        jwt.decode(payload[name], options={"verify_signature": False})
        for name in ("token", "refreshToken")
    ]
    user_id = base64.b64encode(f"User:{user.id}".encode()).decode()
    for claim, kind, seconds in zip(claims, ("access", "refresh"), (300, 30 * 86400), strict=True):
        assert claim["iss"] == "http://localhost:8000/graphql/"
        assert claim["exp"] - claim["iat"] == seconds
        assert claim["type"] == kind
        assert claim["owner"] == "saleor"
        assert claim["email"] == user.email
        assert claim["user_id"] == user_id
        assert claim["is_staff"] is False
        assert claim["token"] == user.token_key
    assert claims[1]["csrfToken"] == payload["csrfToken"]
    header = jwt.get_unverified_header(payload["token"])
    assert header["alg"] == "RS256"


async def test_anybody_can_check_a_token_by_the_published_keys(house: House) -> None:
    _user, pair = await _pair(house)
    async with house.sessions() as session:
        keys = await session.scalars(
            queries.trusted_signing_keys(trusted_since(datetime.now(UTC))),
        )
        document = json.loads(json.dumps(jwks_of(keys.all())))
    assert "d" not in document["keys"][0]
    kid = jwt.get_unverified_header(pair.access)["kid"]
    key = jwt.PyJWKSet.from_dict(document)[kid]
    assert jwt.decode(pair.access, key, algorithms=["RS256"], issuer=SETTINGS.issuer)


async def test_a_refresh_token_serves_many_at_once_and_again(house: House) -> None:
    user, pair = await _pair(house)
    answers = await asyncio.gather(
        *(house.ask(REFRESH, token=pair.refresh) for _request in range(8)),
    )
    for answer in answers:
        payload = answer["tokenRefresh"]
        assert payload["errors"] == []
        assert (await house.bearer(payload["token"])).user_id == user.id
    assert (await house.ask(REFRESH, token=pair.refresh))["tokenRefresh"]["token"]


async def test_a_bad_refresh_token_is_an_answer_with_errors(house: House) -> None:
    _user, pair = await _pair(house)
    cases = [
        (None, "JWT_MISSING_TOKEN"),
        ("", "JWT_MISSING_TOKEN"),
        ("nonsense", "JWT_INVALID_TOKEN"),
        (pair.access, "JWT_INVALID_TOKEN"),
        (pair.refresh[:-10], "JWT_INVALID_TOKEN"),
    ]
    for token, code in cases:
        payload = (await house.ask(REFRESH, token=token))["tokenRefresh"]
        assert payload["token"] is None
        assert [(e["field"], e["code"]) for e in payload["errors"]] == [("refreshToken", code)]


async def test_a_token_can_be_verified(house: House) -> None:
    user, pair = await _pair(house)
    good = (await house.ask(VERIFY, token=pair.access))["tokenVerify"]
    assert good["isValid"] is True
    assert good["user"]["email"] == user.email
    assert good["payload"]["type"] == "access"
    bad = (await house.ask(VERIFY, token="a.b.c"))["tokenVerify"]
    assert bad == {
        "isValid": False,
        "payload": None,
        "user": None,
        "errors": [{"code": "JWT_INVALID_TOKEN"}],
    }


async def _forge(house: House, original: str, /, **changes: object) -> str:
    """The token with other claims, signed with our own key."""
    header = jwt.get_unverified_header(original)
    claims = jwt.decode(original, options={"verify_signature": False}) | changes
    async with house.change() as unit:
        signer = await current_signer(unit, SETTINGS)
    assert header["kid"] == signer.kid
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, signer.private_key, "RS256", headers={"kid": signer.kid})


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "http://localhost:8000/graphql"},
        {"iss": "http://evil.example.net/graphql/"},
        {"iss": None},
        {"exp": None},
        {"iat": None},
        {"type": "refresh"},
        {"type": "thirdparty"},
        {"token": "another-key"},
        {"token": None},
        {"user_id": "VXNlcjox"},
        {"user_id": None},
        {"user_id": 7},
        {"nbf": 4102444800},
    ],
)
async def test_claims_that_are_not_right_let_nobody_in(
    house: House, changes: dict[str, Any]
) -> None:
    _user, pair = await _pair(house)
    with pytest.raises(BearerInvalidError) as refused:
        await house.bearer(await _forge(house, pair.access, **changes))
    assert refused.value.code == "InvalidTokenError"


async def test_a_token_of_one_person_does_not_open_another(house: House) -> None:
    _mine, pair = await _pair(house)
    theirs, _their_pair = await _pair(house)
    their_id = base64.b64encode(f"User:{theirs.id}".encode()).decode()
    with pytest.raises(BearerInvalidError):
        await house.bearer(await _forge(house, pair.access, user_id=their_id))


async def test_an_expired_token_is_told_apart(house: House) -> None:
    _user, pair = await _pair(house)
    past = int((datetime.now(UTC) - timedelta(minutes=1)).timestamp())
    expired = await _forge(house, pair.access, exp=past)
    with pytest.raises(BearerExpiredError) as refused:
        await house.bearer(expired)
    assert refused.value.code == "ExpiredSignatureError"
    refresh = await _forge(house, pair.refresh, exp=past)
    payload = (await house.ask(REFRESH, token=refresh))["tokenRefresh"]
    assert payload["errors"][0]["code"] == "JWT_SIGNATURE_EXPIRED"


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header = jwt.get_unverified_header(token)
    return header, jwt.decode(token, options={"verify_signature": False})


def _unsigned(token: str) -> str:
    header, claims = _parts(token)
    parts = ({"alg": "none", "typ": "JWT", "kid": header["kid"]}, claims)
    encoded = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts
    ]
    return ".".join([*encoded, ""])


def _unsigned_as_rs256(token: str) -> str:
    return ".".join([*token.split(".")[:2], ""])


def _with_own_key(token: str) -> str:
    header, claims = _parts(token)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, "RS256", headers={"kid": header["kid"]})


def _unknown_kid(token: str) -> str:
    _header, claims = _parts(token)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, "RS256", headers={"kid": "unknown"})


def _kid_with_nul(token: str) -> str:
    _header, claims = _parts(token)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, "RS256", headers={"kid": "a\x00b"})


def _without_kid(token: str) -> str:
    _header, claims = _parts(token)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, key, "RS256")


def _truncated(token: str) -> str:
    return token[:-8]


def _altered_claims(token: str) -> str:
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["is_staff"] = True
    altered = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{altered}.{signature}"


def _very_long(token: str) -> str:
    return token + "A" * 5000


def _nothing(_token: str) -> str:
    return "."


@pytest.mark.parametrize(
    "tamper",
    [
        _unsigned,
        _unsigned_as_rs256,
        _with_own_key,
        _unknown_kid,
        _kid_with_nul,
        _without_kid,
        _truncated,
        _altered_claims,
        _very_long,
        _nothing,
    ],
)
async def test_tampered_tokens_let_nobody_in(house: House, tamper: Callable[[str], str]) -> None:
    _user, pair = await _pair(house)
    with pytest.raises(BearerInvalidError):
        await house.bearer(tamper(pair.access))
    payload = (await house.ask(REFRESH, token=tamper(pair.refresh)))["tokenRefresh"]
    assert payload["errors"][0]["code"] == "JWT_INVALID_TOKEN"


async def test_the_public_key_is_no_secret_to_sign_with(house: House) -> None:
    """HS256 with the public key as secret: the classic confusion of algorithms."""
    _user, pair = await _pair(house)
    header, claims = _parts(pair.access)
    async with house.change() as unit:
        signer = await current_signer(unit, SETTINGS)
    pem = signer.private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    encoded = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "typ": "JWT", "kid": header["kid"]}, claims)
    ]
    algorithm = jwt.get_algorithm_by_name("HS256")
    signature = algorithm.sign(b".".join(encoded), pem)
    forged = b".".join([*encoded, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()
    with pytest.raises(BearerInvalidError):
        await house.bearer(forged)


async def test_a_closed_account_has_no_tokens(house: House) -> None:
    user, pair = await _pair(house)
    async with house.change() as unit:
        await unit.session.execute(
            update(User).where(User.id == user.id).values(is_active=False),
        )
    with pytest.raises(BearerInvalidError):
        await house.bearer(pair.access)


async def test_old_keys_verify_until_their_tokens_lapse(house: House) -> None:
    user, pair = await _pair(house)
    async with house.change() as unit:
        fresh = await rotate_keys(unit, SETTINGS)
    old_kid = jwt.get_unverified_header(pair.access)["kid"]
    assert fresh.kid != old_kid
    assert (await house.bearer(pair.access)).user_id == user.id
    renewed = (await house.ask(REFRESH, token=pair.refresh))["tokenRefresh"]["token"]
    assert jwt.get_unverified_header(renewed)["kid"] == fresh.kid
    async with house.change() as unit:
        await unit.session.execute(
            update(SigningKey)
            .where(SigningKey.kid == old_kid)
            .values(retired_at=unit.now - REFRESH_LIFETIME - timedelta(seconds=1)),
        )
    with pytest.raises(BearerInvalidError):
        await house.bearer(pair.access)
    async with house.change() as unit:
        await rotate_keys(unit, SETTINGS)
    async with house.sessions() as session:
        gone = await session.scalar(select(SigningKey).where(SigningKey.kid == old_kid))
    assert gone is None


async def test_a_leaked_key_is_dropped_at_once(house: House) -> None:
    _user, pair = await _pair(house)
    async with house.change() as unit:
        await rotate_keys(unit, SETTINGS, is_leaked=True)
    with pytest.raises(BearerInvalidError):
        await house.bearer(pair.access)


async def test_only_administrators_rotate(house: House) -> None:
    with pytest.raises(NotPermittedError):
        async with house.change(VISITOR) as unit:
            await rotate_keys(unit, SETTINGS)


async def test_another_secret_makes_another_key(house: House) -> None:
    user, pair = await _pair(house)
    other = AccountSettings(SETTINGS.public_url, "another secret of the same site, later on")
    async with house.change() as unit:
        signer = await current_signer(unit, other)
    assert signer.kid != jwt.get_unverified_header(pair.access)["kid"]
    assert (await house.bearer(pair.access)).user_id == user.id
    async with house.sessions() as session:
        keys = (await session.scalars(select(SigningKey.private_key))).all()
    assert all(b"PRIVATE" not in key for key in keys)


async def test_first_keys_made_at_once_are_one_key(house: House) -> None:
    async with house.change() as unit:
        await unit.session.execute(
            update(SigningKey).where(SigningKey.retired_at.is_(None)).values(retired_at=unit.now),
        )

    async def made() -> str:
        async with house.change() as unit:
            return (await current_signer(unit, SETTINGS)).kid

    kids = await asyncio.gather(*(made() for _process in range(4)))
    assert len(set(kids)) == 1


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (None, None),
        ("", None),
        ("Bearer", None),
        ("Bearer ", None),
        ("Basic abc", None),
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("JWT abc", "abc"),
    ],
)
def test_a_token_is_read_from_its_header(header: str | None, token: str | None) -> None:
    assert bearer_of(header) == token
