"""Pulling a shop's goods: page by page, each in a transaction of its own.

A pull that was killed is simply begun again: what stands already is left alone. Whatever is wrong
with the shop only makes the connection wait; nothing of ours depends on it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import func

from catalog.services.imports.comparing import Setting
from catalog.services.imports.feeds import begin_feed
from marketplace.connector import queries
from marketplace.connector.events import PullAsked
from marketplace.connector.models import ShopConnection, ShopProduct
from marketplace.connector.ports import ShopAddress, ShopError
from marketplace.connector.rules.goods import ShopGood
from marketplace.connector.rules.patience import EVERY, GIVEN_UP_AFTER, LEASE, pause_after
from marketplace.connector.rules.states import ConnectionState, Trouble
from marketplace.connector.services.connections import MACHINE
from marketplace.connector.services.pictures import PictureBudget, keep_pictures
from marketplace.connector.services.taking import Basket, take_goods, withdraw_gone
from marketplace.connector.services.working import Workshop
from marketplace.kernel.sealing import SealBrokenError, Sealer
from marketplace.kernel.transitions import SYSTEM_ROLE, move
from marketplace.kernel.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

MOST_PAGES: Final = 200


@dataclass(frozen=True, slots=True)
class _Begun:
    """A pull that has begun."""

    connection_id: UUID
    business_id: UUID
    shop: ShopAddress
    setting: Setting
    at: datetime


class _SwitchedOffError(Exception):
    """Somebody switched the connection off meanwhile."""


async def pull_shop(workshop: Workshop, connection_id: UUID) -> None:
    """Compare everything the shop offers with what stands here."""
    try:
        begun = await _begin(workshop, connection_id, is_pull=True)
        if begun is not None:
            await _Pull(workshop, begun).walk()
    except ShopError as error:
        await _note_trouble(workshop, connection_id, error.trouble)
    except _SwitchedOffError:
        log.info("connector.switched_off", connection=str(connection_id))


async def look_at_product(workshop: Workshop, connection_id: UUID, external_id: str) -> None:
    """Read one product again, because the shop says that it is another now."""
    try:
        begun = await _begin(workshop, connection_id, is_pull=False)
        if begun is None:
            return
        good = await workshop.reader.good(begun.shop, external_id)
        if good is not None:
            await _Pull(workshop, begun).take((good,))
            return
        async with workshop.change() as unit:
            await _hold(unit, connection_id)
            row = await unit.session.scalar(
                queries.products_of(connection_id).where(ShopProduct.external_id == external_id),
            )
            if row is not None:
                await withdraw_gone(unit, row)
    except ShopError as error:
        await _note_trouble(workshop, connection_id, error.trouble)
    except _SwitchedOffError:
        log.info("connector.switched_off", connection=str(connection_id))


async def queue_due_pulls(unit: UnitOfWork) -> int:
    """Ask for the pulls that are due; how many."""
    due = (await unit.session.scalars(queries.connections_due(unit.now))).all()
    for connection in due:
        connection.next_pull_at = unit.now + LEASE
        unit.announce(PullAsked(connection.id))
    return len(due)


async def _begin(workshop: Workshop, connection_id: UUID, *, is_pull: bool) -> _Begun | None:
    async with workshop.change() as unit:
        connection = await unit.session.scalar(queries.connection_for_change(connection_id))
        if connection is None or connection.state is not ConnectionState.ACTIVE:
            return None
        if is_pull:
            connection.pull_began_at, connection.next_pull_at = unit.now, unit.now + LEASE
            connection.created_count = connection.updated_count = connection.unchanged_count = 0
        token = _opened(workshop.sealer, connection.sealed_token)
        return _Begun(
            connection_id,
            connection.business_id,
            ShopAddress(connection.url, connection.channel, token),
            await begin_feed(unit, connection.business_id),
            unit.now,
        )


class _Pull:
    """One walk through a shop's goods."""

    def __init__(self, workshop: Workshop, begun: _Begun) -> None:
        self._workshop = workshop
        self._begun = begun
        self._budget = PictureBudget()

    async def walk(self) -> None:
        """Take every page, then look for what was not told any more."""
        after: str | None = None
        seen: set[str] = set()
        total = 0
        for _page in range(MOST_PAGES):
            page = await self._workshop.reader.goods(self._begun.shop, after)
            if page.goods:
                await self.take(page.goods)
            total += len(page.goods) + page.unreadable
            after = page.next_cursor
            if after is None or after in seen:
                break
            seen.add(after)
        if after is not None:
            raise ShopError(Trouble.TOO_MUCH)
        await self._finish(total)

    async def take(self, goods: tuple[ShopGood, ...]) -> None:
        """Some goods, in one transaction, after their pictures."""
        workshop, begun = self._workshop, self._begun
        pictures = await keep_pictures(
            workshop.change,
            workshop.reader,
            workshop.store,
            begun.business_id,
            goods,
            self._budget,
        )
        async with workshop.change() as unit:
            connection = await _hold(unit, begun.connection_id)
            basket = Basket(goods, pictures)
            taken = await take_goods(unit, connection, begun.setting, basket, workshop.review)
            connection.created_count += taken.created
            connection.updated_count += taken.updated
            connection.unchanged_count += taken.unchanged
        log.info(
            "connector.taken",
            connection=str(begun.connection_id),
            created=taken.created,
            updated=taken.updated,
            unchanged=taken.unchanged,
        )

    async def _finish(self, total: int) -> None:
        async with self._workshop.change() as unit:
            connection = await _hold(unit, self._begun.connection_id)
            offered = queries.products_of(connection.id).where(ShopProduct.is_offered)
            held = offered.order_by(None).with_only_columns(func.count())
            # A shop that shows nothing at all was mostly set up anew, or the channel's name is off.
            if total == 0 and await unit.session.scalar(held):
                raise ShopError(Trouble.EMPTY)
            gone = offered.where(ShopProduct.seen_at < self._begun.at)
            for row in (await unit.session.scalars(gone)).all():
                await withdraw_gone(unit, row)
            connection.pulled_at, connection.pull_began_at = unit.now, None
            connection.next_pull_at = unit.now + EVERY
            connection.failing_since, connection.failed_count = None, 0
            connection.trouble = None


async def _hold(unit: UnitOfWork, connection_id: UUID) -> ShopConnection:
    connection = await unit.session.scalar(queries.connection_for_change(connection_id))
    if connection is None or connection.state is not ConnectionState.ACTIVE:
        raise _SwitchedOffError
    return connection


async def _note_trouble(workshop: Workshop, connection_id: UUID, trouble: Trouble) -> None:
    """Wait longer each time; after three days stop asking, and tell the owners."""
    async with workshop.change() as unit:
        connection = await unit.session.scalar(queries.connection_for_change(connection_id))
        if connection is None or connection.state is not ConnectionState.ACTIVE:
            return
        log.warning("connector.trouble", connection=str(connection_id), trouble=trouble.value)
        connection.trouble, connection.pull_began_at = trouble, None
        connection.failing_since = connection.failing_since or unit.now
        connection.failed_count += 1
        connection.next_pull_at = unit.now + pause_after(connection.failed_count)
        if unit.now - connection.failing_since >= GIVEN_UP_AFTER:
            await move(unit, MACHINE, connection, "give_up", roles={SYSTEM_ROLE})


def _opened(sealer: Sealer, sealed: bytes | None) -> str | None:
    try:
        return None if sealed is None else sealer.open(sealed).decode()
    except SealBrokenError:
        raise ShopError(Trouble.REFUSED) from None
