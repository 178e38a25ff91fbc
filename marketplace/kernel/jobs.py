"""Work put off until after the change that asked for it is committed."""

from datetime import datetime
from typing import Any, Protocol, cast

from procrastinate import JobContext
from procrastinate.tasks import Task
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.kernel.database import Sessions
from marketplace.kernel.ports import Ports
from marketplace.kernel.unit_of_work import EventBus


class Tools(Protocol):
    """What a job finds in its context."""

    sessions: Sessions
    events: EventBus
    ports: Ports


def tools_of(context: JobContext) -> Tools:
    """The tools the worker was started with."""
    return cast("Tools", context.additional_context["tools"])


async def defer(
    session: AsyncSession,
    task: Task[Any, Any, Any],
    *,
    lock_key: str | None = None,
    at: datetime | None = None,
    **arguments: Any,  # noqa: ANN401 - a job takes any JSON
) -> None:
    """Insert the job in the session's own transaction: both are committed, or neither.

    Args:
        session: the session of the change that asks for the job.
        task: what to run.
        lock_key: jobs of one key run one after another.
        at: not before then.
        **arguments: the job's arguments; ids rather than things.
    """
    raw = await (await session.connection()).get_raw_connection()
    options: dict[str, Any] = {} if lock_key is None else {"lock": lock_key}
    if at is not None:
        options["schedule_at"] = at
    configured = task.configure(connection=raw.driver_connection, **options)
    await configured.defer_async(**arguments)
