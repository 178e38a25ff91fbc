"""Accounts alone, over a real database: its schema, its ports, its jobs."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import strawberry
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.tasks import Task
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from marketplace.accounts import subscribers, tasks
from marketplace.accounts.adapters.folder import FolderMailer, FolderTextMessages
from marketplace.accounts.api.mutations import AccountMutations
from marketplace.accounts.api.queries import AccountQueries
from marketplace.accounts.ports import (
    ACCOUNT_SETTINGS,
    IDENTITY_PROVIDER,
    MAILER,
    TEXT_MESSAGES,
    AccountSettings,
)
from marketplace.accounts.services.viewers import viewer_of_bearer, viewer_of_session
from marketplace.kernel.context import Asking, RequestContext
from marketplace.kernel.database import Reader
from marketplace.kernel.graph.scalars import CONFIG
from marketplace.kernel.i18n import Language
from marketplace.kernel.ports import Ports
from marketplace.kernel.sealing import SEALER, Sealer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM, VISITOR, Viewer

SETTINGS = AccountSettings(
    public_url="http://localhost:8000",
    secret_key="a-secret-for-tests-and-nothing-else",
    client_hosts=frozenset({"shop.example.com"}),
)
schema = strawberry.Schema(AccountQueries, AccountMutations, config=CONFIG)


class Answer:
    """What a request was answered with."""

    def __init__(self, data: Mapping[str, Any] | None, errors: list[Any]) -> None:
        self.data = data
        self.errors = errors

    def __getitem__(self, field: str) -> Any:
        assert not self.errors, self.errors
        assert self.data is not None
        return self.data[field]

    @property
    def code(self) -> str:
        """The code of the only top-level error."""
        (error,) = self.errors
        assert error.extensions["code"] == error.extensions["exception"]["code"]
        return str(error.extensions["code"])


class House:
    """Accounts, ready to be asked."""

    def __init__(self, engine: AsyncEngine, database_url: str, outbox: Path) -> None:
        self.sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
        self.events = EventBus()
        subscribers.subscribe(self.events)
        self.outbox = outbox
        self.ports = Ports()
        self.ports.bind(ACCOUNT_SETTINGS, SETTINGS)
        self.ports.bind(MAILER, FolderMailer(outbox, "Chợ Phiên <no-reply@example.com>"))
        self.ports.bind(IDENTITY_PROVIDER, None)
        self.ports.bind(SEALER, Sealer([SETTINGS.secret_key]))
        self.ports.bind(TEXT_MESSAGES, FolderTextMessages(outbox))
        self.app = App(connector=PsycopgConnector(conninfo=database_url))
        if not tasks.send_secret.name.startswith("accounts:"):
            self.app.add_tasks_from(tasks.jobs, namespace="accounts")

    @asynccontextmanager
    async def change(self, viewer: Viewer = SYSTEM) -> AsyncIterator[UnitOfWork]:
        """A change that is really committed."""
        async with unit_of_work(self.sessions, viewer, self.events) as unit:
            yield unit

    async def ask(
        self,
        document: str,
        *,
        viewer: Viewer = VISITOR,
        address: str | None = None,
        language: Language = "en",
        **variables: object,
    ) -> Answer:
        """Run a document as that viewer."""
        asking = Asking(viewer, language, "request", address, "a browser of tests")
        async with self.sessions() as session:
            context = RequestContext(
                asking, Reader(session), self.sessions, self.events, self.ports
            )
            result = await schema.execute(document, variables, context_value=context)
        return Answer(result.data, result.errors or [])

    async def bearer(self, token: str) -> Viewer:
        """Who holds the access token."""
        async with self.sessions() as session:
            arrival = await viewer_of_bearer(session, SETTINGS, token, datetime.now(UTC))
        return arrival.viewer

    async def cookie(self, token: str) -> Viewer:
        """Who holds the cookie."""
        async with self.sessions() as session:
            arrival = await viewer_of_session(session, token, datetime.now(UTC))
        return arrival.viewer

    async def work(self) -> None:
        """Run every job that waits, as the worker would."""
        async with self.sessions() as session, session.begin():
            rows = (
                await session.execute(
                    text(
                        "UPDATE procrastinate_jobs SET status = 'succeeded' "
                        "WHERE status = 'todo' RETURNING task_name, args",
                    ),
                )
            ).all()
        by_name = {name.rpartition(".")[2]: task for name, task in tasks.jobs.tasks.items()}
        for row in rows:
            await self.run(by_name[row.task_name.rpartition(".")[2]], **row.args)

    async def run(self, task: Task[Any, Any, Any], **arguments: object) -> None:
        """Run one job, as the worker would."""
        context = cast("JobContext", SimpleNamespace(additional_context={"tools": self}))
        await task.func(context, **arguments)

    async def post_to(self, recipient: str) -> list[str]:
        """What lies in the outbox for somebody, oldest first; the jobs are run before."""
        await self.work()
        found = [
            path.read_bytes() for path in sorted(self.outbox.iterdir()) if path.suffix != ".tmp"
        ]
        return [content.decode() for content in found if f"To: {recipient}".encode() in content]
