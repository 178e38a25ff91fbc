"""Loading the sources of rules, the holidays and the retention rules of a province's data."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from marketplace.kernel.database import Model, new_id
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.law.models import Holiday, LegalBasis, RetentionRule
from marketplace.law.rules import Certainty

M = TypeVar("M", bound=Model)
Records = Sequence[Mapping[str, Any]]


async def load_law(unit: UnitOfWork, bases: Records, holidays: Records, rules: Records) -> int:
    """Write down what the data says; how many rows changed. Doing it again changes nothing."""
    return sum(
        [
            await _keep(
                unit,
                LegalBasis,
                ("code", "effective_from"),
                [
                    {
                        "code": each["code"],
                        "title_vi": each["title"]["vi"],
                        "title_en": each["title"]["en"],
                        "document": each["document"],
                        "article": each.get("article", ""),
                        "url": each.get("url", ""),
                        **_dates(each),
                    }
                    for each in bases
                ],
            ),
            await _keep(
                unit,
                Holiday,
                ("day",),
                [
                    {
                        "day": date.fromisoformat(each["day"]),
                        "is_off": each.get("is_off", True),
                        "name_vi": each["name"]["vi"],
                        "name_en": each["name"]["en"],
                        "certainty": Certainty(each["certainty"]),
                    }
                    for each in holidays
                ],
            ),
            await _keep(
                unit,
                RetentionRule,
                ("code", "effective_from"),
                [
                    {
                        "code": each["code"],
                        "days": each["days"],
                        "counted_from_vi": each["counted_from"]["vi"],
                        "counted_from_en": each["counted_from"]["en"],
                        "basis_code": each.get("basis", ""),
                        **_dates(each),
                    }
                    for each in rules
                ],
            ),
        ]
    )


def _dates(record: Mapping[str, Any]) -> dict[str, Any]:
    end = record.get("effective_to")
    return {
        "effective_from": date.fromisoformat(record["effective_from"]),
        "effective_to": None if end is None else date.fromisoformat(end),
        "certainty": Certainty(record["certainty"]),
    }


async def _keep(
    unit: UnitOfWork,
    model: type[M],
    keys: tuple[str, ...],
    records: Sequence[dict[str, Any]],
) -> int:
    """Insert what is new and mend what reads otherwise; rows that are as they should be stay."""
    if not records:
        return 0
    there = {
        tuple(getattr(row, key) for key in keys): row
        for row in await unit.session.scalars(select(model))
    }
    changed = [
        record
        for record in records
        if (row := there.get(tuple(record[key] for key in keys))) is None
        or any(getattr(row, name) != value for name, value in record.items())
    ]
    if changed:
        has_own_key = "id" in model.__table__.columns
        statement = insert(model).values(
            [{"id": new_id(), **record} if has_own_key else record for record in changed]
        )
        columns = {name: statement.excluded[name] for name in changed[0] if name not in keys}
        await unit.session.execute(
            statement.on_conflict_do_update(index_elements=list(keys), set_=columns),
        )
        for row in there.values():
            unit.session.expire(row)
    return len(changed)
