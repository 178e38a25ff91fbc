"""Businesses on their way in, for tests: one in each state that decides who may do what."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from businesses.models import (
    BankAccount,
    Business,
    BusinessIdentifier,
    BusinessRepresentative,
    Evidence,
    IdentifierDispute,
    Licence,
    Verification,
    VerificationCheck,
)
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.rules.identifiers import IdentifierKind
from businesses.rules.joining import Requirement
from businesses.rules.licences import LicenceKind
from businesses.rules.verification import VerificationChannel, VerificationState
from marketplace.kernel.database import Model, new_id
from marketplace.media.models import MediaFile
from marketplace.media.rules.kinds import MediaKind
from tests.factories.businesses import a_business
from tests.factories.media import a_media_file

HEAD = "Nông Thị Mai"


def a_draft(**overrides: Any) -> Business:
    """A household that joins."""
    values = {
        "name": "Hộ Nông Thị Mai",
        "kind": BusinessKind.HOUSEHOLD,
        "state": BusinessState.DRAFT,
        "verification_level": 0,
    }
    return a_business(**(values | overrides))


def a_verification(business_id: UUID, **overrides: Any) -> Verification:
    """The check of a business, a draft unless told otherwise."""
    values = {"id": new_id(), "business_id": business_id, "state": VerificationState.DRAFT}
    return Verification(**(values | overrides))


def a_check(
    business_id: UUID,
    channel: VerificationChannel,
    at: datetime,
    **overrides: Any,
) -> VerificationCheck:
    """A source that confirms the business."""
    values = {"business_id": business_id, "channel": channel, "passed": True, "at": at}
    return VerificationCheck(**(values | overrides))


def a_paper(**overrides: Any) -> MediaFile:
    """A private file."""
    return a_media_file(
        kind=MediaKind.DOCUMENT,
        is_private=True,
        content_type="application/pdf",
        **overrides,
    )


def shown_by(business_id: UUID, media_id: UUID, number: str) -> list[Model]:
    """Everything a household has to show."""
    return [
        BusinessIdentifier(
            business_id=business_id,
            kind=IdentifierKind.PERSONAL_NUMBER,
            sealed=b"sealed",
            lookup_hash=number.encode(),
            masked=f"•••• •••• {number[-4:]}",
        ),
        BusinessRepresentative(business_id=business_id, full_name=HEAD, born_on=date(1985, 3, 8)),
        BankAccount(
            business_id=business_id,
            bank_bin="970405",
            number_sealed=b"sealed",
            number_masked="•••• 6789",
            holder_name="NONG THI MAI",
        ),
        Evidence(
            id=new_id(),
            business_id=business_id,
            requirement=Requirement.HOUSEHOLD_REGISTRATION,
            media_id=media_id,
        ),
    ]


def a_licence(business_id: UUID, **overrides: Any) -> Licence:
    """A licence without an end."""
    values = {
        "id": new_id(),
        "business_id": business_id,
        "kind": LicenceKind.FOOD_SAFETY_CERTIFICATE,
        "number": "12/2026/ATTP",
        "issuer": "Sở Nông nghiệp và Môi trường",
        "issued_on": date(2026, 1, 5),
    }
    return Licence(**(values | overrides))


# What the small province holds: the name of a thing, and where its check stands.
STATES: Mapping[str, VerificationState] = {
    "joining": VerificationState.DRAFT,
    "waiting": VerificationState.SUBMITTED,
    "reviewed": VerificationState.IN_REVIEW,
}


async def businesses_that_join(
    session: AsyncSession, place_id: UUID, now: datetime
) -> dict[str, Any]:
    """One business in each of `STATES`, with its papers, by name."""
    things: dict[str, Any] = {}
    for number, (name, state) in enumerate(STATES.items()):
        business, paper = a_draft(place_id=place_id), a_paper(created_at=now)
        session.add_all((business, paper))
        await session.flush()
        shown = shown_by(business.id, paper.id, f"00608500000{number}")
        case = a_verification(business.id, state=state, submitted_at=now)
        licence = a_licence(business.id)
        session.add_all((*shown, case, licence))
        if state is VerificationState.IN_REVIEW:
            for channel in (VerificationChannel.CERTIFICATE, VerificationChannel.BANK_HOLDER):
                session.add(a_check(business.id, channel, now))
        await session.flush()
        things |= {
            name: business,
            f"{name}_paper": paper,
            f"{name}_case": case,
            f"{name}_licence": licence,
            f"{name}_evidence": shown[-1],
        }
    dispute = IdentifierDispute(
        id=new_id(),
        business_id=things["joining"].id,
        holder_id=things["waiting"].id,
        message="Đây là số của tôi.",
    )
    session.add(dispute)
    await session.flush()
    return things | {"dispute": dispute}
