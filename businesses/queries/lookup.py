"""Statements over what registers said."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from businesses.models import Business, BusinessIdentifier, EnterpriseAnswer, RegisterEntry
from businesses.rules.identifiers import IdentifierKind
from businesses.rules.lookup import LookupOutcome


def tax_code_of(business_id: UUID) -> Select[BusinessIdentifier]:
    """The tax code of the business; personal numbers are told to no register of others."""
    return select(BusinessIdentifier).where(
        BusinessIdentifier.business_id == business_id,
        BusinessIdentifier.is_active,
        BusinessIdentifier.kind == IdentifierKind.TAX_CODE,
    )


def number_of(business_id: UUID) -> Select[BusinessIdentifier]:
    """The number of the business, of whatever kind."""
    return select(BusinessIdentifier).where(
        BusinessIdentifier.business_id == business_id, BusinessIdentifier.is_active
    )


def holders_of(hashes: list[bytes]) -> Select[BusinessIdentifier]:
    """Whose numbers these are."""
    return select(BusinessIdentifier).where(
        BusinessIdentifier.lookup_hash.in_(hashes), BusinessIdentifier.is_active
    )


def last_answer(business_id: UUID) -> Select[EnterpriseAnswer]:
    """What the register said last."""
    return (
        select(EnterpriseAnswer)
        .where(EnterpriseAnswer.business_id == business_id)
        .order_by(EnterpriseAnswer.asked_at.desc(), EnterpriseAnswer.id.desc())
        .limit(1)
    )


def fresh_answer(identifier_hash: bytes, since: datetime) -> Select[EnterpriseAnswer]:
    """A clear answer about the number that is young enough to be used again."""
    return (
        select(EnterpriseAnswer)
        .where(
            EnterpriseAnswer.identifier_hash == identifier_hash,
            EnterpriseAnswer.outcome != LookupOutcome.UNAVAILABLE,
            EnterpriseAnswer.asked_at > since,
        )
        .order_by(EnterpriseAnswer.asked_at.desc())
        .limit(1)
    )


def due_answers(now: datetime, limit: int) -> Select[EnterpriseAnswer]:
    """Answers after which it is time to ask again, locked; each is taken by one worker."""
    newer = aliased(EnterpriseAnswer)
    return (
        select(EnterpriseAnswer)
        .where(
            EnterpriseAnswer.again_at <= now,
            ~exists().where(
                newer.business_id == EnterpriseAnswer.business_id,
                newer.asked_at > EnterpriseAnswer.asked_at,
            ),
        )
        .order_by(EnterpriseAnswer.again_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


def visible_answers(business: Business) -> Select[EnterpriseAnswer]:
    """The answers about a business whose papers the viewer may see, the newest first."""
    return (
        select(EnterpriseAnswer)
        .where(EnterpriseAnswer.business_id == business.id)
        .order_by(EnterpriseAnswer.asked_at.desc(), EnterpriseAnswer.id.desc())
    )


def entries_of(hashes: list[bytes]) -> Select[RegisterEntry]:
    """The lines of the department's register with these numbers."""
    return select(RegisterEntry).where(RegisterEntry.identifier_hash.in_(hashes))
