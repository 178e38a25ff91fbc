"""Rows that are there afterwards exactly as the data says, whether they were before or not."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.kernel.database import Model

M = TypeVar("M", bound=Model)


async def keep(
    session: AsyncSession,
    model: type[M],
    keys: Mapping[str, Any],
    **values: Any,  # noqa: ANN401 - whatever the columns hold
) -> M:
    """The row with these keys and values: found, mended, or made."""
    row = await session.scalar(select(model).filter_by(**keys))
    if row is None:
        row = model(**keys, **values)
        session.add(row)
        await session.flush()
        return row
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    return row


async def keep_only(
    session: AsyncSession,
    model: type[M],
    column: str,
    wanted: Collection[object],
    **within: Any,  # noqa: ANN401 - whatever the columns hold
) -> None:
    """Remove the rows of a group whose column holds none of the wanted values."""
    statement = delete(model).filter_by(**within).where(getattr(model, column).not_in(wanted))
    await session.execute(statement, execution_options={"synchronize_session": False})
