"""Relay lists over keysets: opaque cursors tied to the sort, constant cost on any page."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

import orjson
import strawberry
from graphql import GraphQLError
from sqlalchemy import ColumnElement, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.kernel.database import Reader
from marketplace.kernel.errors import ForeignCursorError

LARGEST_PAGE: Final = 100
# What a column of whole numbers holds; a cursor beyond it is none of ours.
LARGEST_INTEGER: Final = 2**31 - 1

N = TypeVar("N")
M = TypeVar("M")


@strawberry.type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = strawberry.field(description="Whether something follows.")
    has_previous_page: bool = strawberry.field(description="Whether something precedes.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge.")


@strawberry.type
class CountableEdge(Generic[N]):
    """One thing of a list and its place in it."""

    node: N = strawberry.field(description="The thing.")
    cursor: str = strawberry.field(description="Its place in the list, opaque.")


@strawberry.type
class CountableConnection(Generic[N]):
    """A page of a list."""

    edges: list[CountableEdge[N]] = strawberry.field(description="The things of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field
    async def total_count(self) -> int | None:
        """How many things the whole list holds."""
        return await self.count()


@dataclass(frozen=True, slots=True)
class Paging:
    """The page that was asked for: `first` after `after`, or `last` before `before`."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def size(self) -> int:
        """How many things the page may hold.

        Raises:
            GraphQLError: the arguments contradict each other, or ask for too much.
        """
        if self.first is not None and self.last is not None:
            raise GraphQLError("`first` and `last` cannot be given together.")
        if self.after is not None and self.before is not None:
            raise GraphQLError("`after` and `before` cannot be given together.")
        size = self.first if self.first is not None else self.last
        if size is None:
            raise GraphQLError("Give `first` or `last` to tell how long the page is.")
        if not 0 <= size <= LARGEST_PAGE:
            raise GraphQLError(f"A page holds at most {LARGEST_PAGE} things.")
        return size


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: its name (part of every cursor), its columns, and their direction.

    The last column must be unique, or pages would overlap.
    """

    name: str
    columns: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of a page, in the list's order, with a cursor for each."""

    rows: Sequence[M]
    cursors: Sequence[str]
    info: PageInfo


def encode_cursor(order: Order, values: Sequence[Any]) -> str:
    """The place of a row in a list of that order."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    name = f"{order.name}{'-' if order.descending else '+'}"
    return urlsafe_b64encode(orjson.dumps([name, *plain])).decode("ascii")


def decode_cursor(order: Order, cursor: str) -> tuple[Any, ...]:
    """The values behind a cursor.

    Raises:
        ForeignCursorError: the cursor is none, or belongs to another order.
    """
    try:
        name, *values = orjson.loads(urlsafe_b64decode(cursor))
        if name == f"{order.name}{'-' if order.descending else '+'}":
            return tuple(
                _typed(column, value) for column, value in zip(order.columns, values, strict=True)
            )
    except (Base64Error, ValueError, TypeError, AttributeError) as error:
        raise ForeignCursorError from error
    raise ForeignCursorError


def _typed(column: ColumnElement[Any] | InstrumentedAttribute[Any], value: Any) -> Any:  # noqa: ANN401 - any JSON or column
    kind = column.type.python_type
    if kind is UUID:
        return UUID(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise TypeError(value)
    if (isinstance(value, int) and abs(value) > LARGEST_INTEGER) or "\0" in str(value):
        raise ValueError(value)
    return value


async def page_of(
    reader: Reader,
    statement: Select[*tuple[Any, ...]],
    order: Order,
    paging: Paging,
) -> Page[Any]:
    """One page of the statement: its entities, alone or as tuples, in the order's sequence."""
    size = paging.size
    backwards = paging.last is not None
    descending = order.descending is not backwards
    cursor = paging.before if backwards else paging.after
    if (backwards and paging.after is not None) or (not backwards and paging.before is not None):
        raise GraphQLError("`first` goes with `after`, `last` goes with `before`.")
    if cursor is not None:
        place = tuple_(*order.columns)
        values = tuple_(*decode_cursor(order, cursor))
        statement = statement.where(place < values if descending else place > values)
    columns = [column.desc() if descending else column.asc() for column in order.columns]
    statement = statement.add_columns(*order.columns).order_by(None).order_by(*columns)
    found = list(await reader.rows(statement.limit(size + 1)))
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    cursors = [encode_cursor(order, row[-len(order.columns) :]) for row in found]
    info = PageInfo(
        has_next_page=cursor is not None if backwards else more,
        has_previous_page=more if backwards else cursor is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
    width = len(order.columns)
    rows = [row[0] if len(row) == width + 1 else tuple(row[:-width]) for row in found]
    return Page(rows, cursors, info)


def plain_connection(things: Sequence[N], paging: Paging) -> CountableConnection[N]:
    """A page of a short list that is in memory already; cursors are places in it.

    Raises:
        GraphQLError: the arguments contradict each other.
        ForeignCursorError: a cursor is none.
    """
    size = paging.size
    start, end = 0, len(things)
    if paging.after is not None:
        start = _place(paging.after) + 1
    if paging.before is not None:
        end = min(end, _place(paging.before))
    if paging.first is not None:
        end = min(end, start + size)
    else:
        start = max(start, end - size)
    shown = list(enumerate(things))[start:end]

    async def count() -> int:
        return len(things)

    edges = [CountableEdge(node=thing, cursor=_cursor(place)) for place, thing in shown]
    info = PageInfo(
        has_next_page=end < len(things),
        has_previous_page=start > 0,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return CountableConnection(edges=edges, page_info=info, count=count)


def _cursor(place: int) -> str:
    return urlsafe_b64encode(orjson.dumps(["place", place])).decode("ascii")


def _place(cursor: str) -> int:
    try:
        name, place = orjson.loads(urlsafe_b64decode(cursor))
    except (Base64Error, ValueError, TypeError) as error:
        raise ForeignCursorError from error
    if name != "place" or not isinstance(place, int) or place < 0:
        raise ForeignCursorError
    return place
