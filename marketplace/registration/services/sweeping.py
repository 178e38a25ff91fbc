"""What time does to dossiers: deadlines pass, reminders fall due, personal answers are erased."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from marketplace.kernel.transitions import apply_due
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.law.services.asking import day_of, retention_days
from marketplace.registration.models import Dossier
from marketplace.registration.rules.states import FINAL, UNFILED, DossierState
from marketplace.registration.services.dossiers import erase
from marketplace.registration.services.machine import MACHINE

REMIND_BEFORE: Final = timedelta(days=14)
KEEP_PERSONAL_DAYS: Final = 90
_AT_ONCE: Final = 200


async def end_what_is_due(unit: UnitOfWork) -> int:
    """Let drafts lapse and unmended dossiers expire; how many."""
    return await apply_due(unit, MACHINE)


async def take_reminders(unit: UnitOfWork) -> Sequence[UUID]:
    """The dossiers whose applicants are to be reminded now, each of them once."""
    waiting = {*UNFILED, DossierState.SUPPLEMENT_REQUIRED}
    rows = await unit.session.scalars(
        select(Dossier)
        .where(
            Dossier.state.in_(waiting),
            Dossier.due_at > unit.now,
            Dossier.due_at <= unit.now + REMIND_BEFORE,
            Dossier.reminded_at.is_(None),
        )
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True),
    )
    found = rows.all()
    for row in found:
        row.reminded_at = unit.now
    return [row.id for row in found]


async def erase_what_is_over(unit: UnitOfWork) -> int:
    """Erase personal answers some time after the end: at once when nothing came of it."""
    today = day_of(unit.now)
    days = await retention_days(unit.session, "dossier_personal", today, KEEP_PERSONAL_DAYS)
    rows = await unit.session.scalars(
        select(Dossier)
        .where(
            Dossier.state.in_(FINAL),
            Dossier.erased_at.is_(None),
            or_(
                Dossier.state == DossierState.VOID,
                Dossier.ended_at <= unit.now - timedelta(days=days),
            ),
        )
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True),
    )
    found = rows.all()
    for row in found:
        erase(unit, row)
    return len(found)


async def erase_person(unit: UnitOfWork, user_id: UUID) -> None:
    """Erase what the drafts and ended dossiers of a person say, when the person is forgotten."""
    rows = await unit.session.scalars(
        select(Dossier).where(
            Dossier.applicant_id == user_id,
            Dossier.state.in_(FINAL | UNFILED),
            Dossier.erased_at.is_(None),
        ),
    )
    for row in rows:
        erase(unit, row)
