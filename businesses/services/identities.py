"""What an identity provider's word about a person is worth for the businesses they own."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.models import (
    Business,
    BusinessIdentifier,
    BusinessMember,
    BusinessRepresentative,
)
from businesses.queries import lookup as queries
from businesses.queries.businesses import business_for_change
from businesses.rules.identifiers import IdentifierKind
from businesses.rules.lookup import folded_name
from businesses.rules.verification import VerificationChannel
from businesses.services.identity import number_hash
from businesses.services.verification import record_check
from marketplace.accounts.models import IdentityAssertion
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole

# The law asks who sells, not who signed in yesterday; a year later it is asked again.
ASSERTED_FOR: Final = timedelta(days=365)


async def check_identity(unit: UnitOfWork, sealer: Sealer, user_id: UUID) -> int:
    """Compare what was said last about a person with each business they own; how many.

    The number must agree where the business itself is known by a personal number; the name of who
    answers for the business, and the birthday where both are known, must agree always.
    """
    statement = (
        select(IdentityAssertion)
        .where(IdentityAssertion.user_id == user_id)
        .order_by(IdentityAssertion.asserted_at.desc(), IdentityAssertion.id.desc())
        .limit(1)
    )
    said = await unit.session.scalar(statement)
    if said is None or said.name is None or said.asserted_at + ASSERTED_FOR <= unit.now:
        return 0
    owned = select(BusinessMember.business_id).where(
        BusinessMember.user_id == user_id, BusinessMember.role == MemberRole.OWNER
    )
    ids = sorted(await unit.session.scalars(owned))
    for business_id in ids:
        business = await unit.session.scalar(business_for_change(business_id))
        if business is not None:
            await _compare(unit, sealer, business, said)
    return len(ids)


async def _compare(
    unit: UnitOfWork, sealer: Sealer, business: Business, said: IdentityAssertion
) -> None:
    speaker = await unit.session.get(BusinessRepresentative, business.id)
    number = await unit.session.scalar(queries.number_of(business.id))
    if speaker is None or number is None:
        return
    same_number = _is_same_number(sealer, number, said)
    same_person = _is_same_person(sealer, speaker, said)
    needs_number = number.kind is IdentifierKind.PERSONAL_NUMBER
    await record_check(
        unit,
        business,
        VerificationChannel.IDENTITY,
        same_person and (same_number or not needs_number),
        {
            "assertion": str(said.id),
            "issuer": said.issuer,
            "level": said.level,
            "samePerson": same_person,
            "sameNumber": same_number if needs_number else None,
        },
        said.asserted_at + ASSERTED_FOR,
    )


def _is_same_number(sealer: Sealer, number: BusinessIdentifier, said: IdentityAssertion) -> bool:
    if said.identifier is None:
        return False
    return number_hash(sealer, sealer.open(said.identifier).decode()) == number.lookup_hash


def _is_same_person(
    sealer: Sealer, speaker: BusinessRepresentative, said: IdentityAssertion
) -> bool:
    name = "" if said.name is None else sealer.open(said.name).decode()
    if not name or folded_name(name) != folded_name(speaker.full_name):
        return False
    if said.birthdate is None or speaker.born_on is None:
        return True
    try:
        return date.fromisoformat(sealer.open(said.birthdate).decode()) == speaker.born_on
    except ValueError:
        return False
