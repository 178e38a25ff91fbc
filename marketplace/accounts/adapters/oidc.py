"""Any OpenID Connect provider: discovery, authorization code with PKCE, verified ID tokens.

OpenID Connect Core 1.0 (3.1), Discovery 1.0 (4), RFC 7636 (PKCE), RFC 9207 (issuer in the answer).
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import orjson
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from marketplace.accounts.errors import IdentityRefusedError, ProviderUnavailableError
from marketplace.accounts.ports import IdentityTrip, ProviderAnswer
from marketplace.accounts.rules.identity import (
    ALGORITHMS,
    CLOCK_SKEW,
    Asserted,
    read_claims,
)

_SECONDS: Final = 10.0
_KEPT_SECONDS: Final = 3600.0
# A provider that changes its keys is believed at once; one that sends unknown keys, not again soon.
_KEYS_AGAIN_SECONDS: Final = 30.0
_MOST_BYTES: Final = 256_000
_SCOPE: Final = "openid profile email phone"
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OpenIDProvider:
    """One provider, known by its issuer; what it publishes is kept for an hour."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str | None,
        claims: Mapping[str, str],
        name: str,
    ) -> None:
        self.issuer = issuer
        self.name = name
        self._client_id = client_id
        self._client_secret = client_secret
        self._claims = claims
        self._turn = asyncio.Lock()
        self._metadata: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._looked_again = -_KEYS_AGAIN_SECONDS

    async def address(self, trip: IdentityTrip) -> str:
        """Where the browser goes to."""
        found = await self._discovered()
        address: str = prepare_grant_uri(
            found["authorization_endpoint"],
            self._client_id,
            "code",
            trip.redirect_uri,
            _SCOPE,
            trip.state,
            nonce=trip.nonce,
            code_challenge=create_s256_code_challenge(trip.verifier),
            code_challenge_method="S256",
        )
        return address

    async def redeem(self, trip: IdentityTrip, answer: ProviderAnswer) -> Asserted:
        """Change the code of the answer for a token, verify it, and read what it says."""
        found = await self._discovered()
        says_issuer = found.get("authorization_response_iss_parameter_supported") is True
        if (answer.issuer or says_issuer) and answer.issuer != self.issuer:
            raise IdentityRefusedError
        granted = await self._token(found["token_endpoint"], trip, answer.code)
        token = granted.get("id_token")
        if not isinstance(token, str):
            raise IdentityRefusedError
        return read_claims(await self._verified(token, granted, trip), self._claims)

    async def _discovered(self) -> Mapping[str, Any]:
        async with self._turn:
            if self._metadata is None or time.monotonic() - self._metadata[0] > _KEPT_SECONDS:
                address = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
                found = await self._get(address)
                if found.get("issuer") != self.issuer:
                    raise ProviderUnavailableError
                if not all(_is_safe(found.get(name), self.issuer) for name in _ENDPOINTS):
                    raise ProviderUnavailableError
                self._metadata = (time.monotonic(), found)
            return self._metadata[1]

    async def _token(self, address: str, trip: IdentityTrip, code: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": trip.redirect_uri,
            "code_verifier": trip.verifier,
            "client_id": self._client_id,
        }
        by_header = None
        if self._client_secret is not None:
            found = await self._discovered()
            ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
            if "client_secret_basic" in ways:
                by_header = httpx.BasicAuth(self._client_id, self._client_secret)
            else:
                form["client_secret"] = self._client_secret
        try:
            async with _client() as client:
                response = await client.post(address, data=form, auth=by_header or httpx.Auth())
        except httpx.HTTPError as error:
            raise ProviderUnavailableError from error
        if response.is_server_error:
            raise ProviderUnavailableError
        if not response.is_success:
            raise IdentityRefusedError
        return _json(response)

    async def _verified(
        self, token: str, granted: Mapping[str, Any], trip: IdentityTrip
    ) -> Mapping[str, Any]:
        header, claims = await self._opened(token)
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
            "nonce": {"essential": True, "value": trip.nonce},
        }
        parameters = {
            "nonce": trip.nonce,
            "client_id": self._client_id,
            "access_token": granted.get("access_token"),
        }
        checked = CodeIDToken(dict(claims), header, options, parameters)
        try:
            checked.validate(now=int(time.time()), leeway=CLOCK_SKEW)
        except Exception as error:
            # The library has an error of its own for each claim, and some for odd types.
            raise IdentityRefusedError from error
        if not isinstance(claims.get("sub"), str) or not claims["sub"]:
            raise IdentityRefusedError
        return claims

    async def _opened(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token whose signature holds, by today's keys or fresh ones."""
        found = _open(token, await self._key_set())
        if found is None and self._may_look_again():
            self._looked_again = time.monotonic()
            self._keys = None
            found = _open(token, await self._key_set())
        if found is None:
            raise IdentityRefusedError
        return found

    def _may_look_again(self) -> bool:
        return time.monotonic() - self._looked_again > _KEYS_AGAIN_SECONDS

    async def _key_set(self) -> KeySet:
        address = (await self._discovered())["jwks_uri"]
        async with self._turn:
            if self._keys is None or time.monotonic() - self._keys[0] > _KEPT_SECONDS:
                found: Any = await self._get(address)
                try:
                    self._keys = (time.monotonic(), KeySet.import_key_set(found))
                except (JoseError, ValueError, KeyError, TypeError) as error:
                    raise ProviderUnavailableError from error
            return self._keys[1]

    async def _get(self, address: str) -> Mapping[str, Any]:
        try:
            async with _client() as client:
                response = await client.get(address)
        except httpx.HTTPError as error:
            raise ProviderUnavailableError from error
        if not response.is_success:
            raise ProviderUnavailableError
        return _json(response)


def _client() -> httpx.AsyncClient:
    """Follows no redirect: a provider's addresses are those that it publishes."""
    return httpx.AsyncClient(timeout=_SECONDS, follow_redirects=False)


def _json(response: httpx.Response) -> Mapping[str, Any]:
    if len(response.content) > _MOST_BYTES:
        raise ProviderUnavailableError
    try:
        found = response.json()
    except ValueError as error:
        raise ProviderUnavailableError from error
    if not isinstance(found, dict):
        raise ProviderUnavailableError
    return found


def _is_safe(address: object, issuer: str) -> bool:
    """Whether an endpoint may be trusted: over TLS, or on the machine the issuer itself is on."""
    parts = urlsplit(address if isinstance(address, str) else "")
    ours = urlsplit(issuer)
    return parts.scheme == "https" or (
        parts.scheme == ours.scheme == "http" and parts.netloc == ours.netloc
    )


def _open(token: str, keys: KeySet) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Header and claims, or None when no key and no algorithm of ours fits."""
    try:
        opened = jws.deserialize_compact(token, keys, algorithms=list(ALGORITHMS))
        claims = orjson.loads(opened.payload)
    except (JoseError, ValueError):
        return None
    return (dict(opened.headers()), claims) if isinstance(claims, dict) else None
