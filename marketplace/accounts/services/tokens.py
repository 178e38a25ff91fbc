"""The pair of tokens the API's clients hold: RS256, with the claims the contract names (c 3).

A refresh token may be used again and again, and by several requests at once: clients that render
a page cannot store a new one in between. What ends it is its age, or the person's token key.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import jwt
from jwt.exceptions import ExpiredSignatureError, InvalidTokenError, PyJWKError
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.accounts import queries
from marketplace.accounts.errors import TokenExpiredError, TokenInvalidError, TokenMissingError
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.calendar import local_day
from marketplace.accounts.services.keys import (
    ACCESS_LIFETIME,
    REFRESH_LIFETIME,
    Signer,
    current_signer,
    trusted_since,
)
from marketplace.kernel.graph.ids import from_global, to_global
from marketplace.kernel.unit_of_work import UnitOfWork

ACCESS: Final = "access"
REFRESH: Final = "refresh"
_ALGORITHM: Final = "RS256"
_OWNER: Final = "saleor"  # the word clients of the contract know
_REQUIRED: Final = ("exp", "iat", "iss", "type", "user_id", "token")
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a client is given when its person signs in."""

    access: str
    refresh: str
    csrf: str


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """A token of which signature, age, issuer and person were checked."""

    user_id: UUID
    claims: dict[str, Any]
    rows: Sequence[Row[Any]]


async def issue_tokens(unit: UnitOfWork, settings: AccountSettings, user: User) -> TokenPair:
    """An access token and a refresh token for the person."""
    signer = await current_signer(unit, settings)
    csrf = secrets.token_urlsafe(24)
    return TokenPair(
        csrf=csrf,
        access=_sign(signer, _claims(unit, settings, user, ACCESS, ACCESS_LIFETIME)),
        refresh=_sign(
            signer,
            _claims(unit, settings, user, REFRESH, REFRESH_LIFETIME) | {"csrfToken": csrf},
        ),
    )


async def refresh_access(
    unit: UnitOfWork,
    settings: AccountSettings,
    token: str | None,
) -> tuple[str, User]:
    """A new access token, and its person, for whoever holds the refresh token.

    Raises:
        TokenMissingError: none was given.
        TokenInvalidError: it is no refresh token of ours, or its person signed out everywhere.
        TokenExpiredError: it is too old.
    """
    if not token:
        raise TokenMissingError("refreshToken")
    try:
        verified = await verify_token(unit.session, settings, token, unit.now, kind=REFRESH)
    except (TokenExpiredError, TokenInvalidError) as error:
        raise type(error)("refreshToken") from None
    user = await unit.session.get_one(User, verified.user_id)
    signer = await current_signer(unit, settings)
    return _sign(signer, _claims(unit, settings, user, ACCESS, ACCESS_LIFETIME)), user


async def verify_token(
    session: AsyncSession,
    settings: AccountSettings,
    token: str,
    now: datetime,
    *,
    kind: str | None = None,
) -> VerifiedToken:
    """Check everything about a token, with one statement.

    The key and the person that the token names are read before its signature is checked; until
    then both are only what a stranger claims. With `kind`, only that kind of token will do.

    Raises:
        TokenInvalidError: it is none of ours, or its person is gone or signed out everywhere.
        TokenExpiredError: it is too old.
    """
    kid, claimed_user = _claimed(token)
    rows = (
        await session.execute(
            queries.holder_of_bearer(kid, claimed_user, trusted_since(now), local_day(now)),
        )
    ).all()
    if not rows:
        raise TokenInvalidError
    claims = _verified_claims(token, rows[0].public_jwk, settings.issuer)
    held = rows[0]
    is_good = (
        held.user_id is not None
        and held.is_active
        and claims["token"] == held.token_key
        and claims["type"] in ({kind} if kind else {ACCESS, REFRESH})
        and claims["user_id"] == to_global("User", held.user_id)
    )
    if not is_good:
        raise TokenInvalidError
    return VerifiedToken(held.user_id, claims, rows)


def _claimed(token: str) -> tuple[str, UUID]:
    """The key and the person that a token names, before anything about it is known."""
    if len(token) > _LONGEST:
        raise TokenInvalidError
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False, "verify_exp": False})
    except InvalidTokenError:
        raise TokenInvalidError from None
    kid, user = header.get("kid"), claims.get("user_id")
    user_id = from_global("User", user) if isinstance(user, str) else None
    if header.get("alg") != _ALGORITHM or not isinstance(kid, str) or user_id is None:
        raise TokenInvalidError
    if "\x00" in kid:  # no database would take it
        raise TokenInvalidError
    return kid, user_id


def _verified_claims(token: str, public_jwk: dict[str, Any], issuer: str) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            jwt.PyJWK(public_jwk, algorithm=_ALGORITHM),
            algorithms=[_ALGORITHM],
            issuer=issuer,
            options={"require": list(_REQUIRED), "verify_iat": False},
        )
    except ExpiredSignatureError:
        raise TokenExpiredError from None
    except (InvalidTokenError, PyJWKError):
        raise TokenInvalidError from None


def _claims(
    unit: UnitOfWork,
    settings: AccountSettings,
    user: User,
    kind: str,
    lifetime: timedelta,
) -> dict[str, Any]:
    issued = int(unit.now.timestamp())
    return {
        "iat": issued,
        "owner": _OWNER,
        "iss": settings.issuer,
        "exp": issued + int(lifetime.total_seconds()),
        "token": user.token_key,
        "email": user.email or "",
        "type": kind,
        "user_id": to_global("User", user.id),
        "is_staff": user.is_administrator,
    }


def _sign(signer: Signer, claims: dict[str, Any]) -> str:
    return jwt.encode(claims, signer.private_key, _ALGORITHM, headers={"kid": signer.kid})
