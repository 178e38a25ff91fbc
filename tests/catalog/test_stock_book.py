"""The book of the stock: its lines always add up, whoever writes at the same moment."""

import asyncio

import pytest
from sqlalchemy import func, select

from catalog.errors import InsufficientStockError, InvalidProductError
from catalog.models import Stock, StockMovement
from catalog.rules import MovementKind
from catalog.services.stock import Movement, book_movement, set_stock
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from tests.factories.world import World

CLIENTS = 12


async def balance(world: World) -> tuple[int, int]:
    """What lies of the variant, and what its book says."""
    key = world["shown_variant"].id
    on_hand = select(func.sum(Stock.on_hand)).where(Stock.variant_id == key)
    booked = (
        select(func.coalesce(func.sum(StockMovement.quantity), 0))
        .join(Stock, Stock.id == StockMovement.stock_id)
        .where(Stock.variant_id == key)
    )
    async with world.composition.sessions() as session:
        return await session.scalar(on_hand) or 0, await session.scalar(booked) or 0


async def begin_book(world: World) -> int:
    """Write the first line, as migrations do for what lay there before; how many lie there."""
    key = world["shown_variant"].id
    async with unit_of_work(
        world.composition.sessions, world.viewers["owner"], world.composition.events
    ) as unit:
        stock = (await unit.session.scalars(select(Stock).where(Stock.variant_id == key))).one()
        count = stock.on_hand
        stock.on_hand = 0
        await unit.session.flush()
        await book_movement(unit, key, Movement(MovementKind.RECEIVED, count))
    return count


async def book(world: World, movement: Movement) -> None:
    house = world.composition
    async with unit_of_work(house.sessions, world.viewers["clerk"], house.events) as unit:
        await book_movement(unit, world["shown_variant"].id, movement)


async def test_every_movement_is_a_line(world: World) -> None:
    count = await begin_book(world)

    await book(world, Movement(MovementKind.RECEIVED, 8, "from the harvest"))
    await book(world, Movement(MovementKind.SOLD, 3))
    await book(world, Movement(MovementKind.SPOILED, 1))
    await book(world, Movement(MovementKind.CORRECTED, -2))

    assert await balance(world) == (count + 2, count + 2)
    async with world.composition.sessions() as session:
        statement = select(StockMovement).order_by(StockMovement.at, StockMovement.id)
        lines = (await session.scalars(statement)).all()
    assert [line.quantity for line in lines] == [count, 8, -3, -1, -2]
    assert [line.on_hand_after for line in lines][-1] == count + 2
    assert lines[1].note == "from the harvest"
    assert lines[1].actor_id == world.users["clerk"].id


async def test_a_count_books_the_difference(world: World) -> None:
    count = await begin_book(world)

    async def counted(unit: UnitOfWork, many: int) -> None:
        await set_stock(unit, world["shown_variant"].id, many)

    house = world.composition
    for many in (count + 5, count + 5, 2):
        async with unit_of_work(house.sessions, world.viewers["clerk"], house.events) as unit:
            await counted(unit, many)

    assert await balance(world) == (2, 2)
    async with house.sessions() as session:
        kinds = (
            await session.scalars(
                select(StockMovement.quantity).where(StockMovement.kind == MovementKind.COUNTED)
            )
        ).all()
    assert sorted(kinds) == [-(count + 3), 5]


async def test_nothing_goes_below_nothing(world: World) -> None:
    count = await begin_book(world)

    with pytest.raises(InsufficientStockError):
        await book(world, Movement(MovementKind.SOLD, count + 1))
    with pytest.raises(InvalidProductError):
        await book(world, Movement(MovementKind.RECEIVED, 0))
    with pytest.raises(InvalidProductError):
        await book(world, Movement(MovementKind.COUNTED, 3))

    assert await balance(world) == (count, count)


async def test_who_books_at_the_same_moment_loses_no_line(real_world: World) -> None:
    count = await begin_book(real_world)
    movements = [
        Movement(MovementKind.RECEIVED, 5) if number % 2 else Movement(MovementKind.SOLD, 3)
        for number in range(CLIENTS)
    ]

    fared = await asyncio.gather(
        *(book(real_world, movement) for movement in movements),
        return_exceptions=True,
    )

    refused = [each for each in fared if isinstance(each, InsufficientStockError)]
    assert [each for each in fared if each is not None and each not in refused] == []
    came = 5 * CLIENTS // 2
    went = 3 * (CLIENTS // 2 - len(refused))
    assert await balance(real_world) == (count + came - went, count + came - went)


async def test_a_stock_of_few_is_sold_only_once(real_world: World) -> None:
    count = await begin_book(real_world)

    fared = await asyncio.gather(
        *(book(real_world, Movement(MovementKind.SOLD, count)) for _each in range(CLIENTS)),
        return_exceptions=True,
    )

    assert sum(each is None for each in fared) == 1
    assert sum(isinstance(each, InsufficientStockError) for each in fared) == CLIENTS - 1
    assert await balance(real_world) == (0, 0)
