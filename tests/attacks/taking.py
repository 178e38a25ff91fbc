"""A house in a process of its own, which is handed every hostile file at every door.

Tells, as JSON, what each door answered and after how long, what was kept, and how far the memory
grew.
"""

import asyncio
import json
import resource
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
from sqlalchemy import text
from starlette.datastructures import UploadFile

from marketplace.app.asgi import create_app
from marketplace.app.composition import Composition
from marketplace.app.settings import Environment
from tests.asking import ask
from tests.attacks.files import HOSTILE
from tests.factories.accounts import PASSWORD
from tests.factories.settings import a_setting_of
from tests.factories.world import World, a_world
from tests.house.matrix import MUTATIONS, VIEWERS, Row
from tests.house.sources import ROOT

KEPT: Final = ("media_files", "import_runs", "import_file_parts", "evidences", "register_entries")
PRIVATE: Final = {True: "/media, private", False: "/media"}


def doors() -> list[Row]:
    """A row of the matrix for every change that takes a file, with somebody who may do it."""
    found = {row.field: row for row in MUTATIONS if "Upload!" in row.document and "+" in row.signs}
    return list(found.values())


def memory() -> int:
    """The most memory the process has ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def by_graphql(world: World, row: Row, name: str, data: bytes) -> list[str]:
    """The messages of the refusal."""
    variables = dict(row.variables(world))
    sent = {key for key, value in variables.items() if isinstance(value, UploadFile)}
    variables |= {key: UploadFile(BytesIO(data), filename=name) for key in sent}
    document = row.document.replace("{ field code }", "{ field message code }")
    viewer = world.viewers[VIEWERS[row.signs.index("+")]]
    answer = await ask(world.composition, document, viewer, **variables)
    assert not answer.errors, (row.field, name, answer.body)
    return [error["message"] for error in answer[row.field]["errors"]]


async def by_form(client: httpx.AsyncClient, name: str, data: bytes, *, private: bool) -> list[str]:
    """The messages of the refusal."""
    form = {"is_private": "true"} if private else {}
    answer = await client.post("/media", files={"file": (name, data)}, data=form)
    assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, (name, answer.text)
    return [error["message"] for error in answer.json().get("errors", [])]


async def kept(world: World, folder: Path) -> list[int]:
    """How much lies in the tables and in the store."""
    async with world.composition.sessions() as session:
        statements = [text(f"SELECT count(*) FROM {table}") for table in KEPT]  # noqa: S608 - our own names
        rows = [int(await session.scalar(each) or 0) for each in statements]
    return [*rows, await asyncio.to_thread(files_in, folder)]


def files_in(folder: Path) -> int:
    """How many files lie somewhere below."""
    return sum(1 for path in folder.rglob("*") if path.is_file())


async def signed_in(app: Any, email: str) -> httpx.AsyncClient:
    """A program with somebody's token."""
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000")
    document = "mutation($e: String!, $p: String!) { tokenCreate(email: $e, password: $p) {token} }"
    body = {"query": document, "variables": {"e": email, "p": PASSWORD}}
    answer = await client.post("/graphql/", json=body)
    token = answer.json()["data"]["tokenCreate"]["token"]
    client.headers.update({"Authorization": f"Bearer {token}", "Accept-Language": "vi"})
    return client


async def main(database_url: str, folder: Path) -> dict[str, Any]:
    """Hand everything in."""
    composition = Composition(
        a_setting_of(
            environment=Environment.TEST,
            database_url=database_url,
            media_url=f"file:{folder / 'media'}",
            smtp_url=f"file:{folder / 'outbox'}",
            sms_url=f"file:{folder / 'outbox'}",
            public_url="http://localhost:8000",
            var_folder=folder,
            reference_seconds=0,
            province=ROOT / "provinces" / "bac-kan",
        )
    )
    world = await a_world(composition)
    client = await signed_in(create_app(composition), world.users["owner"].email or "")
    before, at_first, told = await kept(world, folder / "media"), memory(), []
    for what, (name, data) in HOSTILE.items():
        for row in doors():
            start = time.perf_counter()
            messages = await by_graphql(world, row, name, data)
            told.append((row.field, what, messages, time.perf_counter() - start))
        for private, door in PRIVATE.items():
            start = time.perf_counter()
            messages = await by_form(client, name, data, private=private)
            told.append((door, what, messages, time.perf_counter() - start))
    after = await kept(world, folder / "media")
    await client.aclose()
    await composition.close()
    return {"told": told, "before": before, "after": after, "grown": memory() - at_first}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(sys.argv[1], Path(sys.argv[2])))))
