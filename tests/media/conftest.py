"""Stores that are real: a folder, and a bucket on a moto server of its own process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import boto3
import httpx
import pytest
from fastapi import FastAPI
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.jobs import Job
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker

from marketplace.kernel.database import Sessions, new_id
from marketplace.kernel.ports import Ports
from marketplace.kernel.unit_of_work import EventBus
from marketplace.kernel.viewer import Viewer
from marketplace.media import subscribers
from marketplace.media.adapters.folder import FolderStore
from marketplace.media.adapters.s3 import S3Store
from marketplace.media.ports import (
    FILE_LINKS,
    MEDIA_STORE,
    UPLOAD_QUOTA,
    FileLinks,
    MediaStore,
    UploadQuota,
)
from marketplace.media.tasks import jobs

PUBLIC_URL = "http://cho.example"
SECRET = "a secret of the tests, long enough"
BUCKET = "pictures"


@pytest.fixture(scope="session")
def bucket_url() -> Iterator[str]:
    """The address of an empty bucket."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    credentials = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "tester"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**credentials, "AWS_DEFAULT_REGION": "us-east-1"}.items():
            patch.setenv(name, value)
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            env={**os.environ, "MOTO_CALL_RESET_API": "false"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            boto3.client("s3", endpoint_url=address).create_bucket(Bucket=BUCKET)
            yield f"s3://{BUCKET}/shop?endpoint_url={address}"
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(address: str) -> None:
    for _attempt in range(120):
        try:
            httpx.get(address, timeout=1)
        except httpx.TransportError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture
def folder_store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "media", PUBLIC_URL)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """Both kinds of store, one after the other."""
    if request.param == "folder":
        return FolderStore(tmp_path / "media", PUBLIC_URL)
    url: str = request.getfixturevalue("bucket_url")
    return S3Store(url.replace("/shop?", f"/shop/{new_id()}?"))


@pytest.fixture
def sessions(connection: AsyncConnection) -> Sessions:
    """Sessions whose work is rolled back."""
    return async_sessionmaker(
        connection,
        class_=AsyncSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )


@dataclass
class House:
    """What the media need around them."""

    sessions: Sessions
    store: MediaStore
    person: Viewer = field(default_factory=lambda: Viewer(user_id=new_id()))
    events: EventBus = field(default_factory=EventBus)
    ports: Ports = field(default_factory=Ports)

    def __post_init__(self) -> None:
        subscribers.subscribe(self.events)
        self.ports.bind(MEDIA_STORE, self.store)
        self.ports.bind(UPLOAD_QUOTA, UploadQuota(megabytes=1))
        self.ports.bind(FILE_LINKS, FileLinks(SECRET, PUBLIC_URL))

    def job(self) -> JobContext:
        """The context in which a worker runs a job of ours."""
        return JobContext(
            app=App(connector=PsycopgConnector()),
            start_timestamp=0.0,
            job=Job(
                id=1, status="doing", queue="media", lock=None, queueing_lock=None, task_name="test"
            ),
            abort_reason=lambda: None,
            additional_context={
                "tools": SimpleNamespace(
                    sessions=self.sessions, events=self.events, ports=self.ports
                )
            },
        )

    async def jobs(self) -> list[tuple[str, str]]:
        """The jobs that were deferred: their task and the file they are about."""
        async with self.sessions() as session:
            rows = await session.execute(
                text("SELECT task_name, args->>'media_id' FROM procrastinate_jobs ORDER BY id"),
            )
            return [(name, key) for name, key in rows]


@pytest.fixture(scope="session", autouse=True)
def app() -> App:
    """Blueprints defer only when they belong to an app."""
    app = App(connector=PsycopgConnector())
    if not any(name.startswith("media:") for name in jobs.tasks):
        app.add_tasks_from(jobs, namespace="media")
    return app


@pytest.fixture
def house(sessions: Sessions, folder_store: FolderStore) -> House:
    return House(sessions, folder_store)


@pytest.fixture
def either_house(sessions: Sessions, store: MediaStore) -> House:
    """The same over both kinds of store."""
    return House(sessions, store)


def web(application: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=PUBLIC_URL)
