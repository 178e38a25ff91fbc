"""What is beside us on the same server: the same bytes, bare, and the same rows by one SQL.

Run as `granian tests.bench.floors:app` with BENCH_ANSWERS naming a folder of recorded answers
(`<n>.bin`) and statements (`<n>.sql`), and DATABASE_URL.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from psycopg_pool import AsyncConnectionPool

Message = MutableMapping[str, Any]


class Floors:
    """`/bare/<n>` answers recorded bytes, `/sql/<n>` runs one statement and answers its JSON."""

    def __init__(self) -> None:
        folder = Path(os.environ["BENCH_ANSWERS"])
        self._bytes = {path.stem: path.read_bytes() for path in folder.glob("*.bin")}
        self._sql = {path.stem: path.read_bytes() for path in folder.glob("*.sql")}
        self._pool: AsyncConnectionPool | None = None

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            while (message := await receive())["type"] != "lifespan.shutdown":
                await send({"type": f"{message['type']}.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        if scope["type"] != "http":
            return
        await receive()
        _empty, kind, number = scope["path"].split("/")
        body = self._bytes[number] if kind == "bare" else await self._row(self._sql[number])
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _row(self, statement: bytes) -> bytes:
        if self._pool is None:
            address = os.environ["DATABASE_URL"].replace("+psycopg", "", 1)
            self._pool = AsyncConnectionPool(
                address,
                min_size=1,
                max_size=8,
                open=False,
                kwargs={"autocommit": True, "prepare_threshold": 1},
            )
            await self._pool.open()
        async with self._pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            found = await (await cursor.execute(statement)).fetchone()
        return b"null" if found is None or found[0] is None else repr(found[0]).encode()


app = Floors()
