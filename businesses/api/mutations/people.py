"""Inviting people, their roles, and handing a business over."""

from typing import Annotated
from uuid import UUID

import strawberry

from businesses.api.people import PeopleError, people_errors
from businesses.services import invitations, members
from marketplace.accounts.api.mutations.entrance import admit, settings_of
from marketplace.accounts.rules import limits
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.viewer import MemberRole

BusinessId = Annotated[strawberry.ID, strawberry.argument(description="Which business.")]
MemberId = Annotated[strawberry.ID, strawberry.argument(description="Which membership.")]
InvitationId = Annotated[strawberry.ID, strawberry.argument(description="Which invitation.")]
HandoverId = Annotated[strawberry.ID, strawberry.argument(description="Which hand-over.")]
Token = Annotated[str, strawberry.argument(description="The secret of the invitation's link.")]
Role = Annotated[MemberRole, strawberry.argument(description="What the person may do.")]


@strawberry.type
class PeopleChange:
    """The people of a business were changed, or why not."""

    errors: list[PeopleError] = people_errors()


@strawberry.type
class MemberInvite:
    """Somebody was asked to join; the link is on its way."""

    errors: list[PeopleError] = people_errors()
    sent_to: str | None = strawberry.field(default=None, description="Where the link goes.")


@strawberry.type
class MemberInvitationAccept:
    """The viewer joined a business."""

    errors: list[PeopleError] = people_errors()
    business_slug: str | None = strawberry.field(
        default=None, description="The business's name in addresses."
    )


def _member_key(member_id: str) -> UUID:
    return required_key("BusinessMember", member_id, "member")


@strawberry.type
class PeopleMutations:
    """Root mutation fields about the people of businesses."""

    @mutation
    async def member_invite(
        self,
        info: Info,
        business: BusinessId,
        contact: Annotated[
            str, strawberry.argument(description="An e-mail address or a Vietnamese number.")
        ],
        role: Role,
    ) -> MemberInvite | None:
        """Ask somebody to act for a business; the link is good once, for 14 days."""
        viewer = info.context.signed_in()
        key = required_key("Business", business, "business")
        await admit(info, ((limits.INVITATIONS_OF_PERSON, str(viewer.user_id)),))
        async with info.context.change() as unit:
            made = await invitations.invite_member(unit, settings_of(info), key, contact, role)
        return MemberInvite(sent_to=made.sent_to)

    @mutation
    async def member_invitation_revoke(self, info: Info, id: InvitationId) -> PeopleChange | None:
        """Take an invitation back."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await invitations.revoke_invitation(unit, required_key("MemberInvitation", id))
        return PeopleChange()

    @mutation
    async def member_invitation_accept(
        self, info: Info, token: Token
    ) -> MemberInvitationAccept | None:
        """Join the business that asked."""
        info.context.signed_in()
        async with info.context.change() as unit:
            member = await invitations.accept_invitation(unit, token)
            business = await members.lock_business(unit, member.business_id)
        return MemberInvitationAccept(business_slug=business.slug)

    @mutation
    async def member_invitation_decline(self, info: Info, token: Token) -> PeopleChange | None:
        """Say no to an invitation."""
        async with info.context.change() as unit:
            await invitations.decline_invitation(unit, token)
        return PeopleChange()

    @mutation
    async def member_role_change(
        self, info: Info, member: MemberId, role: Role
    ) -> PeopleChange | None:
        """Give a member another role."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await members.change_role(unit, _member_key(member), role)
        return PeopleChange()

    @mutation
    async def member_remove(self, info: Info, member: MemberId) -> PeopleChange | None:
        """End somebody's membership, or one's own."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await members.remove_member(unit, _member_key(member))
        return PeopleChange()

    @mutation
    async def member_leave(self, info: Info, business: BusinessId) -> PeopleChange | None:
        """End one's own membership of a business."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await members.leave_business(unit, required_key("Business", business, "business"))
        return PeopleChange()

    @mutation
    async def handover_ask(self, info: Info, member: MemberId) -> PeopleChange | None:
        """Offer the business to a member, who has 14 days to take it."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await members.ask_handover(unit, _member_key(member))
        return PeopleChange()

    @mutation
    async def handover_accept(self, info: Info, id: HandoverId) -> PeopleChange | None:
        """Take a business over; who gave it becomes a manager."""
        info.context.signed_in()
        async with info.context.change() as unit:
            key = required_key("OwnershipHandover", id)
            await members.answer_handover(unit, key, accepts=True)
        return PeopleChange()

    @mutation
    async def handover_decline(self, info: Info, id: HandoverId) -> PeopleChange | None:
        """Do not take a business over."""
        info.context.signed_in()
        async with info.context.change() as unit:
            key = required_key("OwnershipHandover", id)
            await members.answer_handover(unit, key, accepts=False)
        return PeopleChange()

    @mutation
    async def handover_revoke(self, info: Info, id: HandoverId) -> PeopleChange | None:
        """Take an offer to hand over back."""
        info.context.signed_in()
        async with info.context.change() as unit:
            await members.revoke_handover(unit, required_key("OwnershipHandover", id))
        return PeopleChange()
