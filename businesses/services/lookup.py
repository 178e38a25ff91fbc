"""Asking the public register about a business, and what follows from its answer.

A register that does not answer proves nothing: the business stays where it is, the question is
asked again after 15 minutes, an hour, six hours and a day, and then somebody looks by hand.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import Business, BusinessIdentifier, EnterpriseAnswer
from businesses.ports import EnterpriseRecord
from businesses.queries import lookup as queries
from businesses.queries.businesses import business_for_change
from businesses.rules.businesses import BusinessState
from businesses.rules.lookup import (
    KEEP_FOR,
    RECHECK_AFTER,
    LookupOutcome,
    RegisterStatus,
    may_sell_with,
    next_try,
    same_name,
    status_of,
)
from businesses.rules.verification import VerificationChannel
from businesses.services.suspension import announce_suspension
from businesses.services.verification import record_check
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, _, translate
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.transitions import WrongStateError
from marketplace.kernel.unit_of_work import UnitOfWork

_NOT_OPERATING: Final = _(
    "The public register says of the business: “{status}”. Selling is allowed only to who is at"
    " work. If this is wrong, please tell the department."
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be asked about a business, and how often it was asked in vain."""

    business_id: UUID
    identifier_hash: bytes
    tax_code: str
    tries: int


async def question_about(
    session: AsyncSession, sealer: Sealer, business_id: UUID
) -> Question | None:
    """What to ask; None when the business has no tax code, as people and most households."""
    identifier = await session.scalar(queries.tax_code_of(business_id))
    if identifier is None:
        return None
    last = await session.scalar(queries.last_answer(business_id))
    failed = last is not None and last.outcome is LookupOutcome.UNAVAILABLE
    return Question(
        business_id=business_id,
        identifier_hash=identifier.lookup_hash,
        tax_code=sealer.open(identifier.sealed).decode(),
        tries=last.tries if last is not None and failed else 0,
    )


async def kept_answer(
    unit: UnitOfWork, sealer: Sealer, question: Question
) -> EnterpriseRecord | None:
    """What the register said within a day, so that it is not asked twice for nothing."""
    since = unit.now - KEEP_FOR
    found = await unit.session.scalar(queries.fresh_answer(question.identifier_hash, since))
    if found is None:
        return None
    raw = b"" if found.raw is None else sealer.open(found.raw)
    return EnterpriseRecord(found.outcome, found.name, found.status_words, raw)


async def record_answer(
    unit: UnitOfWork,
    sealer: Sealer,
    question: Question,
    record: EnterpriseRecord,
    source: str,
) -> EnterpriseAnswer | None:
    """Keep the answer, and what it means; None when the number is another one by now."""
    business = await unit.session.scalar(business_for_change(question.business_id))
    identifier = await unit.session.scalar(queries.tax_code_of(question.business_id))
    if business is None or not _is_same(identifier, question):
        return None
    answer = _answer(unit, sealer, business, question, record, source)
    unit.session.add(answer)
    await unit.session.flush()
    if record.outcome is LookupOutcome.UNAVAILABLE:
        return answer
    passed = may_sell_with(answer.status) and answer.is_same_name
    evidence = {
        "answer": str(answer.id),
        "source": source,
        "outcome": str(answer.outcome),
        "status": answer.status_words,
        "sameName": answer.is_same_name,
    }
    await record_check(
        unit,
        business,
        VerificationChannel.REGISTRY,
        passed,
        evidence,
        unit.now + RECHECK_AFTER * 2,
    )
    if answer.status in {RegisterStatus.PAUSED, RegisterStatus.CLOSED}:
        await _pause(unit, business, answer)
    return answer


async def take_due(unit: UnitOfWork, limit: int = 50) -> list[UUID]:
    """The businesses it is time to ask about again; each is taken once."""
    due = (await unit.session.scalars(queries.due_answers(unit.now, limit))).all()
    for each in due:
        each.again_at = None
    return [each.business_id for each in due]


def _answer(
    unit: UnitOfWork,
    sealer: Sealer,
    business: Business,
    question: Question,
    record: EnterpriseRecord,
    source: str,
) -> EnterpriseAnswer:
    is_down = record.outcome is LookupOutcome.UNAVAILABLE
    tries = question.tries + 1
    wait = next_try(tries) if is_down else RECHECK_AFTER
    found = record.outcome is LookupOutcome.FOUND
    return EnterpriseAnswer(
        business_id=business.id,
        identifier_hash=question.identifier_hash,
        source=source,
        outcome=record.outcome,
        status=status_of(record.status_words) if found else RegisterStatus.UNKNOWN,
        status_words=record.status_words,
        name=record.name,
        is_same_name=found and same_name(business.name, record.name),
        raw=sealer.seal(record.raw) if record.raw else None,
        asked_at=unit.now,
        tries=tries,
        again_at=None if wait is None else unit.now + wait,
        needs_person=wait is None,
    )


def _is_same(identifier: BusinessIdentifier | None, question: Question) -> bool:
    return identifier is not None and identifier.lookup_hash == question.identifier_hash


async def _pause(unit: UnitOfWork, business: Business, answer: EnterpriseAnswer) -> None:
    """Tell an open shop that it will be suspended, with the notice that every suspension has."""
    if business.state is not BusinessState.ACTIVE or business.on_due is not None:
        return
    reason = translate(_NOT_OPERATING, DEFAULT_LANGUAGE, status=answer.status_words)
    with suppress(WrongStateError):
        await announce_suspension(unit, business.id, reason)
