"""What follows from messages of a registry, and what others are told of dossiers."""

from marketplace.hooks.events import MessageReceived
from marketplace.hooks.services.announcing import announce_outside
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.registration.events import DossierApproved, DossierMoved
from marketplace.registration.models import Dossier
from marketplace.registration.rules.registry import STATUS_CHANGED
from marketplace.registration.rules.states import STATUS_OF_STATE, DossierState
from marketplace.registration.services.registry import SOURCE
from marketplace.registration.tasks.registry import activate, file_at_registry, take_message


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(MessageReceived, read_message)
    bus.subscribe(DossierMoved, hand_in)
    bus.subscribe(DossierMoved, tell_others)
    bus.subscribe(DossierApproved, open_business)


async def read_message(unit: UnitOfWork, event: MessageReceived) -> None:
    """Have a message of the registry applied."""
    if event.source == SOURCE and event.type == STATUS_CHANGED:
        # No lock: what waits for a registry that is away would hold up what comes after it.
        await defer(unit.session, take_message, message_id=str(event.message_id))


async def hand_in(unit: UnitOfWork, event: DossierMoved) -> None:
    """Hand a filed dossier in where a registry takes them."""
    if event.to_state is DossierState.SUBMITTED:
        await defer(unit.session, file_at_registry, dossier_id=str(event.dossier_id))


async def tell_others(unit: UnitOfWork, event: DossierMoved) -> None:
    """Tell whoever asked for it that a dossier stands elsewhere: codes, and no names."""
    if event.to_state not in STATUS_OF_STATE:
        return
    dossier = await unit.session.get_one(Dossier, event.dossier_id)
    await announce_outside(
        unit,
        "registration.dossier.status_changed",
        f"dossier/{dossier.our_code}",
        {
            "dossier": dossier.our_code,
            "version": dossier.version,
            "from": STATUS_OF_STATE.get(event.from_state),
            "to": STATUS_OF_STATE[event.to_state],
        },
        business_id=dossier.business_id,
    )


async def open_business(unit: UnitOfWork, event: DossierApproved) -> None:
    """Have the business of an approved dossier opened, if everything fits."""
    await defer(unit.session, activate, dossier_id=str(event.dossier_id))
