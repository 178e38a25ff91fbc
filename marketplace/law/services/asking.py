"""Asking the law: the source of a rule on a day, the calendar, how long a thing is kept."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.law import queries
from marketplace.law.models import LegalBasis
from marketplace.law.rules import HANOI


def day_of(moment: datetime) -> date:
    """The day it is in Viet Nam at the moment."""
    return moment.astimezone(HANOI).date()


async def basis(session: AsyncSession, code: str, day: date) -> LegalBasis | None:
    """The source of the rule of that code as it stands on the day."""
    return await session.scalar(queries.basis(code, day))


async def calendar_from(session: AsyncSession, day: date) -> dict[date, bool]:
    """The exceptions of a year's calendar: whether each of those days is off."""
    found = await session.scalars(queries.calendar_from(day))
    return {holiday.day: holiday.is_off for holiday in found}


async def retention_days(session: AsyncSession, code: str, day: date, otherwise: int) -> int:
    """How many days a kind of thing is kept; `otherwise` where the province says nothing."""
    rule = await session.scalar(queries.retention(code, day))
    return otherwise if rule is None else rule.days
