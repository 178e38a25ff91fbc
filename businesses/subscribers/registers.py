"""What follows when a business hands itself in, and when a provider says who somebody is."""

from sqlalchemy import select

from businesses.events import VerificationMoved
from businesses.models import BusinessMember, Verification
from businesses.tasks import registers as tasks
from marketplace.accounts.events import IdentityAsserted
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.kernel.viewer import MemberRole


async def ask_about(unit: UnitOfWork, event: VerificationMoved) -> None:
    """Ask the registers as soon as a business is handed in, and recall who its owners are."""
    if event.transition != "submit":
        return
    verification = await unit.session.get_one(Verification, event.verification_id)
    business_id = verification.business_id
    key = f"register {business_id}"
    await defer(unit.session, tasks.ask_register, lock_key=key, business_id=str(business_id))
    owners = select(BusinessMember.user_id).where(
        BusinessMember.business_id == business_id, BusinessMember.role == MemberRole.OWNER
    )
    for user_id in await unit.session.scalars(owners):
        await defer(unit.session, tasks.compare_identity, user_id=str(user_id))


async def compare(unit: UnitOfWork, event: IdentityAsserted) -> None:
    """Compare what the provider said with the businesses the person owns."""
    await defer(unit.session, tasks.compare_identity, user_id=str(event.user_id))


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(VerificationMoved, ask_about)
    bus.subscribe(IdentityAsserted, compare)
