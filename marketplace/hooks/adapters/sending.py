"""Carries messages over HTTPS, and never to an address inside our own network.

The name is resolved once; every address it leads to is checked; the connection goes to one of
those that were checked, so that a name cannot lead elsewhere between check and connection. TLS
still proves the name. Redirects are not followed, proxies of the environment not used.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final

import httpcore

from marketplace.hooks.ports import Answer
from marketplace.hooks.rules.addresses import ForbiddenAddressError, check_addresses, host_of

TIMEOUT_SECONDS: Final = 20.0
MOST_ANSWER_BYTES: Final = 64 * 1024
EXCERPT_LENGTH: Final = 500
_RESOLVE_SECONDS: Final = 5.0

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolve_name(host: str, port: int) -> Sequence[str]:
    """Every address a name leads to."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections only to addresses that were checked a moment ago."""

    def __init__(self, resolve: Resolve, *, allows_loopback: bool) -> None:
        self._resolve = resolve
        self._allows_loopback = allows_loopback
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - its own interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check all, connect to one of them."""
        async with asyncio.timeout(_RESOLVE_SECONDS):
            found = await self._resolve(host, port)
        address = check_addresses(found, allows_loopback=self._allows_loopback)
        return await self._network.connect_tcp(
            address, port, timeout, local_address, socket_options
        )

    async def sleep(self, seconds: float) -> None:
        """Wait between two tries of the pool."""
        await self._network.sleep(seconds)


class SafeWebhookSender:
    """Sends one message at a time over a connection of its own."""

    def __init__(
        self,
        *,
        allows_loopback: bool = False,
        resolve: Resolve = resolve_name,
        tls: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        """Only tests let it reach this machine, or look names up elsewhere."""
        self._allows_loopback = allows_loopback
        self._network = CheckedNetwork(resolve, allows_loopback=allows_loopback)
        self._tls = tls
        self._timeout = timeout

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send it once; whatever goes wrong is an answer, too."""
        began = time.monotonic()
        try:
            host_of(url, allows_loopback=self._allows_loopback)
            async with asyncio.timeout(self._timeout):
                code, text, retry_after = await self._exchange(url, headers, body)
        except (ForbiddenAddressError, OSError, httpcore.ProtocolError, TimeoutError) as problem:
            return Answer(None, _since(began), problem=_told(problem))
        except (httpcore.NetworkError, httpcore.TimeoutException) as problem:
            return Answer(None, _since(began), problem=_told(problem))
        return Answer(code, _since(began), text, retry_after)

    async def _exchange(
        self,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> tuple[int, str, str | None]:
        sent = [(name, value) for name, value in headers.items()]
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._tls, network_backend=self._network
            ) as pool,
            pool.stream("POST", url, headers=sent, content=body) as response,
        ):
            taken = bytearray()
            async for chunk in response.aiter_stream():
                taken += chunk
                if len(taken) >= MOST_ANSWER_BYTES:
                    break
            wishes = [value for name, value in response.headers if name.lower() == b"retry-after"]
            wish = wishes[0].decode("latin-1") if wishes else None
            return response.status, excerpt_of(bytes(taken)), wish


def excerpt_of(answer: bytes) -> str:
    """The beginning of an answer, as text that a table can hold."""
    text = answer[: EXCERPT_LENGTH * 4].decode("utf-8", "replace")
    return "".join(c if c.isprintable() or c == "\n" else "·" for c in text)[:EXCERPT_LENGTH]


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)


def _told(problem: Exception) -> str:
    """What went wrong in one word, without an address: the log is for the endpoint's owner."""
    if isinstance(problem, ForbiddenAddressError):
        return "forbidden_address"
    if isinstance(problem, TimeoutError | httpcore.TimeoutException):
        return "timeout"
    if isinstance(problem, socket.gaierror):
        return "unknown_host"
    if isinstance(problem, httpcore.ProtocolError):
        return "no_http"
    return "no_connection"
