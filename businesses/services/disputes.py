"""Deciding whose a number is that two businesses say is theirs."""

from uuid import UUID

from sqlalchemy import update

from businesses.models import BusinessIdentifier, IdentifierDispute
from businesses.queries import verification as queries
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork


async def settle_dispute(
    unit: UnitOfWork,
    dispute_id: UUID,
    *,
    upheld: bool,
) -> IdentifierDispute:
    """Free the number for the claimant, or leave it with who holds it.

    Raises:
        NotFoundError: there is no such dispute, or another officer is in charge.
        NotPermittedError: one of the two businesses is the officer's own.
    """
    statement = (
        queries.disputes_for(unit.viewer)
        .where(IdentifierDispute.id == dispute_id)
        .with_for_update(of=IdentifierDispute)
    )
    dispute = await unit.session.scalar(statement)
    if dispute is None:
        raise NotFoundError(_("There is no such dispute."))
    if not unit.viewer.memberships.keys().isdisjoint({dispute.business_id, dispute.holder_id}):
        raise NotPermittedError(_("You may not decide about a business of your own."))
    if upheld:
        held = BusinessIdentifier.business_id == dispute.holder_id
        freed = update(BusinessIdentifier).where(held, BusinessIdentifier.is_active)
        await unit.session.execute(freed.values(is_active=False))
    dispute.settled_at, dispute.was_upheld = unit.now, upheld
    dispute.settled_by_id = unit.viewer.user_id
    return dispute
