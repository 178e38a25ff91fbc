"""Who works for a business: roles, leaving, and handing a business over.

Every change of members holds the lock of the business's row, so that of two owners who leave at
the same moment the second sees that the first has gone.
"""

from collections.abc import Sequence
from uuid import UUID

from businesses.errors import HandoverOverError, LastOwnerError, MemberError
from businesses.events import BusinessChanged, HandoverAsked
from businesses.models import Business, BusinessMember, Handover
from businesses.policies import people as policies
from businesses.queries import businesses as business_queries
from businesses.queries import people as queries
from businesses.rules.people import HANDOVER_LIFETIME, EndReason
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotFoundError, NotPermittedError, NotSignedInError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole


async def lock_business(unit: UnitOfWork, business_id: UUID) -> Business:
    """The business, locked: its members change one after another.

    Raises:
        NotFoundError: there is no such business.
    """
    business = await unit.session.scalar(business_queries.business_for_change(business_id))
    if business is None:
        raise NotFoundError(_("There is no such business."), field="business")
    return business


async def change_role(unit: UnitOfWork, member_id: UUID, role: MemberRole) -> BusinessMember:
    """Give a member another role.

    Raises:
        NotFoundError: there is no such member.
        NotPermittedError: the viewer may not give that role, or not take the present one.
        LastOwnerError: the business would be left without an owner.
    """
    member, members = await _member(unit, member_id)
    if not (
        policies.may_change_member(unit.viewer, member.business_id, role)
        and policies.may_change_member(unit.viewer, member.business_id, member.role)
    ):
        raise NotPermittedError
    if role is not MemberRole.OWNER:
        _keep_an_owner(members, member)
    member.role = role
    return member


async def remove_member(unit: UnitOfWork, member_id: UUID) -> BusinessMember:
    """End a membership: one's own, or that of somebody whose role one may take.

    Raises:
        NotFoundError: there is no such member.
        NotPermittedError: the viewer may not take that role.
        LastOwnerError: the business would be left without an owner.
    """
    member, members = await _member(unit, member_id)
    is_own = member.user_id == unit.viewer.user_id and unit.viewer.assisting is None
    if not is_own and not policies.may_change_member(unit.viewer, member.business_id, member.role):
        raise NotPermittedError
    _keep_an_owner(members, member)
    await _drop_handover_of(unit, member)
    await unit.session.delete(member)
    return member


async def leave_business(unit: UnitOfWork, business_id: UUID) -> BusinessMember:
    """End one's own membership.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: the viewer is no member.
        LastOwnerError: the business would be left without an owner.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    await lock_business(unit, business_id)
    members = (await unit.session.scalars(queries.members_for_change(business_id))).all()
    own = next((each for each in members if each.user_id == unit.viewer.user_id), None)
    if own is None:
        raise NotFoundError(_("You are no member of this business."), field="business")
    return await remove_member(unit, own.id)


async def ask_handover(unit: UnitOfWork, member_id: UUID) -> Handover:
    """Offer the business to a member; it stays one's own until they take it.

    Raises:
        NotFoundError: there is no such member.
        NotPermittedError: the viewer is no owner.
        MemberError: the member is an owner already, or a hand-over waits for an answer.
    """
    member, _members = await _member(unit, member_id)
    if unit.viewer.user_id is None or not policies.may_hand_over(unit.viewer, member.business_id):
        raise NotPermittedError
    if member.user_id == unit.viewer.user_id or member.role is MemberRole.OWNER:
        raise MemberError(_("This person is an owner already."), field="member")
    waiting = await unit.session.scalar(queries.open_handover(member.business_id))
    if waiting is not None and waiting.expires_at > unit.now:
        raise MemberError(_("A hand-over of this business waits for an answer."), field="member")
    if waiting is not None:
        _end(unit, waiting, EndReason.REVOKED)
        await unit.session.flush()
    handover = Handover(
        id=new_id(),
        business_id=member.business_id,
        from_user_id=unit.viewer.user_id,
        to_user_id=member.user_id,
        asked_at=unit.now,
        expires_at=unit.now + HANDOVER_LIFETIME,
    )
    unit.session.add(handover)
    unit.announce(HandoverAsked(handover.id))
    return handover


async def answer_handover(unit: UnitOfWork, handover_id: UUID, *, accepts: bool) -> Handover:
    """Take a business over, or not; the giver becomes a manager in the same moment.

    Raises:
        NotFoundError: there is no such hand-over.
        NotPermittedError: it was offered to somebody else.
        HandoverOverError: it is not open any more.
        MemberError: one of the two has left, or the giver owns it no longer.
    """
    handover, members = await _handover(unit, handover_id)
    if unit.viewer.user_id != handover.to_user_id:
        raise NotPermittedError
    if handover.ended_at is not None or handover.expires_at <= unit.now:
        raise HandoverOverError
    if accepts:
        giver = next((each for each in members if each.user_id == handover.from_user_id), None)
        taker = next((each for each in members if each.user_id == handover.to_user_id), None)
        if giver is None or taker is None or giver.role is not MemberRole.OWNER:
            raise MemberError(_("This business cannot be handed over any more."), field="id")
        taker.role = MemberRole.OWNER
        giver.role = MemberRole.MANAGER
        unit.announce(BusinessChanged(handover.business_id))
    _end(unit, handover, EndReason.ACCEPTED if accepts else EndReason.DECLINED)
    return handover


async def revoke_handover(unit: UnitOfWork, handover_id: UUID) -> Handover:
    """Take an offer back before it is answered.

    Raises:
        NotFoundError: there is no such hand-over.
        NotPermittedError: somebody else offered it.
        HandoverOverError: it is not open any more.
    """
    handover, _members = await _handover(unit, handover_id)
    if unit.viewer.user_id != handover.from_user_id:
        raise NotPermittedError
    if handover.ended_at is not None:
        raise HandoverOverError
    _end(unit, handover, EndReason.REVOKED)
    return handover


async def _member(
    unit: UnitOfWork, member_id: UUID
) -> tuple[BusinessMember, Sequence[BusinessMember]]:
    """The member and all of the business, under its lock."""
    missing = NotFoundError(_("There is no such member."), field="member")
    seen = await unit.session.scalar(queries.member_of_id(member_id))
    if seen is None:
        raise missing
    await lock_business(unit, seen.business_id)
    statement = queries.members_for_change(seen.business_id)
    statement = statement.execution_options(populate_existing=True)
    members = (await unit.session.scalars(statement)).all()
    member = next((each for each in members if each.id == member_id), None)
    if member is None:
        raise missing
    return member, members


async def _handover(
    unit: UnitOfWork, handover_id: UUID
) -> tuple[Handover, Sequence[BusinessMember]]:
    found = await unit.session.get(Handover, handover_id)
    if found is None:
        raise NotFoundError(_("There is no such hand-over."), field="id")
    await lock_business(unit, found.business_id)
    await unit.session.refresh(found, with_for_update=True)
    members = await unit.session.scalars(queries.members_for_change(found.business_id))
    return found, members.all()


def _keep_an_owner(members: Sequence[BusinessMember], going: BusinessMember) -> None:
    if going.role is not MemberRole.OWNER:
        return
    if not any(each.role is MemberRole.OWNER for each in members if each.id != going.id):
        raise LastOwnerError


async def _drop_handover_of(unit: UnitOfWork, member: BusinessMember) -> None:
    waiting = await unit.session.scalar(queries.open_handover(member.business_id))
    if waiting is not None and member.user_id in {waiting.from_user_id, waiting.to_user_id}:
        _end(unit, waiting, EndReason.REVOKED)


def _end(unit: UnitOfWork, handover: Handover, reason: EndReason) -> None:
    handover.ended_at = unit.now
    handover.ended_by = reason
