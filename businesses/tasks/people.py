"""Jobs about the people of a business: post."""

from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy

from businesses.services.assistance_post import assistance_post
from businesses.services.people_post import TextMessage, handover_post, invitation_post
from marketplace.accounts.ports import (
    ACCOUNT_SETTINGS,
    MAILER,
    TEXT_MESSAGES,
    Letter,
    PostError,
    UndeliverableError,
)
from marketplace.kernel.jobs import Tools, tools_of

jobs = Blueprint()
log = structlog.get_logger(__name__)

# As for the post of accounts: an office that is down for a night still gets the letter.
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4, retry_exceptions={PostError})


@jobs.task(retry=AGAIN, pass_context=True)
async def send_invitation(context: JobContext, invitation_id: str) -> None:
    """Send the link of an invitation."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        post = await invitation_post(session, tools.ports[ACCOUNT_SETTINGS], UUID(invitation_id))
    await send(tools, post)


@jobs.task(retry=AGAIN, pass_context=True)
async def send_handover(context: JobContext, handover_id: str) -> None:
    """Tell a member that a business is offered to them."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        post = await handover_post(session, tools.ports[ACCOUNT_SETTINGS], UUID(handover_id))
    await send(tools, post)


@jobs.task(retry=AGAIN, pass_context=True)
async def send_assistance(context: JobContext, assistance_id: str) -> None:
    """Send a seller the code, or the news that somebody helps."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        post = await assistance_post(session, tools.ports[ACCOUNT_SETTINGS], UUID(assistance_id))
    await send(tools, post)


async def send(tools: Tools, post: Letter | TextMessage | None) -> None:
    """Hand a letter or a message to the post; one that nobody takes is only noted."""
    try:
        if isinstance(post, TextMessage):
            await tools.ports[TEXT_MESSAGES].send(post.phone, post.text)
        elif post is not None:
            await tools.ports[MAILER].send(post)
    except UndeliverableError:
        log.warning("Nobody takes this message.", exc_info=True)
