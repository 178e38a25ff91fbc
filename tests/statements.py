"""Counting the statements a piece of work sends to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine


@contextmanager
def statements_of(engine: AsyncEngine) -> Iterator[list[str]]:
    """The statements sent while the block runs."""
    sent: list[str] = []

    def remember(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", remember)
    try:
        yield sent
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", remember)


@contextmanager
def assert_statements(engine: AsyncEngine, count: int) -> Iterator[None]:
    """The block sends so many statements, no more and no fewer."""
    with statements_of(engine) as sent:
        yield
    assert len(sent) == count, "\n\n".join(sent)
