"""Tables, sessions and the two ways of reaching the database: reading and changing."""

import asyncio
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import DateTime, Executable, MetaData, Select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Sessions = async_sessionmaker[AsyncSession]
T = TypeVar("T")


def new_id() -> UUID:
    """A time-ordered, unguessable key: UUID version 7 of RFC 9562, 74 bits of it random."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds << 80) | secrets.randbits(80)
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(number & ~(0x3 << 62)) | (0x2 << 62))


class Model(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(none_as_null=True),
    }


class Identified(Model):
    """A row with a surrogate key."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Reader:
    """One read session per request; resolvers run concurrently, statements take turns."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._turn = asyncio.Lock()

    async def all(self, statement: Select[T]) -> Sequence[T]:
        """The first column of every row: entities, mostly."""
        async with self._turn:
            return (await self._session.scalars(statement)).all()

    async def first(self, statement: Select[T]) -> T | None:
        """The first column of the first row."""
        async with self._turn:
            return (await self._session.scalars(statement.limit(1))).first()

    async def rows(
        self,
        statement: Executable,
        parameters: Mapping[str, Any] | None = None,
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """Every row, whole; a statement that was built once takes its `parameters` beside it."""
        async with self._turn:
            return (await self._session.execute(statement, parameters)).all()

    def forget(self) -> None:
        """Drop what was read, so that the next statement sees what has been committed since."""
        self._session.expunge_all()
