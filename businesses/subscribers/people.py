"""What follows when people are asked to work for a business: post."""

from businesses.events import AssistanceRecorded, HandoverAsked, MemberInvited
from businesses.tasks import people as tasks
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork


async def post_invitation(unit: UnitOfWork, event: MemberInvited) -> None:
    """Send the link."""
    await defer(unit.session, tasks.send_invitation, invitation_id=str(event.invitation_id))


async def post_handover(unit: UnitOfWork, event: HandoverAsked) -> None:
    """Tell who shall own the business."""
    await defer(unit.session, tasks.send_handover, handover_id=str(event.handover_id))


async def post_assistance(unit: UnitOfWork, event: AssistanceRecorded) -> None:
    """Tell the seller who helps, and how to end it."""
    await defer(unit.session, tasks.send_assistance, assistance_id=str(event.assistance_id))


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(MemberInvited, post_invitation)
    bus.subscribe(HandoverAsked, post_handover)
    bus.subscribe(AssistanceRecorded, post_assistance)
