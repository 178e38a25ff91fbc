"""Days on which a store stays closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from businesses.errors import InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import StoreClosure
from businesses.queries import stores as queries
from businesses.rules.opening import LONGEST_CLOSURE_DAYS
from businesses.services.activity import record_change
from businesses.services.joining import business_to_manage
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.errors import InvalidInputError, NotFoundError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork

MOST_CLOSURES: Final = 20
LONGEST_NOTE: Final = 300


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """From when to when, and what buyers are told."""

    first: date | None
    last: date | None
    note_vi: str = ""
    note_en: str = ""


async def add_closure(unit: UnitOfWork, business_id: UUID, days: ClosedDays) -> StoreClosure:
    """Close the store for some days.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        InvalidInputError: a day is missing, past, or after a year.
        InvalidBusinessError: there are enough closures.
    """
    business = await business_to_manage(unit, business_id)
    today = local_day(unit.now)
    first, last = _checked(days, today)
    statement = select(func.count()).where(
        StoreClosure.business_id == business.id, StoreClosure.last_day >= today
    )
    if (await unit.session.scalar(statement) or 0) >= MOST_CLOSURES:
        raise InvalidBusinessError(_("There are enough closures already."), field="firstDay")
    closure = StoreClosure(
        business_id=business.id,
        first_day=first,
        last_day=last,
        note_vi=nfc(days.note_vi)[:LONGEST_NOTE],
        note_en=nfc(days.note_en)[:LONGEST_NOTE],
    )
    unit.session.add(closure)
    label = f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    record_change(unit, business.id, "store.closed", ("business", business.id), label)
    unit.announce(BusinessChanged(business.id))
    return closure


async def remove_closure(unit: UnitOfWork, closure_id: UUID) -> None:
    """Open on those days after all.

    Raises:
        NotFoundError: there is no such closure.
        NotPermittedError: only owners and managers do this.
    """
    closure = await unit.session.scalar(queries.closure_for_change(closure_id))
    if closure is None:
        raise NotFoundError(_("There is no such closure."))
    business = await business_to_manage(unit, closure.business_id)
    await unit.session.delete(closure)
    label = f"{closure.first_day:%d/%m/%Y} – {closure.last_day:%d/%m/%Y}"
    record_change(unit, business.id, "store.reopened", ("business", business.id), label)
    unit.announce(BusinessChanged(business.id))


def _checked(days: ClosedDays, today: date) -> tuple[date, date]:
    problems = []
    first, last = days.first, days.last or days.first
    if first is None:
        problems.append(Problem("firstDay", _("Please choose the first day."), "REQUIRED"))
    if first is not None and last is not None:
        if last < first:
            message = _("The last day stands before the first.")
            problems.append(Problem("lastDay", message, "INVALID"))
        elif last < today:
            problems.append(Problem("lastDay", _("These days are over."), "INVALID"))
        elif last - first > timedelta(LONGEST_CLOSURE_DAYS):
            message = _("Longer than a year is not a holiday. Close the business instead.")
            problems.append(Problem("lastDay", message, "INVALID"))
    if problems or first is None or last is None:
        raise InvalidInputError(problems)
    return first, last
