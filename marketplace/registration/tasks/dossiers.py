"""Jobs of dossiers: telling applicants, letting deadlines pass, erasing."""

from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy

from marketplace.accounts.ports import (
    ACCOUNT_SETTINGS,
    MAILER,
    TEXT_MESSAGES,
    PostError,
    UndeliverableError,
)
from marketplace.kernel.jobs import defer, tools_of
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.registration.services.news import news_of
from marketplace.registration.services.sweeping import (
    end_what_is_due,
    erase_what_is_over,
    take_reminders,
)

jobs = Blueprint()
log = structlog.get_logger(__name__)
_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4, retry_exceptions={PostError})


@jobs.task(name="send_news", retry=_AGAIN, pass_context=True)
async def send_news(context: JobContext, dossier_id: str, *, is_reminder: bool = False) -> None:
    """Tell the applicant where the dossier stands, or that it soon ends."""
    tools = tools_of(context)
    settings = tools.ports[ACCOUNT_SETTINGS]
    async with tools.sessions() as session:
        news = await news_of(session, settings, UUID(dossier_id), is_reminder=is_reminder)
    try:
        if news.letter is not None:
            await tools.ports[MAILER].send(news.letter)
        elif news.phone is not None:
            await tools.ports[TEXT_MESSAGES].send(news.phone, news.text)
    except UndeliverableError:
        log.warning("Nobody takes this message.", dossier=dossier_id, exc_info=True)


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="sweep", pass_context=True, queueing_lock="registration.sweep")
async def sweep(context: JobContext, timestamp: int) -> None:
    """Let deadlines pass, remind once, erase what is over."""
    del timestamp
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        ended = await end_what_is_due(unit)
        for dossier_id in await take_reminders(unit):
            await defer(unit.session, send_news, dossier_id=str(dossier_id), is_reminder=True)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        erased = await erase_what_is_over(unit)
    log.info("Looked through the dossiers.", ended=ended, erased=erased)
