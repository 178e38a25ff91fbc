"""Another system that takes our messages, as well behaved as the test wants it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Taken:
    """One request as it came over the wire."""

    head: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What it answers, and what it got."""

    answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n"
    delay: float = 0
    port: int = 0
    taken: list[Taken] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook?key=1"

    def answers(self, status: str, body: bytes = b"", **headers: str) -> None:
        """Answer so from now on."""
        lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
        length = f"content-length: {len(body)}\r\n"
        self.answer = f"HTTP/1.1 {status}\r\n{length}{''.join(lines)}\r\n".encode() + body

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.rstrip().split("\r\n")
            headers = {
                name.lower(): value.strip()
                for name, _, value in (each.partition(":") for each in lines)
            }
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.taken.append(Taken(first, headers, body))
            await asyncio.sleep(self.delay)
            writer.write(self.answer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver that listens until the block ends."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver
