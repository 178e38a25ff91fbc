"""What registration does when a dossier moves, or a person is forgotten."""

from marketplace.accounts.events import AccountErased
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork
from marketplace.registration.events import DossierMoved
from marketplace.registration.services.news import TOLD
from marketplace.registration.services.sweeping import erase_person
from marketplace.registration.tasks.dossiers import send_news


async def tell_applicant(unit: UnitOfWork, event: DossierMoved) -> None:
    """Send word of a step, after it is committed."""
    if event.to_state in TOLD:
        await defer(unit.session, send_news, dossier_id=str(event.dossier_id))


async def forget_person(unit: UnitOfWork, event: AccountErased) -> None:
    """Erase what a forgotten person's own dossiers say."""
    await erase_person(unit, event.user_id)


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(DossierMoved, tell_applicant)
    bus.subscribe(AccountErased, forget_person)
