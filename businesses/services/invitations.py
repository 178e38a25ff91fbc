"""Asking people to act for a business, and their answers."""

from uuid import UUID

from businesses.errors import InvitationOverError, MemberError, MemberKnownError
from businesses.events import MemberInvited
from businesses.models import BusinessMember, Invitation
from businesses.policies import people as policies
from businesses.queries import people as queries
from businesses.rules.people import (
    INVITATION_LIFETIME,
    MOST_INVITATIONS,
    EndReason,
    invitation_digest,
    invitation_token,
)
from businesses.services.members import lock_business
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.contacts import read_contact
from marketplace.accounts.services.users import find_user
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import (
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
    Problem,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole


async def invite_member(
    unit: UnitOfWork,
    settings: AccountSettings,
    business_id: UUID,
    contact: str,
    role: MemberRole,
) -> Invitation:
    """Ask somebody, by phone or e-mail, to act for the business; an older invitation ends.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: the viewer may not give that role.
        InvalidInputError: that is neither an address nor a Vietnamese number.
        MemberKnownError: the person is a member already.
        MemberError: too many invitations wait for an answer.
    """
    await lock_business(unit, business_id)
    if unit.viewer.user_id is None:
        raise NotSignedInError
    if not policies.may_invite(unit.viewer, business_id, role):
        raise NotPermittedError
    read = read_contact(contact)
    if read is None:
        message = _("Please give an e-mail address or a Vietnamese phone number.")
        raise InvalidInputError([Problem("contact", message, "INVALID")])
    known = await find_user(unit, read)
    members = (await unit.session.scalars(queries.members_for_change(business_id))).all()
    if known is not None and known.id in {member.user_id for member in members}:
        raise MemberKnownError
    await _make_room(unit, business_id, read.value)
    invitation_id = new_id()
    invitation = Invitation(
        id=invitation_id,
        business_id=business_id,
        sent_to=read.value,
        role=role,
        token_hash=invitation_digest(invitation_token(settings.secret_key, invitation_id)),
        invited_by_id=unit.viewer.user_id,
        invited_at=unit.now,
        expires_at=unit.now + INVITATION_LIFETIME,
    )
    unit.session.add(invitation)
    unit.announce(MemberInvited(invitation_id))
    return invitation


async def revoke_invitation(unit: UnitOfWork, invitation_id: UUID) -> Invitation:
    """Take an invitation back; its link is good for nothing from now on.

    Raises:
        NotFoundError: there is no such invitation.
        NotPermittedError: the viewer may not give that role.
        InvitationOverError: it was answered already.
    """
    found = await unit.session.get(Invitation, invitation_id)
    if found is None:
        raise NotFoundError(_("There is no such invitation."), field="id")
    await lock_business(unit, found.business_id)
    await unit.session.refresh(found)
    if not policies.may_invite(unit.viewer, found.business_id, found.role):
        raise NotPermittedError
    if found.ended_at is not None:
        raise InvitationOverError
    _end(unit, found, EndReason.REVOKED)
    return found


async def accept_invitation(unit: UnitOfWork, token: str) -> BusinessMember:
    """Join the business that asked; the link is the proof that one was meant.

    Raises:
        NotSignedInError: nobody is signed in.
        InvitationOverError: the link is wrong, used or too old.
        MemberKnownError: the viewer is a member already.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    invitation = await _invitation_of(unit, token)
    members = (await unit.session.scalars(queries.members_for_change(invitation.business_id))).all()
    if unit.viewer.user_id in {member.user_id for member in members}:
        raise MemberKnownError
    member = BusinessMember(
        business_id=invitation.business_id,
        user_id=unit.viewer.user_id,
        role=invitation.role,
        joined_at=unit.now,
    )
    unit.session.add(member)
    invitation.accepted_by_id = unit.viewer.user_id
    _end(unit, invitation, EndReason.ACCEPTED)
    await unit.session.flush()
    return member


async def decline_invitation(unit: UnitOfWork, token: str) -> Invitation:
    """Say no; nobody needs an account for that.

    Raises:
        InvitationOverError: the link is wrong, used or too old.
    """
    invitation = await _invitation_of(unit, token)
    _end(unit, invitation, EndReason.DECLINED)
    return invitation


async def _invitation_of(unit: UnitOfWork, token: str) -> Invitation:
    statement = queries.invitation_of_link(invitation_digest(token.strip()), unit.now)
    found = await unit.session.scalar(statement)
    if found is None:
        raise InvitationOverError
    await lock_business(unit, found.business_id)
    await unit.session.refresh(found, with_for_update=True)
    if found.ended_at is not None:
        raise InvitationOverError
    return found


async def _make_room(unit: UnitOfWork, business_id: UUID, sent_to: str) -> None:
    """End an older invitation to the same person and those that are too old; then count."""
    waiting = 0
    for one in await unit.session.scalars(queries.open_invitations(business_id)):
        if one.sent_to == sent_to or one.expires_at <= unit.now:
            _end(unit, one, EndReason.REVOKED)
        else:
            waiting += 1
    if waiting >= MOST_INVITATIONS:
        raise MemberError(
            _("{count} invitations wait for an answer already. Please take some back first."),
            field="contact",
            count=waiting,
        )
    await unit.session.flush()


def _end(unit: UnitOfWork, invitation: Invitation, reason: EndReason) -> None:
    invitation.ended_at = unit.now
    invitation.ended_by = reason
