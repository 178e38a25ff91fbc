"""A row in every table that is still empty, so that there is something to be seen in each."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    LargeBinary,
    String,
    Uuid,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from marketplace.kernel.database import Model, new_id
from tests.tenants.marks import DERIVED

# Constraints of one table that no rule can guess: what its row needs.
SPECIAL: Final[dict[str, dict[str, Any]]] = {
    "stores": {"latitude": None, "longitude": None, "accent": "#1e2a56"},
}


async def fill_empty_tables(connection: AsyncConnection, favourites: dict[str, UUID]) -> list[str]:
    """Add one row to each, tied to the first seller's rows; the names of those left empty."""
    left = []
    for table in Model.metadata.sorted_tables:
        if table.name in DERIVED:
            continue
        if (await connection.execute(select(table).limit(1))).first() is not None:
            continue
        values: dict[str, Any] = {}
        for column in table.columns:
            value = await _value(connection, column, favourites)
            if value is not None:
                values[column.name] = value
        values |= SPECIAL.get(table.name, {})
        try:
            async with connection.begin_nested():
                await connection.execute(insert(table).values(values))
        except DBAPIError as error:
            left.append(f"{table.name}: {str(error.orig).splitlines()[0]}")
    return left


async def _value(
    connection: AsyncConnection, column: Column[Any], favourites: dict[str, UUID]
) -> Any:
    for key in column.foreign_keys:
        target = key.column
        if target.name == "id" and target.table.name in favourites:
            return favourites[target.table.name]
        row = (await connection.execute(select(target).limit(1))).first()
        return None if row is None else row[0]
    if column.server_default is not None:
        return None
    return _plain(column)


def _plain(column: Column[Any]) -> Any:
    kind, now = column.type, datetime.now(UTC)
    is_end = any(word in column.name for word in ("expires", "due", "until", "last_day", "ends"))
    moment = now + timedelta(days=30) if is_end else now
    if column.nullable and isinstance(kind, Date | DateTime) and not is_end:
        return None
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class)) if kind.enum_class else None
    if isinstance(kind, String):
        return "vi" if column.name == "language" else "Riêng"[: kind.length or 5]
    plain: tuple[tuple[Any, Any], ...] = (
        (LargeBinary, b"{}"),
        (ARRAY, []),
        (JSON, {"note": "Riêng"}),
        (DateTime, moment),
        (Date, moment.date()),
        (Boolean, False),
        (Uuid, new_id()),
    )
    return next((value for each, value in plain if isinstance(kind, each)), 1)
