"""A load of so many connections, each asking again as soon as it is answered."""

import asyncio
import time
from dataclasses import dataclass

from tests.bench.questions import Question

OK = 200


@dataclass(frozen=True, slots=True)
class Load:
    """What a load measured: requests a second, and milliseconds of one request."""

    rate: float
    median: float
    slowest: float
    requests: int
    size: int


def request_bytes(question: Question) -> bytes:
    """The request as it goes over the wire."""
    head = (
        f"{question.method} {question.path} HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(question.body)}\r\n\r\n"
    )
    return head.encode() + question.body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length, chunked = None, False
    for line in head.split(b"\r\n")[1:]:
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        chunked = chunked or (name.lower() == b"transfer-encoding" and b"chunked" in value)
    if not chunked:
        return status, await reader.readexactly(length or 0)
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return status, b"".join(parts)


async def ask_once(port: int, question: Question) -> bytes:
    """One answer's body.

    Raises:
        RuntimeError: it was no answer.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request_bytes(question))
    status, body = await _answer(reader)
    writer.close()
    if status != OK or b'"errors":' in body[:2000]:
        raise RuntimeError(f"{question.name}: {status} {body[:500]!r}")
    return body


async def put_load(port: int, question: Question, connections: int, seconds: float) -> Load:
    """Ask over so many connections for so long."""
    sent, times, size = request_bytes(question), [], 0
    end = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal size
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            began = time.perf_counter()
            writer.write(sent)
            status, body = await _answer(reader)
            if status != OK:
                raise RuntimeError(f"{question.name}: {status} {body[:300]!r}")
            times.append((time.perf_counter() - began) * 1000)
            size = len(body)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    took = time.perf_counter() - began
    times.sort()
    return Load(
        rate=len(times) / took,
        median=times[len(times) // 2],
        slowest=times[min(len(times) - 1, int(len(times) * 0.99))],
        requests=len(times),
        size=size,
    )
