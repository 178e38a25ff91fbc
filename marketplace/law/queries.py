"""Statements over the law: built here, executed by whoever asks. Everybody may read the law."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from marketplace.kernel.viewer import Viewer
from marketplace.law.models import Holiday, LegalBasis, RetentionRule

_CALENDAR_DAYS = 400


def _in_force(model: type[LegalBasis | RetentionRule], day: date) -> ColumnElement[bool]:
    ends: Any = model.effective_to
    return (model.effective_from <= day) & or_(ends.is_(None), ends >= day)


def visible_legal_bases(viewer: Viewer) -> Select[LegalBasis]:  # noqa: ARG001 - the law is public
    """Every source of a rule, of today, of old and of days to come."""
    return select(LegalBasis).order_by(LegalBasis.code, LegalBasis.effective_from)


def bases_in_force(
    viewer: Viewer, day: date, codes: Collection[str] | None = None
) -> Select[LegalBasis]:
    """The sources in force on the day, of those codes or all."""
    statement = visible_legal_bases(viewer).where(_in_force(LegalBasis, day))
    return statement if codes is None else statement.where(LegalBasis.code.in_(codes))


def basis(code: str, day: date) -> Select[LegalBasis]:
    """The source of a rule as it stands on the day; the newest where two overlap."""
    return (
        select(LegalBasis)
        .where(LegalBasis.code == code, _in_force(LegalBasis, day))
        .order_by(LegalBasis.effective_from.desc())
        .limit(1)
    )


def calendar_from(day: date) -> Select[Holiday]:
    """The exceptions of the calendar for a year from the day on."""
    return select(Holiday).where(Holiday.day >= day, Holiday.day < day + timedelta(_CALENDAR_DAYS))


def retention(code: str, day: date) -> Select[RetentionRule]:
    """How long a kind of thing is kept, as of the day."""
    return (
        select(RetentionRule)
        .where(RetentionRule.code == code, _in_force(RetentionRule, day))
        .order_by(RetentionRule.effective_from.desc())
        .limit(1)
    )
