"""Loading the lines of business from the province's data."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from marketplace.kernel.text import fold, nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.registration.models import Industry


async def load_industries(
    unit: UnitOfWork, version: str, records: Sequence[Mapping[str, Any]]
) -> int:
    """Write down the lines of business of a version; how many changed."""
    there = {
        row.code: row
        for row in await unit.session.scalars(select(Industry).where(Industry.version == version))
    }
    wanted = [_row(version, record) for record in records]
    changed = [
        row
        for row in wanted
        if (known := there.get(row["code"])) is None
        or any(getattr(known, name) != value for name, value in row.items())
    ]
    if changed:
        statement = insert(Industry).values(changed)
        columns = {
            name: statement.excluded[name] for name in changed[0] if name not in {"version", "code"}
        }
        await unit.session.execute(
            statement.on_conflict_do_update(index_elements=["version", "code"], set_=columns),
        )
        for known in there.values():
            unit.session.expire(known)
    return len(changed)


def _row(version: str, record: Mapping[str, Any]) -> dict[str, Any]:
    words = f"{record['code']} {record['name']['vi']} {record['keywords']} {record['name']['en']}"
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(nfc(words)))
    return {
        "version": version,
        "code": record["code"],
        "level": record["level"],
        "name": nfc(record["name"]["vi"]),
        "name_en": record["name"]["en"],
        "search": f" {' '.join(signs.split())}",
        "sort_key": record["code"],
    }
