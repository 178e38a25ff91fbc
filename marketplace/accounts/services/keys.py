"""The key pairs that sign tokens: made here, published as JWKS, replaced from time to time."""

import asyncio
import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import delete, func, select, update

from marketplace.accounts import policies, queries
from marketplace.accounts.models import SigningKey
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.secrets import derive
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotPermittedError
from marketplace.kernel.unit_of_work import UnitOfWork

ACCESS_LIFETIME: Final = timedelta(minutes=5)
REFRESH_LIFETIME: Final = timedelta(days=30)
_KEY_BITS: Final = 2048
_LOCK: Final = 0x5349474E  # one process makes the first key, the others wait and find it


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the name of its public half."""

    kid: str
    private_key: rsa.RSAPrivateKey


async def current_signer(unit: UnitOfWork, settings: AccountSettings) -> Signer:
    """The key that signs today; made when there is none that this site's secret opens."""
    found = await unit.session.scalar(queries.current_signing_key().limit(1))
    signer = _open(found, settings)
    if signer is not None:
        return signer
    await unit.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    found = await unit.session.scalar(queries.current_signing_key().limit(1))
    return _open(found, settings) or await _replace_key(unit, settings)


async def rotate_keys(
    unit: UnitOfWork,
    settings: AccountSettings,
    *,
    is_leaked: bool = False,
) -> Signer:
    """Sign with a new key from now on.

    Tokens of the old ones stay good until they lapse, unless an old key has leaked: then all
    old keys are dropped and everybody who came by token signs in again.

    Raises:
        NotPermittedError: it is for administrators.
    """
    if not policies.may_manage_accounts(unit.viewer):
        raise NotPermittedError
    await unit.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    oldest = unit.now if is_leaked else trusted_since(unit.now)
    signer = await _replace_key(unit, settings)
    await unit.session.execute(
        delete(SigningKey).where(SigningKey.retired_at <= oldest, SigningKey.kid != signer.kid),
    )
    return signer


def trusted_since(now: datetime) -> datetime:
    """A key that was retired before this time has no token left that lives."""
    return now - REFRESH_LIFETIME


def jwks_of(keys: Sequence[SigningKey]) -> dict[str, Any]:
    """The JWKS document of those keys: their public halves."""
    return {"keys": [key.public_jwk for key in keys]}


async def _replace_key(unit: UnitOfWork, settings: AccountSettings) -> Signer:
    await unit.session.execute(
        update(SigningKey).where(SigningKey.retired_at.is_(None)).values(retired_at=unit.now),
    )
    private_key = await asyncio.to_thread(
        rsa.generate_private_key, public_exponent=65537, key_size=_KEY_BITS
    )
    kid = new_id().hex
    public = json.loads(RSAAlgorithm.to_jwk(private_key.public_key()))
    bare = private_key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    unit.session.add(
        SigningKey(
            kid=kid,
            public_jwk={
                "kty": "RSA",
                "use": "sig",
                "alg": "RS256",
                "kid": kid,
                "key_ops": ["verify"],
                "n": public["n"],
                "e": public["e"],
            },
            private_key=_fernet(settings.secret_key).encrypt(bare),
            created_at=unit.now,
        ),
    )
    await unit.session.flush()
    return Signer(kid, private_key)


def _open(key: SigningKey | None, settings: AccountSettings) -> Signer | None:
    """The key pair, or None when it was locked with another secret than today's."""
    if key is None:
        return None
    try:
        return Signer(key.kid, _unlock(key.private_key, settings.secret_key))
    except InvalidToken:
        return None


@lru_cache(maxsize=4)
def _unlock(locked: bytes, secret_key: str) -> rsa.RSAPrivateKey:
    private_key = serialization.load_der_private_key(_fernet(secret_key).decrypt(locked), None)
    if not isinstance(private_key, rsa.RSAPrivateKey):
        raise TypeError(f"a signing key is an RSA key, not {type(private_key).__name__}")
    return private_key


def _fernet(secret_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive(secret_key, "signing keys")))
