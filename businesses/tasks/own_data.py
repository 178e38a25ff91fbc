"""Jobs of a business's way out: packing its data, ending what was asked to end."""

from uuid import UUID

from procrastinate import Blueprint, JobContext, RetryStrategy

from businesses.services.closing import MACHINE
from businesses.services.own_data import forget_downloads, pack_data
from marketplace.kernel.jobs import tools_of
from marketplace.kernel.transitions import apply_due
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.media.ports import MEDIA_STORE, StoreError

jobs = Blueprint()
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4, retry_exceptions={StoreError})


@jobs.task(retry=AGAIN, pass_context=True)
async def pack_download(context: JobContext, download_id: str) -> None:
    """Pack all data of a business into one file."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await pack_data(unit, tools.ports[MEDIA_STORE], UUID(download_id))


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(pass_context=True, queueing_lock="own_data.apply_deadlines")
async def apply_deadlines(context: JobContext, timestamp: int) -> None:
    """Close what nobody wanted back within its week, and let old files go."""
    del timestamp
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await apply_due(unit, MACHINE)
        await forget_downloads(unit)
