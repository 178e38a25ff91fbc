"""Reads shops over HTTPS, through a network that never leads inside our own.

Redirects are not followed, proxies of the environment not used, and no answer is read beyond its
limit: the shop's owner chose the address, not we.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

import httpcore

from marketplace.connector.adapters.documents import GOODS, ONE, PAGE_SIZE
from marketplace.connector.ports import ShopAddress, ShopError
from marketplace.connector.rules.addresses import keys_url
from marketplace.connector.rules.goods import ShopGood, ShopPage
from marketplace.connector.rules.reading import UnreadableAnswerError, read_good, read_page
from marketplace.connector.rules.states import Trouble
from marketplace.hooks.rules.addresses import ForbiddenAddressError, host_of

TIMEOUT_SECONDS: Final = 20.0
MOST_ANSWER_BYTES: Final = 8 * 1024 * 1024
MOST_PICTURE_BYTES: Final = 10 * 1024 * 1024
MOST_KEYS_BYTES: Final = 64 * 1024
_OK: Final = 200
_NOT_ALLOWED: Final = frozenset({401, 403})
_FAULTS: Final = (
    OSError,
    TimeoutError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
)


class SaleorShops:
    """Every shop, over connections of its own."""

    def __init__(
        self,
        network: httpcore.AsyncNetworkBackend,
        *,
        allows_loopback: bool = False,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        """The network checks every address a name leads to; only tests may reach this machine."""
        self._network = network
        self._allows_loopback = allows_loopback
        self._timeout = timeout

    async def goods(self, shop: ShopAddress, after: str | None) -> ShopPage:
        """A page of its goods.

        Raises:
            ShopError: it cannot be read.
        """
        answer = await self._ask(shop, GOODS, {"first": PAGE_SIZE, "after": after})
        try:
            return read_page(answer, shop.channel)
        except UnreadableAnswerError:
            raise ShopError(Trouble.UNREADABLE) from None

    async def good(self, shop: ShopAddress, external_id: str) -> ShopGood | None:
        """One product; None when the shop does not show it (any more).

        Raises:
            ShopError: it cannot be read.
        """
        answer = await self._ask(shop, ONE, {"id": external_id})
        node = answer.get("product", "untold")
        good = read_good(node, shop.channel)
        if good is None and node is not None:
            # Only a clear "there is none" takes something off the shelf.
            raise ShopError(Trouble.UNREADABLE)
        return good

    async def picture(self, url: str) -> bytes:
        """The bytes of a picture, of a limited size.

        Raises:
            ShopError: it cannot be read.
        """
        return await self._exchange("GET", url, {}, None, MOST_PICTURE_BYTES)

    async def keys(self, url: str) -> str:
        """The keys that the shop at this API signs with, as they stand there.

        Raises:
            ShopError: they cannot be read.
        """
        found = await self._exchange("GET", keys_url(url), {}, None, MOST_KEYS_BYTES)
        return found.decode("utf-8", "replace")

    async def _ask(
        self,
        shop: ShopAddress,
        document: str,
        variables: Mapping[str, object],
    ) -> Mapping[str, Any]:
        told = {**variables, "channel": shop.channel, "asApp": shop.token is not None}
        headers = {"content-type": "application/json"}
        if shop.token is not None:
            headers["authorization"] = f"Bearer {shop.token}"
        body = json.dumps({"query": document, "variables": told}).encode()
        answer = await self._exchange("POST", shop.url, headers, body, MOST_ANSWER_BYTES)
        try:
            found = json.loads(answer)
        except (ValueError, RecursionError):
            raise ShopError(Trouble.UNREADABLE) from None
        if isinstance(found, dict) and found.get("errors"):
            # Half an answer would take goods off the shelf that are only not told.
            raise ShopError(Trouble.REFUSED)
        if not isinstance(found, dict) or not isinstance(found.get("data"), dict):
            raise ShopError(Trouble.UNREADABLE)
        data: Mapping[str, Any] = found["data"]
        return data

    async def _exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        most: int,
    ) -> bytes:
        try:
            host_of(url, allows_loopback=self._allows_loopback)
            async with asyncio.timeout(self._timeout):
                code, answer = await self._send(method, url, headers, body, most)
        except ForbiddenAddressError:
            raise ShopError(Trouble.FORBIDDEN_ADDRESS) from None
        except _FAULTS:
            raise ShopError(Trouble.UNREACHABLE) from None
        if code in _NOT_ALLOWED:
            raise ShopError(Trouble.REFUSED)
        if code != _OK:
            raise ShopError(Trouble.UNREACHABLE)
        return answer

    async def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        most: int,
    ) -> tuple[int, bytes]:
        sent = [("user-agent", "marketplace-connector"), *headers.items()]
        async with (
            httpcore.AsyncConnectionPool(network_backend=self._network) as pool,
            pool.stream(method, url, headers=sent, content=body) as response,
        ):
            taken = bytearray()
            async for chunk in response.aiter_stream():
                taken += chunk
                if len(taken) > most:
                    raise ShopError(Trouble.TOO_MUCH)
            return response.status, bytes(taken)
