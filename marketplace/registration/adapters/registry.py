"""Asks a business registry over HTTP, by the contract of docs/guides/registry.md."""

from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import httpx

from marketplace.registration.ports import RegistryAwayError
from marketplace.registration.rules.registry import (
    Claim,
    Company,
    Filing,
    UnreadableAnswerError,
    read_claim,
    read_company,
)

TIMEOUT_SECONDS: Final = 10.0
MOST_BYTES: Final = 64 * 1024


class HTTPRegistry:
    """A registry at an address; whatever it does not say plainly is "ask again later"."""

    def __init__(self, url: str, token: str | None, *, timeout: float = TIMEOUT_SECONDS) -> None:
        """Takes where it answers and what it wants to see of us."""
        self._url = url.rstrip("/")
        self._headers = {} if token is None else {"authorization": f"Bearer {token}"}
        self._timeout = timeout

    async def file(self, filing: Filing) -> Claim:
        """Hand a dossier in; the same one again is the same dossier."""
        told = await self._ask("POST", "/dossiers", asdict(filing))
        if told is None:
            raise RegistryAwayError("it takes no dossiers")
        return _read(told)

    async def dossier(self, code: str) -> Claim | None:
        """How the registry's dossier of that code stands."""
        told = await self._ask("GET", f"/dossiers/{quote(code, safe='')}")
        return None if told is None else _read(told)

    async def company(self, code: str) -> Company | None:
        """The business of that code in the register."""
        told = await self._ask("GET", f"/companies/{quote(code, safe='')}")
        try:
            return None if told is None else read_company(told)
        except UnreadableAnswerError as problem:
            raise RegistryAwayError(f"its answer cannot be read: {problem}") from problem

    async def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any] | None:
        try:
            async with (
                httpx.AsyncClient(timeout=self._timeout, headers=self._headers) as client,
                client.stream(method, self._url + path, json=body) as response,
            ):
                if response.status_code == HTTPStatus.NOT_FOUND:
                    return None
                if response.status_code not in {HTTPStatus.OK, HTTPStatus.CREATED}:
                    raise RegistryAwayError(f"it answers {response.status_code}")
                data = await _limited(response)
                told = httpx.Response(200, content=data).json()
        except (httpx.HTTPError, ValueError) as problem:
            raise RegistryAwayError(type(problem).__name__) from problem
        if not isinstance(told, dict):
            raise RegistryAwayError("its answer cannot be read")
        return told


async def _limited(response: httpx.Response) -> bytes:
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > MOST_BYTES:
            raise RegistryAwayError("its answer is too long")
    return bytes(data)


def _read(told: Mapping[str, Any]) -> Claim:
    try:
        return read_claim(told)
    except UnreadableAnswerError as problem:
        raise RegistryAwayError(f"its answer cannot be read: {problem}") from problem
