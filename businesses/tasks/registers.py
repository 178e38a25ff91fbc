"""Jobs that ask registers about businesses."""

from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext

from businesses.ports import ENTERPRISE_LOOKUP
from businesses.services.identities import check_identity
from businesses.services.lookup import kept_answer, question_about, record_answer, take_due
from businesses.services.register import check_against_register
from marketplace.kernel.jobs import defer, tools_of
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM

jobs = Blueprint()
log = structlog.get_logger(__name__)


@jobs.task(pass_context=True)
async def ask_register(context: JobContext, business_id: str) -> None:
    """Look a business up in the department's register, and ask the public one if it is connected.

    The register is asked between two transactions, never within one.
    """
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await check_against_register(unit, UUID(business_id))
    register, sealer = tools.ports[ENTERPRISE_LOOKUP], tools.ports[SEALER]
    if register is None:
        return
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        question = await question_about(unit.session, sealer, UUID(business_id))
        kept = None if question is None else await kept_answer(unit, sealer, question)
    if question is None:
        return
    record = kept or await register.look_up(question.tax_code)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        answer = await record_answer(unit, sealer, question, record, register.source)
    if answer is not None and answer.needs_person:
        log.warning("The register does not answer; somebody must look.", business=business_id)


@jobs.task(pass_context=True)
async def compare_identity(context: JobContext, user_id: str) -> None:
    """Compare what an identity provider said about a person with the businesses they own."""
    tools = tools_of(context)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await check_identity(unit, tools.ports[SEALER], UUID(user_id))


@jobs.periodic(cron="*/5 * * * *")
@jobs.task(pass_context=True, queueing_lock="registers-due")
async def ask_again(context: JobContext, timestamp: int) -> None:
    """Ask again where it is time to: after a failure, and 90 days after every answer."""
    del timestamp
    tools = tools_of(context)
    if tools.ports[ENTERPRISE_LOOKUP] is None:
        return
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        for business_id in await take_due(unit):
            key = f"register {business_id}"
            await defer(unit.session, ask_register, lock_key=key, business_id=str(business_id))
