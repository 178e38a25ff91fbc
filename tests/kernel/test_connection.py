"""Cursors and pages, over a table of random rows."""

import asyncio
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
from graphql import GraphQLError
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from catalog.models import Category, Listing
from marketplace.kernel.database import Reader
from marketplace.kernel.errors import ForeignCursorError
from marketplace.kernel.graph.connection import (
    Order,
    Page,
    Paging,
    decode_cursor,
    encode_cursor,
    page_of,
    plain_connection,
)
from tests.factories.catalog import a_category

SOME_ID = UUID("01900000-0000-7000-8000-000000000001")
BY_PRICE = Order("price", (Listing.lowest_amount, Listing.product_id))
BY_TIME = Order("published", (Listing.published_at, Listing.product_id), descending=True)


@given(st.integers(min_value=0, max_value=2**31 - 1), st.uuids())
def test_a_cursor_leads_back_to_its_place(amount: int, key: UUID) -> None:
    assert decode_cursor(BY_PRICE, encode_cursor(BY_PRICE, (amount, key))) == (amount, key)


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_moments_are_kept_to_the_microsecond(moment: datetime, key: UUID) -> None:
    assert decode_cursor(BY_TIME, encode_cursor(BY_TIME, (moment, key))) == (moment, key)


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused_politely(text: str) -> None:
    with pytest.raises(ForeignCursorError):
        decode_cursor(BY_PRICE, text)


@pytest.mark.parametrize(
    ("_case", "order", "cursor"),
    [
        ("another order", BY_TIME, encode_cursor(BY_PRICE, (1, SOME_ID))),
        (
            "the other way round",
            Order("price", BY_PRICE.columns, descending=True),
            encode_cursor(BY_PRICE, (1, SOME_ID)),
        ),
        ("a text for a number", BY_PRICE, encode_cursor(BY_PRICE, ("1 OR 1=1", SOME_ID))),
        ("truth for a number", BY_PRICE, encode_cursor(BY_PRICE, (True, SOME_ID))),
        ("too few values", BY_PRICE, encode_cursor(BY_PRICE, (1,))),
    ],
)
def test_a_cursor_of_another_list_is_refused(_case: str, order: Order, cursor: str) -> None:
    with pytest.raises(ForeignCursorError):
        decode_cursor(order, cursor)


@pytest.mark.parametrize(
    "paging",
    [
        Paging(),
        Paging(first=1, last=1),
        Paging(first=101),
        Paging(last=101),
        Paging(first=-1),
        Paging(first=1, after="a", before="b"),
    ],
)
def test_pages_that_make_no_sense(paging: Paging) -> None:
    with pytest.raises(GraphQLError):
        assert paging.size


@settings(max_examples=60)
@given(
    count=st.integers(min_value=0, max_value=12),
    size=st.integers(min_value=1, max_value=5),
    backwards=st.booleans(),
)
def test_a_short_list_is_walked_through_once(count: int, size: int, backwards: bool) -> None:
    things = list(range(count))
    seen: list[int] = []
    cursor: str | None = None
    for _turn in range(count + 1):
        paging = Paging(last=size, before=cursor) if backwards else Paging(first=size, after=cursor)
        page = plain_connection(things, paging)
        part = [edge.node for edge in page.edges]
        seen = part + seen if backwards else seen + part
        info = page.page_info
        more = info.has_previous_page if backwards else info.has_next_page
        cursor = info.start_cursor if backwards else info.end_cursor
        if not more:
            break

    assert seen == things


async def walk(reader: Reader, order: Order, size: int, *, backwards: bool) -> list[UUID]:
    seen: list[UUID] = []
    cursor: str | None = None
    while True:
        paging = Paging(last=size, before=cursor) if backwards else Paging(first=size, after=cursor)
        page: Page[Category] = await page_of(reader, select(Category), order, paging)
        part = [row.id for row in page.rows]
        seen = part + seen if backwards else seen + part
        more = page.info.has_previous_page if backwards else page.info.has_next_page
        if not more:
            return seen
        cursor = page.info.start_cursor if backwards else page.info.end_cursor


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("size", [1, 3, 7, 100])
async def test_keysets_walk_through_equal_values_without_gaps(
    connection: AsyncConnection,
    size: int,
    backwards: bool,
    descending: bool,
) -> None:
    async with AsyncSession(connection, expire_on_commit=False) as session:
        session.add_all(a_category(name=f"Mục {n}", position=n % 3) for n in range(11))
        await session.flush()
        order = Order("position", (Category.position, Category.id), descending=descending)
        columns = [each.desc() if descending else each.asc() for each in order.columns]
        expected = list(await session.scalars(select(Category.id).order_by(*columns)))

        found = await walk(Reader(session), order, size, backwards=backwards)

    assert found == expected


async def test_readers_take_turns(connection: AsyncConnection) -> None:
    async with AsyncSession(connection) as session:
        reader = Reader(session)

        found = await asyncio.gather(
            *(reader.rows(select(literal_column(str(number)))) for number in range(20))
        )

    assert [row[0][0] for row in found] == list(range(20))


@pytest.mark.parametrize("values", [[2**63, "x"], [1, 5], [1, "\0"], ["\0", None]])
def test_values_that_fit_no_column_are_refused_politely(values: list[object]) -> None:
    cursor = urlsafe_b64encode(orjson.dumps(["price+", *values])).decode()

    with pytest.raises(ForeignCursorError):
        decode_cursor(BY_PRICE, cursor)


@pytest.mark.parametrize("cursor", [["place", -3], ["place", "3"], ["price+", 3], "x", None])
def test_a_short_list_has_cursors_of_its_own(cursor: object) -> None:
    with pytest.raises(ForeignCursorError):
        plain_connection(
            "abc", Paging(first=1, after=urlsafe_b64encode(orjson.dumps(cursor)).decode())
        )
