import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, HTTPException
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from marketplace.app.embedded.meilisearch import EmbeddedMeilisearch
from marketplace.app.health import (
    Condition,
    PartHealth,
    Probe,
    health_router,
    probe_database,
    probe_media,
    probe_search,
)
from marketplace.app.telemetry import current_request_id, instrument
from tests.factories.settings import a_setting_of


def saying(condition: Condition, detail: str = "") -> Probe:
    async def probe() -> PartHealth:
        return PartHealth(condition, detail)

    return probe


def a_client(
    probes: dict[str, Probe] | None = None, address: str = "127.0.0.1"
) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(health_router(probes or {}))

    @app.get("/things/{name}")
    async def thing(name: str) -> dict[str, str | None]:
        if name == "broken":
            raise HTTPException(500)
        return {"request_id": current_request_id()}

    instrument(app, a_setting_of())
    transport = httpx.ASGITransport(app, client=(address, 1234))
    return httpx.AsyncClient(transport=transport, base_url="http://site")


@pytest.fixture
async def nowhere() -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    yield engine
    await engine.dispose()


async def test_alive_whatever_the_parts_do() -> None:
    async with a_client({"database": saying(Condition.DOWN)}) as client:
        answer = await client.get("/health")

    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize(
    ("database", "search", "status", "word"),
    [
        (Condition.OK, Condition.OK, 200, "ok"),
        (Condition.OK, Condition.DEGRADED, 200, "degraded"),
        (Condition.OK, Condition.DOWN, 200, "degraded"),
        (Condition.DOWN, Condition.OK, 503, "down"),
    ],
)
async def test_ready_tells_each_part_and_only_the_database_brings_it_down(
    database: Condition, search: Condition, status: int, word: str
) -> None:
    async with a_client({"database": saying(database), "search": saying(search, "why")}) as client:
        answer = await client.get("/ready")

    assert answer.status_code == status
    assert answer.json() == {
        "status": word,
        "parts": {
            "database": {"status": database.value, "detail": ""},
            "search": {"status": search.value, "detail": "why"},
        },
    }


async def test_a_part_that_does_not_answer_is_down() -> None:
    async def silent() -> PartHealth:
        await asyncio.sleep(60)
        return PartHealth(Condition.OK)

    async with a_client({"search": silent}) as client:
        answer = await client.get("/ready")

    assert answer.json()["parts"]["search"] == {"status": "down", "detail": "No answer in 3 s."}


async def test_a_database_that_is_away_is_down(nowhere: AsyncEngine) -> None:
    found = await probe_database(nowhere)()

    assert found.condition is Condition.DOWN
    assert found.detail.startswith("PostgreSQL does not answer: connection failed")


async def test_search_is_degraded_without_meilisearch_and_well_with_it(tmp_path: Path) -> None:
    server = EmbeddedMeilisearch(tmp_path)
    try:
        url = server.start()
        assert await probe_search(url)() == PartHealth(Condition.OK)
    finally:
        server.stop()

    assert (await probe_search(url)()).condition is Condition.DEGRADED
    assert (await probe_search(None)()).condition is Condition.DEGRADED


async def test_a_folder_for_pictures_must_take_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    assert await probe_media(f"file:{tmp_path}/new/media")() == PartHealth(Condition.OK)
    assert (await probe_media(f"file:{tmp_path}/file")()).condition is Condition.DEGRADED


async def test_every_answer_carries_an_id_which_the_code_sees() -> None:
    async with a_client() as client:
        given = await client.get("/things/one", headers={"X-Request-ID": "from-proxy.1"})
        made = await client.get("/things/one")
        forged = await client.get("/things/one", headers={"X-Request-ID": "bad id\t" + "x" * 99})

    assert given.headers["x-request-id"] == "from-proxy.1"
    assert given.json() == {"request_id": "from-proxy.1"}
    assert made.json() == {"request_id": made.headers["x-request-id"]}
    assert len(made.headers["x-request-id"]) == len(forged.headers["x-request-id"]) == 16


async def test_requests_are_counted_by_route_not_by_path() -> None:
    async with a_client() as client:
        await client.get("/things/first")
        await client.get("/things/second")
        await client.get("/things/broken")
        lines = (await client.get("/metrics")).text.splitlines()

    assert any(
        line.startswith('http_requests_total{method="GET",route="/things/{name}",status="500"}')
        for line in lines
    )
    assert any(
        line.startswith('http_request_seconds_count{route="/things/{name}"}') for line in lines
    )
    assert not any("/things/first" in line for line in lines)


@pytest.mark.parametrize(
    ("address", "headers"),
    [("127.0.0.1", {"X-Forwarded-For": "8.8.8.8"}), ("8.8.8.8", {}), ("elsewhere", {})],
)
async def test_figures_are_not_for_strangers(address: str, headers: dict[str, str]) -> None:
    async with a_client(address=address) as client:
        answer = await client.get("/metrics", headers=headers)

    assert answer.status_code == 404
