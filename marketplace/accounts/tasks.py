"""Jobs of accounts: post, and putting away what is too old."""

from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy
from sqlalchemy import delete

from marketplace.accounts.models import Attempt, IdentityFlow, OneTimeToken, Session, User
from marketplace.accounts.ports import (
    ACCOUNT_SETTINGS,
    MAILER,
    TEXT_MESSAGES,
    PostError,
    UndeliverableError,
)
from marketplace.accounts.services.closing import erase_closed_accounts
from marketplace.accounts.services.post import (
    endpoint_notice,
    letter_with_secret,
    message_with_code,
    password_notice,
    secret_to_send,
)
from marketplace.hooks.models import WebhookEndpoint
from marketplace.kernel.jobs import tools_of
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

jobs = Blueprint()
log = structlog.get_logger(__name__)

# From seconds to hours: a post office that is down for a night still gets the letter.
_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4, retry_exceptions={PostError})


@jobs.task(retry=_AGAIN, pass_context=True)
async def send_secret(context: JobContext, token_id: str, *, is_repeat: bool = False) -> None:
    """Send a one-time token by letter, or a code by text message."""
    tools = tools_of(context)
    settings = tools.ports[ACCOUNT_SETTINGS]
    async with tools.sessions() as session:
        found = await secret_to_send(session, UUID(token_id))
    if found is None:
        return
    token, user = found
    try:
        if token.purpose.is_code:
            text = message_with_code(settings, token, user)
            await tools.ports[TEXT_MESSAGES].send(token.sent_to, text)
        else:
            letter = letter_with_secret(settings, token, user, is_repeat=is_repeat)
            await tools.ports[MAILER].send(letter)
    except UndeliverableError:
        log.warning("Nobody takes this message.", token=token_id, exc_info=True)


@jobs.task(retry=_AGAIN, pass_context=True)
async def send_password_notice(context: JobContext, user_id: str) -> None:
    """Tell a person by letter that the password was changed."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        user = await session.get(User, UUID(user_id))
    if user is None or user.email is None or user.email_confirmed_at is None:
        return
    try:
        letter = password_notice(tools.ports[ACCOUNT_SETTINGS], user, user.email)
        await tools.ports[MAILER].send(letter)
    except UndeliverableError:
        log.warning("Nobody takes this letter.", user=user_id, exc_info=True)


@jobs.task(retry=_AGAIN, pass_context=True)
async def send_endpoint_notice(context: JobContext, endpoint_id: str) -> None:
    """Tell by letter that an endpoint takes nothing and is switched off."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        endpoint = await session.get(WebhookEndpoint, UUID(endpoint_id))
    if endpoint is None:
        return
    try:
        letter = endpoint_notice(tools.ports[ACCOUNT_SETTINGS], endpoint)
        await tools.ports[MAILER].send(letter)
    except UndeliverableError:
        log.warning("Nobody takes this letter.", endpoint=endpoint_id, exc_info=True)


@jobs.periodic(cron="17 * * * *")
@jobs.task(pass_context=True, queueing_lock="accounts-sweep")
async def sweep(context: JobContext, timestamp: int) -> None:
    """Put away sessions, tokens and counts that are too old, and erase closed accounts."""
    del timestamp
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        for model in (Session, OneTimeToken, Attempt, IdentityFlow):
            await unit.session.execute(delete(model).where(model.expires_at < unit.now))
        erased = await erase_closed_accounts(unit)
    log.info("Put away what is too old.", erased_accounts=erased)
