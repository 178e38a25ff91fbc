"""How the sandbox registry sends its messages: signed, and as badly as its switches say."""

import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from marketplace.app.sandbox.book import Book, Dossier
from marketplace.hooks.rules.signing import headers_for, new_secret

_TYPE = "dossier.status_changed"


@dataclass(frozen=True)
class Message:
    """A message as it is to be sent."""

    id: str
    body: bytes
    what: str


@dataclass
class Post:
    """Sends to one receiver and remembers how it went, newest first."""

    book: Book
    url: str
    secret: str
    held: list[Message] = field(default_factory=list)
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=200))

    async def tell(self, dossier: Dossier) -> None:
        """Send what became of a dossier, or hold it back, as the switches say."""
        switches = self.book.switches
        message = message_about(dossier)
        if switches.forged:
            forged = message_about(dossier, status=9, seq=dossier.seq + 50)
            await self.send(forged, secret=new_secret(), how="forged")
        if switches.silent:
            self._note(message, "silent", None)
        elif switches.late or (switches.out_of_order and not self.held):
            self.held.append(message)
            self._note(message, "held", None)
        else:
            await self.send(message)
            if switches.doubled:
                await self.send(message, how="again")
            if switches.out_of_order:
                await self.release()

    async def release(self) -> None:
        """Send what was held back, the oldest first."""
        while self.held:
            await self.send(self.held.pop(0), how="late")

    async def send(self, message: Message, *, secret: str = "", how: str = "sent") -> int | None:
        """Send a message once; how it was answered."""
        headers = headers_for([secret or self.secret], message.id, int(time.time()), message.body)
        headers["content-type"] = "application/json"
        try:
            async with httpx.AsyncClient(timeout=20) as client:
                answer = await client.post(self.url, content=message.body, headers=headers)
            code: int | None = answer.status_code
        except httpx.HTTPError:
            code = None
        self._note(message, how, code)
        return code

    def _note(self, message: Message, how: str, code: int | None) -> None:
        at = time.strftime("%H:%M:%S")
        self.log.appendleft(
            {"id": message.id, "what": message.what, "how": how, "code": code, "at": at}
        )


def message_about(dossier: Dossier, **other: int) -> Message:
    """The message that a dossier has another status: ids and codes only."""
    message_id = f"msg_{secrets.token_hex(12)}"
    data: dict[str, Any] = {
        "dossier": dossier.code,
        "our_code": dossier.our_code,
        "nonce": dossier.nonce,
        "status": dossier.status,
        "seq": dossier.seq,
        "at": dossier.at,
        **other,
    }
    body = orjson.dumps(
        {
            "specversion": "1.0",
            "id": message_id,
            "source": "/sandbox/registry",
            "type": _TYPE,
            "subject": f"dossier/{dossier.code}",
            "time": dossier.at,
            "timestamp": dossier.at,
            "datacontenttype": "application/json",
            "data": data,
        },
    )
    return Message(message_id, body, f"{dossier.code} → {data['status']} (seq {data['seq']})")
