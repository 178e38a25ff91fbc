"""Text messages by a gateway that takes JSON over HTTPS."""

from http import HTTPStatus
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from marketplace.accounts.ports import PostError, UndeliverableError

_SECONDS: Final = 15


class GatewayTextMessages:
    """Posts `{"to", "text"}` to the gateway of `https://:key@host/path`, the key as bearer."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        where = host if parts.port is None else f"{host}:{parts.port}"
        self._url = urlunsplit(parts._replace(netloc=where))
        key = unquote(parts.password or parts.username or "")
        self._headers = {"authorization": f"Bearer {key}"} if key else {}

    async def send(self, phone: str, text: str) -> None:
        """Hand the message over.

        Raises:
            PostError: the gateway cannot be reached, or is busy.
            UndeliverableError: the gateway refuses the message for good.
        """
        try:
            async with httpx.AsyncClient(timeout=_SECONDS, headers=self._headers) as client:
                answer = await client.post(self._url, json={"to": phone, "text": text})
        except httpx.TransportError as error:
            raise PostError(str(error)) from error
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS or answer.is_server_error:
            raise PostError(f"The gateway answered {answer.status_code}.")
        if not answer.is_success:
            raise UndeliverableError(f"The gateway answered {answer.status_code}.")
