"""Joining step by step: each mutation keeps one page of what was typed."""

from datetime import date
from typing import Annotated

import strawberry
from strawberry.file_uploads import Upload

from businesses import models
from businesses.api.joining_codes import (
    JoiningError,
    LicenceKind,
    Requirement,
    joining_errors,
)
from businesses.api.types import Business
from businesses.rules.businesses import BusinessKind
from businesses.services import identity, joining, papers, suspension, verification
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import from_global, required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.sealing import SEALER
from marketplace.media.api.mutations import bytes_of
from marketplace.media.ports import MEDIA_STORE, UPLOAD_QUOTA

BusinessId = Annotated[strawberry.ID, strawberry.argument(description="Which business.")]


@strawberry.input(description="Who sells, and where.")
class BusinessProfileInput:
    """The first step."""

    name: str = strawberry.field(description="The name buyers shall read.")
    place: strawberry.ID | None = strawberry.field(default=None, description="The commune.")
    hamlet: str = strawberry.field(default="", description="The hamlet, or street and number.")

    def stall(self) -> joining.Stall:
        """The values as the service takes them."""
        place = None if self.place is None else from_global("Place", self.place)
        return joining.Stall(self.name, place, self.hamlet)


@strawberry.input(description="Who answers for a business.")
class BusinessIdentityInput:
    """The second step."""

    identifier: str = strawberry.field(
        default="", description="Tax code or personal number; empty keeps the one that is there."
    )
    full_name: str = strawberry.field(description="The full name of who answers.")
    born_on: date | None = strawberry.field(default=None, description="The date of birth.")


@strawberry.input(description="Where buyers pay to.")
class BankAccountInput:
    """The third step."""

    bank: str = strawberry.field(description="The bank's six digits, as `banks` lists them.")
    number: str = strawberry.field(description="The number of the account.")
    holder_name: str = strawberry.field(description="The name on the account.")


@strawberry.input(description="What stands on a licence.")
class LicenceInput:
    """One licence."""

    kind: LicenceKind = strawberry.field(description="What it permits.")
    number: str = strawberry.field(description="Its number.")
    issuer: str = strawberry.field(description="Who issued it.")
    issued_on: date | None = strawberry.field(default=None, description="Its first day.")
    expires_on: date | None = strawberry.field(default=None, description="Its last day, if any.")


@strawberry.type
class BusinessJoin:
    """A step of joining was kept, or why not."""

    errors: list[JoiningError] = joining_errors()
    business: Business | None = strawberry.field(default=None, description="The business.")


def _payload(row: models.Business) -> BusinessJoin:
    return BusinessJoin(business=Business.of(row))


@strawberry.type
class JoiningMutations:
    """Root mutation fields of joining."""

    @mutation
    async def business_begin(
        self,
        info: Info,
        kind: Annotated[
            BusinessKind, strawberry.argument(description="Which of the six kinds it is.")
        ],
        input: BusinessProfileInput,
    ) -> BusinessJoin | None:
        """Begin to join as a seller; the draft is the viewer's own from then on."""
        info.context.signed_in()
        async with info.context.change() as unit:
            return _payload(await joining.begin_business(unit, kind, input.stall()))

    @mutation
    async def business_profile_set(
        self,
        info: Info,
        id: BusinessId,
        input: BusinessProfileInput,
    ) -> BusinessJoin | None:
        """Keep the name and the place of a business that joins."""
        info.context.signed_in()
        key = required_key("Business", id)
        async with info.context.change() as unit:
            return _payload(await joining.set_profile(unit, key, input.stall()))

    @mutation
    async def business_identity_set(
        self,
        info: Info,
        id: BusinessId,
        input: BusinessIdentityInput,
    ) -> BusinessJoin | None:
        """Keep the number of a business and who answers for it."""
        info.context.signed_in()
        key, sealer = required_key("Business", id), info.context.ports[SEALER]
        person = identity.Person(input.identifier, input.full_name, input.born_on)
        async with info.context.change() as unit:
            return _payload(await identity.set_identity(unit, sealer, key, person))

    @mutation
    async def business_bank_account_set(
        self,
        info: Info,
        id: BusinessId,
        input: BankAccountInput,
    ) -> BusinessJoin | None:
        """Keep the account buyers pay to; its name must be the one that was told."""
        info.context.signed_in()
        key, sealer = required_key("Business", id), info.context.ports[SEALER]
        account = identity.Account(input.bank, input.number, input.holder_name)
        async with info.context.change() as unit:
            return _payload(await identity.set_bank_account(unit, sealer, key, account))

    @mutation
    async def business_identifier_dispute(
        self,
        info: Info,
        id: BusinessId,
        identifier: Annotated[str, strawberry.argument(description="The number.")],
        message: Annotated[str, strawberry.argument(description="Why it is the viewer's own.")],
    ) -> BusinessJoin | None:
        """Tell the officers that a number another business holds is one's own."""
        info.context.signed_in()
        key, sealer = required_key("Business", id), info.context.ports[SEALER]
        async with info.context.change() as unit:
            await identity.dispute_identifier(unit, sealer, key, identifier, message)
        return BusinessJoin()

    @mutation
    async def business_evidence_add(
        self,
        info: Info,
        id: BusinessId,
        requirement: Annotated[
            Requirement, strawberry.argument(description="What the paper shows.")
        ],
        file: Annotated[
            Upload, strawberry.argument(description="PDF or a picture of it, at most 10 MB.")
        ],
        licence: Annotated[
            strawberry.ID | None, strawberry.argument(description="The licence it belongs to.")
        ] = None,
    ) -> BusinessJoin | None:
        """Hand in a private paper; its looks are written down."""
        context = info.context
        context.signed_in()
        key = required_key("Business", id)
        held = None if licence is None else required_key("Licence", licence, "licence")
        sent = await bytes_of(file)
        async with context.change() as unit:
            await papers.add_evidence(
                unit,
                context.ports[MEDIA_STORE],
                key,
                requirement,
                sent,
                licence_id=held,
                quota=context.ports[UPLOAD_QUOTA],
            )
        return BusinessJoin()

    @mutation
    async def business_evidence_remove(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Which paper.")],
    ) -> BusinessJoin | None:
        """Take a paper away again."""
        info.context.signed_in()
        key = required_key("Evidence", id)
        async with info.context.change() as unit:
            return _payload(await papers.remove_evidence(unit, key))

    @mutation
    async def business_licence_add(
        self,
        info: Info,
        id: BusinessId,
        input: LicenceInput,
    ) -> BusinessJoin | None:
        """Write down a licence for goods or services that need one."""
        info.context.signed_in()
        key = required_key("Business", id)
        text = papers.LicenceText(
            input.kind, input.number, input.issuer, input.issued_on, input.expires_on
        )
        async with info.context.change() as unit:
            await papers.add_licence(unit, key, text)
        return BusinessJoin()

    @mutation
    async def business_licence_remove(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Which licence.")],
    ) -> BusinessJoin | None:
        """Take a licence away, with its papers."""
        info.context.signed_in()
        key = required_key("Licence", id)
        async with info.context.change() as unit:
            return _payload(await papers.remove_licence(unit, key))

    @mutation
    async def business_submit(
        self,
        info: Info,
        id: BusinessId,
    ) -> BusinessJoin | None:
        """Hand the business in for verification; what is missing is told, thing by thing."""
        info.context.signed_in()
        key = required_key("Business", id)
        async with info.context.change() as unit:
            await verification.submit_business(unit, key)
        return BusinessJoin()

    @mutation
    async def business_close(
        self,
        info: Info,
        id: BusinessId,
    ) -> BusinessJoin | None:
        """Close a business for good; its number is free again."""
        info.context.signed_in()
        key = required_key("Business", id)
        async with info.context.change() as unit:
            return _payload(await suspension.close_business(unit, key))
