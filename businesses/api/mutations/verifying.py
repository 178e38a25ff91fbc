"""What officers do: take up, confirm, send back, decide; suspend and lift."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from businesses import models
from businesses.api.joining_codes import (
    JoiningError,
    Requirement,
    VerificationChannel,
    joining_errors,
)
from businesses.api.verification import Verification
from businesses.services import disputes, suspension, verification
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation

VerificationId = Annotated[strawberry.ID, strawberry.argument(description="Which verification.")]
BusinessId = Annotated[strawberry.ID, strawberry.argument(description="Which business.")]
Reason = Annotated[str, strawberry.argument(description="Why; the business reads it.")]


@strawberry.input(description="What has to be changed.")
class RequirementNoteInput:
    """One requirement, and words."""

    requirement: Requirement = strawberry.field(description="Which.")
    note: str = strawberry.field(description="What has to be changed, in plain words.")


@strawberry.input(description="An authority's order to suspend a business.")
class SuspensionOrderInput:
    """The order names itself."""

    reason: str = strawberry.field(description="Why.")
    authority: str = strawberry.field(description="Who orders it.")
    document_number: str = strawberry.field(description="The number of the order.")
    legal_basis: str = strawberry.field(description="The rule it names.")
    received_at: datetime | None = strawberry.field(default=None, description="When it came.")
    document_date: date | None = strawberry.field(default=None, description="Its own date.")


@strawberry.type
class VerificationChange:
    """A verification went on, or why not."""

    errors: list[JoiningError] = joining_errors()
    verification: Verification | None = strawberry.field(
        default=None, description="The verification."
    )


@strawberry.type
class SuspensionChange:
    """A business was told, suspended or opened again, or why not."""

    errors: list[JoiningError] = joining_errors()


@strawberry.type
class DisputeSettle:
    """It was decided whose number it is, or why not."""

    errors: list[JoiningError] = joining_errors()


def _payload(row: models.Verification) -> VerificationChange:
    return VerificationChange(verification=Verification.of(row))


@strawberry.type
class VerifyingMutations:
    """Root mutation fields of officers."""

    @mutation
    async def verification_take(
        self,
        info: Info,
        id: VerificationId,
    ) -> VerificationChange | None:
        """Take up what was handed in."""
        info.context.signed_in()
        key = required_key("Verification", id)
        async with info.context.change() as unit:
            return _payload(await verification.take_verification(unit, key))

    @mutation
    async def verification_channel_confirm(
        self,
        info: Info,
        id: VerificationId,
        channel: Annotated[
            VerificationChannel, strawberry.argument(description="What the papers tell.")
        ],
        passed: Annotated[
            bool, strawberry.argument(description="Whether they confirm the business.")
        ] = True,
        note: Annotated[str, strawberry.argument(description="What was seen.")] = "",
    ) -> VerificationChange | None:
        """Write down what was read in the papers."""
        info.context.signed_in()
        key = required_key("Verification", id)
        async with info.context.change() as unit:
            row = await verification.confirm_channel(unit, key, channel, passed=passed, note=note)
            return _payload(row)

    @mutation
    async def verification_request_changes(
        self,
        info: Info,
        id: VerificationId,
        notes: Annotated[
            list[RequirementNoteInput],
            strawberry.argument(description="Everything that has to be changed, at once."),
        ],
    ) -> VerificationChange | None:
        """Give it back with what has to be changed."""
        info.context.signed_in()
        key = required_key("Verification", id)
        words = {each.requirement: each.note for each in notes}
        async with info.context.change() as unit:
            return _payload(await verification.ask_for_changes(unit, key, words))

    @mutation
    async def verification_verify(
        self,
        info: Info,
        id: VerificationId,
    ) -> VerificationChange | None:
        """Say that the business is who it claims to be; it opens by that."""
        info.context.signed_in()
        key = required_key("Verification", id)
        async with info.context.change() as unit:
            return _payload(await verification.verify_business(unit, key))

    @mutation
    async def verification_refuse(
        self,
        info: Info,
        id: VerificationId,
        reason: Reason,
    ) -> VerificationChange | None:
        """Say that the business is not who it claims to be, and why."""
        info.context.signed_in()
        key = required_key("Verification", id)
        async with info.context.change() as unit:
            return _payload(await verification.refuse_business(unit, key, reason))

    @mutation
    async def identifier_dispute_settle(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Which dispute.")],
        upheld: Annotated[
            bool, strawberry.argument(description="Whether the number is the claimant's.")
        ],
    ) -> DisputeSettle | None:
        """Decide whose number it is; upheld, it is free for the claimant."""
        info.context.signed_in()
        key = required_key("IdentifierDispute", id)
        async with info.context.change() as unit:
            await disputes.settle_dispute(unit, key, upheld=upheld)
        return DisputeSettle()

    @mutation
    async def business_suspension_announce(
        self,
        info: Info,
        id: BusinessId,
        reason: Reason,
        takes_effect_at: Annotated[
            datetime | None, strawberry.argument(description="From when on; five days without it.")
        ] = None,
    ) -> SuspensionChange | None:
        """Tell a business that it will be suspended, five days ahead or more."""
        info.context.signed_in()
        key = required_key("Business", id)
        async with info.context.change() as unit:
            await suspension.announce_suspension(unit, key, reason, takes_effect_at)
        return SuspensionChange()

    @mutation
    async def business_suspend_by_order(
        self,
        info: Info,
        id: BusinessId,
        input: SuspensionOrderInput,
    ) -> SuspensionChange | None:
        """Suspend a business at once, because an authority orders it."""
        info.context.signed_in()
        key = required_key("Business", id)
        order = suspension.Order(
            input.reason,
            input.authority,
            input.document_number,
            input.legal_basis,
            input.received_at,
            input.document_date,
        )
        async with info.context.change() as unit:
            await suspension.suspend_by_order(unit, key, order)
        return SuspensionChange()

    @mutation
    async def business_suspension_lift(
        self,
        info: Info,
        id: BusinessId,
    ) -> SuspensionChange | None:
        """Take a notice back, or open a suspended business again."""
        info.context.signed_in()
        key = required_key("Business", id)
        async with info.context.change() as unit:
            await suspension.lift_suspension(unit, key)
        return SuspensionChange()
