"""Proves messages with saleor-sdk-python, around what it leaves to its caller.

The SDK answers None for an unknown key instead of raising, takes the algorithm from the message,
and verifies a token that carries its own payload in place of our body; so the form is checked
before (`rules.messages`), and only an answer that is our very body counts as a yes.
"""

import time
from collections import OrderedDict
from typing import Any, Final, Protocol

import structlog
from jwt.api_jwk import PyJWKSet
from jwt.exceptions import PyJWTError
from saleor_sdk.crypto.exceptions import CryptoException
from saleor_sdk.marina.auth import verify_webhook_signature
from saleor_sdk.marina.jwks import AbstractJWKSProvider

from marketplace.connector.ports import ShopError
from marketplace.connector.rules.messages import has_proper_form

log = structlog.get_logger(__name__)

KEPT_SECONDS: Final = 3600.0
# An unknown key is asked for again, and not more often however many strangers invent one.
AGAIN_SECONDS: Final = 60.0
MOST_SHOPS: Final = 500


class KeySource(Protocol):
    """Fetches the keys of a shop."""

    async def keys(self, url: str) -> str:
        """The keys of the shop at this API, as JSON."""
        ...


class ShopKeys(AbstractJWKSProvider):  # type: ignore[misc] # the library has no types
    """Keys by shop, kept in this process for a while."""

    def __init__(self, source: KeySource) -> None:
        """The source is asked by the pinned address only, never by one from a message."""
        self._source = source
        self._kept: OrderedDict[str, tuple[float, PyJWKSet]] = OrderedDict()

    async def get(self, issuer: str, force_refresh: bool = False) -> PyJWKSet:
        """The keys of a shop; fetched when they are unknown, old, or lack a key.

        Raises:
            ShopError: they cannot be fetched.
            PyJWTError: they cannot be read.
        """
        read_at, keys = self._kept.get(issuer, (0.0, None))
        age = time.monotonic() - read_at
        if keys is not None and age < (AGAIN_SECONDS if force_refresh else KEPT_SECONDS):
            return keys
        await self.set(issuer, await self._source.keys(issuer))
        return self._kept[issuer][1]

    async def set(self, issuer: str, jwks: str) -> None:
        """Keep the keys of a shop."""
        self._kept[issuer] = (time.monotonic(), PyJWKSet.from_json(jwks))
        self._kept.move_to_end(issuer)
        while len(self._kept) > MOST_SHOPS:
            self._kept.popitem(last=False)


class SaleorProof:
    """Tells whether a shop signed a message."""

    def __init__(self, keys: ShopKeys) -> None:
        self._keys = keys

    async def is_signed(self, url: str, signature: str, body: bytes) -> bool:
        """Whether the shop's own key signed these very bytes."""
        if not has_proper_form(signature):
            return False
        try:
            proven: Any = await verify_webhook_signature(body, signature, url, self._keys)
        except (PyJWTError, CryptoException, ShopError, ValueError, TypeError) as problem:
            log.info("connector.unproven", problem=type(problem).__name__)
            return False
        return isinstance(proven, bytes) and proven == body
