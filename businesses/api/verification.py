"""GraphQL types of verification: where it stands, what sources say, and suspensions."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from businesses import models
from businesses.api.joining_codes import SuspensionKind, VerificationChannel, VerificationState
from businesses.api.joining_loaders import JoiningLoaders
from businesses.api.loaders import BusinessLoaders
from businesses.api.types import Business
from businesses.queries import verification as queries
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global


@strawberry.type
class VerificationCheck:
    """The last word of one source about a business."""

    channel: VerificationChannel = strawberry.field(description="Which source.")
    passed: bool = strawberry.field(description="Whether it confirms the business.")
    at: datetime = strawberry.field(description="When it was asked.")
    expires: datetime | None = strawberry.field(description="Until when that counts.")


@strawberry.type
class IdentifierDispute:
    """Somebody says that a number another business holds is theirs."""

    id: strawberry.ID = strawberry.field(description="The id of the dispute.")
    message: str = strawberry.field(description="What the claimant says.")
    created: datetime = strawberry.field(description="Since when.")
    claimant_key: strawberry.Private[UUID]
    holder_key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: models.IdentifierDispute) -> Self:
        """The dispute as the schema shows it."""
        return cls(
            id=to_global("IdentifierDispute", row.id),
            message=row.message,
            created=row.created_at,
            claimant_key=row.business_id,
            holder_key=row.holder_id,
        )

    @strawberry.field
    async def claimant(self, info: Info) -> Business | None:
        """The business that wants the number."""
        row = await info.context.once(BusinessLoaders).by_id.load(self.claimant_key)
        return None if row is None else Business.of(row)

    @strawberry.field
    async def holder(self, info: Info) -> Business | None:
        """The business that holds it."""
        row = await info.context.once(BusinessLoaders).by_id.load(self.holder_key)
        return None if row is None else Business.of(row)


@strawberry.type
class Suspension:
    """A business is told that it is, or will be, suspended."""

    kind: SuspensionKind = strawberry.field(description="By which right.")
    reason: str = strawberry.field(description="Why.")
    authority: str = strawberry.field(description="Who orders it, if somebody does.")
    document_number: str = strawberry.field(description="The number of the order.")
    legal_basis: str = strawberry.field(description="The rule the order names.")
    announced: datetime = strawberry.field(description="When the business was told.")
    takes_effect: datetime = strawberry.field(description="From when on it is suspended.")


@strawberry.type
class Verification:
    """The check of a business."""

    id: strawberry.ID = strawberry.field(description="The id of the verification.")
    state: VerificationState = strawberry.field(description="Where it stands.")
    reason: str | None = strawberry.field(description="Why it was refused.")
    submitted: datetime | None = strawberry.field(description="When it was handed in.")
    decided: datetime | None = strawberry.field(description="When it was decided.")
    key: strawberry.Private[UUID]
    business_key: strawberry.Private[UUID]
    officer_key: strawberry.Private[UUID | None]

    @classmethod
    def of(cls, row: models.Verification) -> Self:
        """The verification as the schema shows it."""
        return cls(
            id=to_global("Verification", row.id),
            state=row.state,
            reason=row.reason,
            submitted=row.submitted_at,
            decided=row.decided_at,
            key=row.id,
            business_key=row.business_id,
            officer_key=row.officer_id,
        )

    @strawberry.field
    async def business(self, info: Info) -> Business | None:
        """The business it is about."""
        statement = queries.business_of(info.context.viewer, self.key)
        row = await info.context.reader.first(statement)
        return None if row is None else Business.of(row)

    @strawberry.field
    async def officer_name(self, info: Info) -> str:
        """Who has taken it up; empty while nobody has."""
        if self.officer_key is None:
            return ""
        return await info.context.once(JoiningLoaders).names.load(self.officer_key)

    @strawberry.field
    async def checks(self, info: Info) -> list[VerificationCheck]:
        """What independent sources say, the last word of each."""
        rows = await info.context.once(JoiningLoaders).checks.load(self.business_key)
        return [
            VerificationCheck(
                channel=row.channel, passed=row.passed, at=row.at, expires=row.expires_at
            )
            for row in rows
        ]
