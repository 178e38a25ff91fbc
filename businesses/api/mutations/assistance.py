"""Acting for a seller: consent, entering, leaving, ending."""

from typing import Annotated

import strawberry

from businesses.api.assistance import ConsentInput
from businesses.api.people import PeopleError, people_errors
from businesses.services import assistance
from marketplace.accounts.api.mutations.entrance import admit, settings_of
from marketplace.accounts.rules import limits
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key, to_global
from marketplace.kernel.graph.refusals import mutation

AssistanceId = Annotated[strawberry.ID, strawberry.argument(description="Which consent.")]


@strawberry.type
class AssistanceRecord:
    """A consent was written down, or why not."""

    errors: list[PeopleError] = people_errors()
    id: strawberry.ID | None = strawberry.field(default=None, description="The consent.")
    awaits_code: bool = strawberry.field(
        default=False, description="Whether a code went to the seller's phone."
    )


@strawberry.type
class AssistanceChange:
    """The help was changed, or why not."""

    errors: list[PeopleError] = people_errors()


@strawberry.type
class AssistanceMutations:
    """Root mutation fields of assisted selling."""

    @mutation
    async def assistance_record(
        self,
        info: Info,
        business: Annotated[strawberry.ID, strawberry.argument(description="Which business.")],
        consent: Annotated[ConsentInput, strawberry.argument(description="What was agreed.")],
    ) -> AssistanceRecord | None:
        """Write down that a seller agreed to be helped."""
        viewer = info.context.signed_in()
        evidence = consent.evidence
        words = assistance.Consent(
            method=consent.method,
            scopes=frozenset(consent.scopes),
            days=consent.days,
            witness=consent.witness[:200],
            note=consent.note[:500],
            evidence_id=required_key("MediaFile", evidence, "evidence") if evidence else None,
        )
        key = required_key("Business", business, "business")
        await admit(info, ((limits.CONSENTS_OF_PERSON, str(viewer.user_id)),))
        async with info.context.change() as unit:
            made = await assistance.record_assistance(unit, key, words)
        return AssistanceRecord(
            id=to_global("Assistance", made.id), awaits_code=made.confirmed_at is None
        )

    @mutation
    async def assistance_confirm(
        self,
        info: Info,
        id: AssistanceId,
        code: Annotated[str, strawberry.argument(description="The code of the seller's phone.")],
    ) -> AssistanceChange | None:
        """Take the code that went to the seller's phone."""
        info.context.signed_in()
        key = required_key("Assistance", id)
        await admit(info, ((limits.CODE_OF_ACCOUNT, f"assistance {key}"),))
        async with info.context.change() as unit:
            await assistance.confirm_assistance(unit, settings_of(info), key, code)
        return AssistanceChange()

    @mutation
    async def assistance_enter(self, info: Info, id: AssistanceId) -> AssistanceChange | None:
        """Act for the seller in this browser from now on."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await assistance.enter_assistance(unit, required_key("Assistance", id))
        return AssistanceChange()

    @mutation
    async def assistance_leave(self, info: Info) -> AssistanceChange | None:
        """Be oneself again in this browser."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await assistance.leave_assistance(unit)
        return AssistanceChange()

    @mutation
    async def assistance_end(self, info: Info, id: AssistanceId) -> AssistanceChange | None:
        """End the help for good."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await assistance.end_assistance(unit, required_key("Assistance", id))
        return AssistanceChange()

    @mutation
    async def assistance_end_by_link(
        self,
        info: Info,
        token: Annotated[str, strawberry.argument(description="The secret of the link.")],
    ) -> AssistanceChange | None:
        """End the help by the link of the message, without signing in."""
        async with info.context.change() as unit:
            await assistance.end_by_link(unit, settings_of(info), token)
        return AssistanceChange()
