"""Statements over what businesses show of themselves while they join."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.engine import Row

from businesses.models import (
    BankAccount,
    Business,
    BusinessIdentifier,
    BusinessMember,
    BusinessRepresentative,
    Evidence,
    IdentifierDispute,
    Licence,
    Suspension,
    VerificationCheck,
)
from businesses.queries.businesses import visible_businesses
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.rules.joining import Facts, Requirement
from marketplace.kernel.viewer import Viewer

R = Requirement


def reachable_for_change(viewer: Viewer, business_id: UUID) -> Select[Business]:
    """The business, locked, if the viewer may know that it exists."""
    return visible_businesses(viewer).where(Business.id == business_id).with_for_update()


def own_businesses(user_id: UUID) -> Select[Business]:
    """Every business the person acts for that is not closed, the newest first."""
    return (
        select(Business)
        .join(BusinessMember, BusinessMember.business_id == Business.id)
        .where(BusinessMember.user_id == user_id, Business.state != BusinessState.CLOSED)
        .order_by(Business.created_at.desc(), Business.id)
    )


def drafts_of(user_id: UUID) -> Select[int]:
    """How many businesses the person has begun and not finished."""
    return (
        select(func.count())
        .select_from(BusinessMember)
        .join(Business, Business.id == BusinessMember.business_id)
        .where(BusinessMember.user_id == user_id, Business.state == BusinessState.DRAFT)
    )


def facts_of(business_ids: Collection[UUID], today: date) -> Select[Any]:
    """One row for each business with what it has shown; `facts_in` reads it."""
    identified = select(BusinessIdentifier.id).where(
        BusinessIdentifier.business_id == Business.id,
        BusinessIdentifier.is_active,
    )
    paid = select(BankAccount.id).where(
        BankAccount.business_id == Business.id,
        BankAccount.is_active,
    )
    papers = (
        select(func.array_agg(Evidence.requirement.distinct()))
        .where(Evidence.business_id == Business.id)
        .scalar_subquery()
    )
    expired = select(Licence.id).where(
        Licence.business_id == Business.id,
        Licence.expires_on < today,
    )
    return (
        select(
            Business.id,
            Business.kind,
            (Business.name != "").label("has_name"),
            Business.place_id.is_not(None).label("has_place"),
            identified.exists().label("has_identifier"),
            BusinessRepresentative.full_name,
            BusinessRepresentative.born_on,
            paid.exists().label("has_account"),
            papers.label("papers"),
            expired.exists().label("has_expired_licence"),
        )
        .outerjoin(BusinessRepresentative, BusinessRepresentative.business_id == Business.id)
        .where(Business.id.in_(business_ids))
    )


def facts_in(row: Row[Any]) -> Facts:
    """A row of `facts_of` as the rules take it."""
    shown = {
        R.NAME: row.has_name,
        R.PLACE: row.has_place,
        R.IDENTIFIER: row.has_identifier,
        R.REPRESENTATIVE: bool(row.full_name),
        R.BIRTH_DATE: row.born_on is not None,
        R.BANK_ACCOUNT: row.has_account,
    }
    papers = {Requirement(each) for each in row.papers or ()}
    met = {requirement for requirement, is_there in shown.items() if is_there} | papers
    return Facts(BusinessKind(row.kind), frozenset(met), row.has_expired_licence)


def identifiers_of(business_ids: Collection[UUID]) -> Select[BusinessIdentifier]:
    """The numbers those businesses hold."""
    return select(BusinessIdentifier).where(
        BusinessIdentifier.business_id.in_(business_ids),
        BusinessIdentifier.is_active,
    )


def holder_of(lookup_hash: bytes) -> Select[BusinessIdentifier]:
    """The active holder of a number."""
    return select(BusinessIdentifier).where(
        BusinessIdentifier.lookup_hash == lookup_hash,
        BusinessIdentifier.is_active,
    )


def representatives_of(business_ids: Collection[UUID]) -> Select[BusinessRepresentative]:
    """Who speaks for those businesses."""
    return select(BusinessRepresentative).where(
        BusinessRepresentative.business_id.in_(business_ids),
    )


def accounts_of(business_ids: Collection[UUID]) -> Select[BankAccount]:
    """Where buyers pay to."""
    return select(BankAccount).where(
        BankAccount.business_id.in_(business_ids),
        BankAccount.is_active,
    )


def evidence_of(business_ids: Collection[UUID]) -> Select[Evidence]:
    """The papers of those businesses, the oldest first."""
    return (
        select(Evidence)
        .where(Evidence.business_id.in_(business_ids))
        .order_by(Evidence.created_at, Evidence.id)
    )


def licences_of(business_ids: Collection[UUID]) -> Select[Licence]:
    """The licences of those businesses, the one that ends first on top."""
    return (
        select(Licence)
        .where(Licence.business_id.in_(business_ids))
        .order_by(Licence.expires_on.asc().nulls_last(), Licence.id)
    )


def standing_checks(
    business_ids: Collection[UUID],
    now: datetime,
) -> Select[VerificationCheck]:
    """The last word of each channel about each business, unless it is too old."""
    last = (
        select(VerificationCheck.id)
        .where(VerificationCheck.business_id.in_(business_ids))
        .ext(distinct_on(VerificationCheck.business_id, VerificationCheck.channel))
        .order_by(
            VerificationCheck.business_id,
            VerificationCheck.channel,
            VerificationCheck.at.desc(),
            VerificationCheck.id.desc(),
        )
    )
    is_fresh = or_(VerificationCheck.expires_at.is_(None), VerificationCheck.expires_at > now)
    return (
        select(VerificationCheck)
        .where(VerificationCheck.id.in_(last), is_fresh)
        .order_by(VerificationCheck.at, VerificationCheck.id)
    )


def open_suspensions(business_ids: Collection[UUID]) -> Select[Suspension]:
    """Notices and suspensions that nobody has lifted, the newest first."""
    return (
        select(Suspension)
        .where(Suspension.business_id.in_(business_ids), Suspension.lifted_at.is_(None))
        .order_by(Suspension.announced_at.desc(), Suspension.id.desc())
    )


def open_disputes() -> Select[IdentifierDispute]:
    """Claims to numbers that nobody has decided about, the oldest first."""
    return (
        select(IdentifierDispute)
        .where(IdentifierDispute.settled_at.is_(None))
        .order_by(IdentifierDispute.created_at, IdentifierDispute.id)
    )


def outlived_checks(since: datetime, now: datetime) -> Select[UUID]:
    """Businesses a check of which has ended since then."""
    return (
        select(VerificationCheck.business_id)
        .where(and_(VerificationCheck.expires_at > since, VerificationCheck.expires_at <= now))
        .distinct()
    )
