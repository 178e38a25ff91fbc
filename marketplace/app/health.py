"""`/health`, `/ready` and `/metrics`: is it alive, which parts work, how much is asked.

A missing search server or worker makes the site poorer, not unusable, so only the database can
turn `/ready` into 503: a load balancer must not take every process away because of Meilisearch.
"""

import asyncio
import ipaddress
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import boto3
import httpx
from botocore.exceptions import BotoCoreError, ClientError
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from marketplace.app.telemetry import metrics_registry

PROBE_SECONDS: Final = 3.0
ESSENTIAL: Final = "database"
WORKER_SILENCE: Final = 45.0
LATE_JOB: Final = 300.0


class Condition(StrEnum):
    """How a part is."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True)
class PartHealth:
    """How a part is, and why, in a sentence for the operator."""

    condition: Condition
    detail: str = ""


Probe = Callable[[], Awaitable[PartHealth]]


def health_router(probes: Mapping[str, Probe]) -> APIRouter:
    """The routes of the operators' side, over the given probes of the parts."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health")
    async def health() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @router.get("/ready")
    async def ready() -> JSONResponse:
        parts = await examine(probes)
        worst = overall(parts)
        return JSONResponse(
            {
                "status": worst,
                "parts": {
                    name: {"status": part.condition, "detail": part.detail}
                    for name, part in parts.items()
                },
            },
            status_code=503 if worst is Condition.DOWN else 200,
            headers={"Cache-Control": "no-store"},
        )

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        if not _comes_from_near(request):
            return PlainTextResponse("Not found\n", status_code=404)
        return Response(
            generate_latest(metrics_registry()), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    return router


async def examine(probes: Mapping[str, Probe]) -> dict[str, PartHealth]:
    """Asks every part at once; one that does not answer in time is down."""
    found = await asyncio.gather(*(_examine_one(probe) for probe in probes.values()))
    return dict(zip(probes, found, strict=True))


def overall(parts: Mapping[str, PartHealth]) -> Condition:
    """The state of the whole: down only with the database."""
    if ESSENTIAL in parts and parts[ESSENTIAL].condition is Condition.DOWN:
        return Condition.DOWN
    if all(part.condition is Condition.OK for part in parts.values()):
        return Condition.OK
    return Condition.DEGRADED


def probe_database(engine: AsyncEngine) -> Probe:
    """Whether PostgreSQL answers a statement."""

    async def probe() -> PartHealth:
        try:
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as problem:
            return PartHealth(Condition.DOWN, f"PostgreSQL does not answer: {_short(problem)}")
        return PartHealth(Condition.OK)

    return probe


def probe_jobs(engine: AsyncEngine) -> Probe:
    """Whether a worker has been heard of lately and keeps up with its jobs."""
    statement = text(
        "SELECT (SELECT count(*) FROM procrastinate_workers"
        " WHERE last_heartbeat > now() - make_interval(secs => :silence)),"
        " (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
        " AND scheduled_at < now() - make_interval(secs => :late))"
    ).bindparams(silence=WORKER_SILENCE, late=LATE_JOB)

    async def probe() -> PartHealth:
        try:
            async with engine.connect() as connection:
                workers, late = (await connection.execute(statement)).one()
        except (SQLAlchemyError, OSError) as problem:
            return PartHealth(Condition.DOWN, f"The jobs cannot be read: {_short(problem)}")
        if workers == 0:
            return PartHealth(Condition.DEGRADED, "No worker runs; start `marketplace worker`.")
        if late:
            return PartHealth(Condition.DEGRADED, f"{late} jobs have waited too long.")
        return PartHealth(Condition.OK, f"{workers} at work")

    return probe


def probe_search(url: str | None) -> Probe:
    """Whether Meilisearch answers; PostgreSQL stands in for it."""

    async def probe() -> PartHealth:
        if url is None:
            return PartHealth(Condition.DEGRADED, "No Meilisearch; PostgreSQL answers searches.")
        try:
            async with httpx.AsyncClient(timeout=PROBE_SECONDS, trust_env=False) as client:
                answer = await client.get(f"{url}/health")
                answer.raise_for_status()
        except httpx.HTTPError as problem:
            reason = f"Meilisearch does not answer ({_short(problem)}); PostgreSQL does."
            return PartHealth(Condition.DEGRADED, reason)
        return PartHealth(Condition.OK)

    return probe


def probe_media(url: str) -> Probe:
    """Whether pictures can be kept: the folder takes files, or the bucket is there."""
    parts = urlsplit(url)
    if parts.scheme == "s3":
        return _probe_bucket(parts.netloc, dict(parse_qsl(parts.query)).get("endpoint_url"))
    folder = Path(url.removeprefix("file:"))

    async def probe() -> PartHealth:
        if await asyncio.to_thread(_takes_files, folder):
            return PartHealth(Condition.OK)
        return PartHealth(Condition.DEGRADED, f"The folder {folder} takes no files.")

    return probe


def _probe_bucket(bucket: str, endpoint: str | None) -> Probe:
    async def probe() -> PartHealth:
        try:
            client = boto3.client("s3", endpoint_url=endpoint)
            await asyncio.to_thread(client.head_bucket, Bucket=bucket)
        except (BotoCoreError, ClientError) as problem:
            reason = f"The bucket {bucket} does not answer: {_short(problem)}"
            return PartHealth(Condition.DEGRADED, reason)
        return PartHealth(Condition.OK)

    return probe


async def _examine_one(probe: Probe) -> PartHealth:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            return await probe()
    except TimeoutError:
        return PartHealth(Condition.DOWN, f"No answer in {PROBE_SECONDS:.0f} s.")


def _takes_files(folder: Path) -> bool:
    """Whether the folder, or the nearest one above that it would be made in, may be written."""
    nearest = next(path for path in (folder, *folder.resolve().parents) if path.exists())
    return os.access(nearest, os.W_OK | os.X_OK)


def _comes_from_near(request: Request) -> bool:
    """Whether the caller is on our own network and came without a proxy; others see nothing."""
    if request.client is None or "x-forwarded-for" in request.headers:
        return False
    try:
        address = ipaddress.ip_address(request.client.host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private


def _short(problem: Exception) -> str:
    lines = str(getattr(problem, "orig", None) or problem).strip().splitlines()
    return lines[0] if lines else type(problem).__name__
