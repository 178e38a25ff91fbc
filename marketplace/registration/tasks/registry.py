"""Jobs that talk with a business registry: always outside of a transaction, then one change."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from procrastinate import Blueprint, JobContext, RetryStrategy
from sqlalchemy import select

from marketplace.hooks.models import InboundMessage
from marketplace.hooks.rules.envelopes import read_envelope
from marketplace.hooks.services.receiving import note_outcome
from marketplace.kernel.jobs import Tools, tools_of
from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.registration.models import Dossier
from marketplace.registration.ports import REGISTRY, Registry, RegistryAwayError
from marketplace.registration.rules.registry import (
    Claim,
    UnreadableAnswerError,
    read_claim,
)
from marketplace.registration.rules.states import DossierState
from marketplace.registration.services.activation import (
    activate_business,
    code_to_ask_about,
    is_activated,
)
from marketplace.registration.services.registry import (
    Sender,
    dossier_claimed,
    dossiers_to_ask_about,
    filing_of,
    keep_filing,
    take_answer,
    take_claim,
)

jobs = Blueprint()
log = structlog.get_logger(__name__)

# Four seconds, sixteen, a minute, four … a registry that is down for a night is asked in the end.
_AGAIN = RetryStrategy(max_attempts=10, exponential_wait=4, retry_exceptions={RegistryAwayError})
_MOST: Final = 200
_STILL_WAITING: Final = timedelta(days=30)


@jobs.task(name="file_at_registry", retry=_AGAIN, pass_context=True)
async def file_at_registry(context: JobContext, dossier_id: str) -> None:
    """Hand a filed dossier to the registry and keep the number of the receipt."""
    tools = tools_of(context)
    registry = tools.ports[REGISTRY]
    if registry is None:
        return
    async with tools.sessions() as session:
        filing = await filing_of(session, tools.ports[SEALER], UUID(dossier_id))
    if filing is None:
        return
    claim = await registry.file(filing)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await keep_filing(unit, UUID(dossier_id), claim)


@jobs.task(name="take_message", retry=_AGAIN, pass_context=True)
async def take_message(context: JobContext, message_id: str) -> None:
    """Apply what a message says, as far as the registry confirms it when it is asked."""
    tools = tools_of(context)
    async with tools.sessions() as session:
        message = await session.get_one(InboundMessage, UUID(message_id))
        claim = _claim_in(message.body)
        dossier = None if claim is None else await dossier_claimed(session, claim)
    if claim is None or dossier is None:
        outcome = "unreadable" if claim is None else "not_ours"
        log.warning("registry.message_ignored", message=message.webhook_id, outcome=outcome)
    else:
        answer = await _asked(tools.ports[REGISTRY], claim)
        async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
            if answer is not None:
                await keep_filing(unit, dossier.id, answer)
            outcome = await take_claim(
                unit,
                tools.ports[SEALER],
                dossier.id,
                claim,
                answer,
                Sender(message.webhook_id),
            )
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await note_outcome(unit, message.id, outcome)


@jobs.task(name="activate", retry=_AGAIN, pass_context=True)
async def activate(context: JobContext, dossier_id: str) -> None:
    """Ask the register about the new code, and open the business if everything fits."""
    await _activate(tools_of(context), UUID(dossier_id))


@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="ask_registry", pass_context=True, queueing_lock="registration.ask_registry")
async def ask_registry(context: JobContext, timestamp: int) -> None:
    """Ask about every open dossier: a message may have been lost, or come in the wrong order."""
    del timestamp
    tools = tools_of(context)
    registry = tools.ports[REGISTRY]
    if registry is None:
        return
    async with tools.sessions() as session:
        waiting = await dossiers_to_ask_about(session, _MOST)
    try:
        for dossier_id in waiting:
            await _ask_about(tools, registry, dossier_id)
        for dossier_id in await _not_activated(tools):
            await _activate(tools, dossier_id)
    except RegistryAwayError as problem:
        log.warning("registry.away", problem=str(problem))


async def _ask_about(tools: Tools, registry: Registry, dossier_id: UUID) -> None:
    async with tools.sessions() as session:
        dossier = await session.get_one(Dossier, dossier_id)
    answer = await registry.dossier(dossier.external_code or "")
    if answer is None:
        return
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        if await dossier_claimed(unit.session, answer) is not None:
            await take_answer(unit, tools.ports[SEALER], dossier_id, answer)


async def _activate(tools: Tools, dossier_id: UUID) -> None:
    registry, sealer = tools.ports[REGISTRY], tools.ports[SEALER]
    if registry is None:
        return
    async with tools.sessions() as session:
        code = await code_to_ask_about(session, sealer, dossier_id)
    if code is None:
        return
    company = await registry.company(code)
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        await activate_business(unit, sealer, dossier_id, company)


async def _not_activated(tools: Tools) -> list[UUID]:
    """Dossiers that were decided lately and whose business is not open."""
    async with unit_of_work(tools.sessions, SYSTEM, tools.events) as unit:
        found = await unit.session.scalars(
            select(Dossier.id)
            .where(
                Dossier.state.in_((DossierState.DECIDED, DossierState.RETURNED)),
                Dossier.result_sealed.is_not(None),
                Dossier.ext_at > unit.now - _STILL_WAITING,
            )
            .order_by(Dossier.id)
            .limit(_MOST),
        )
        ids = list(found)
        return [each for each in ids if not await is_activated(unit.session, each)]


async def _asked(registry: Registry | None, claim: Claim) -> Claim | None:
    """What the registry itself says; nothing when it says so about another dossier than ours."""
    if registry is None:
        return None
    answer = await registry.dossier(claim.code)
    if answer is None or (answer.our_code, answer.nonce) != (claim.our_code, claim.nonce):
        return None
    return answer


def _claim_in(body: bytes) -> Claim | None:
    try:
        return read_claim(read_envelope(body).data)
    except UnreadableAnswerError:
        return None
