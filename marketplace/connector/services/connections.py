"""Connecting a shop, changing how it is read, and ending that."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from businesses.models import Business
from businesses.services.activity import record_change
from catalog.models import Category
from catalog.rules import CategoryPolicy
from catalog.services.imports.feeds import forget_codes
from marketplace.connector import policies, queries
from marketplace.connector.errors import ConnectionExistsError, InvalidConnectionError
from marketplace.connector.events import ConnectionGivenUp, PullAsked
from marketplace.connector.models import ShopConnection
from marketplace.connector.rules.addresses import api_url
from marketplace.connector.rules.goods import MARK
from marketplace.connector.rules.states import ConnectionState
from marketplace.hooks.rules.addresses import ForbiddenAddressError
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, move
from marketplace.kernel.unit_of_work import UnitOfWork

MANAGER: Final = "connection manager"
_CHANNEL: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_TOKEN: Final = re.compile(r"[\x21-\x7e]{8,4000}")
S = ConnectionState


async def _tell_owners(unit: UnitOfWork, connection: ShopConnection) -> None:
    unit.announce(ConnectionGivenUp(connection.id))


MACHINE: Final = Machine(
    "shop connection",
    ShopConnection,
    (
        Transition("enable", (S.DISABLED,), S.ACTIVE, frozenset({MANAGER})),
        Transition("disable", (S.ACTIVE,), S.DISABLED, frozenset({MANAGER})),
        Transition(
            "give_up",
            (S.ACTIVE,),
            S.DISABLED,
            frozenset({SYSTEM_ROLE}),
            effects=(_tell_owners,),
        ),
        Transition("remove", (S.ACTIVE, S.DISABLED), S.REMOVED, frozenset({MANAGER})),
    ),
)


@dataclass(frozen=True, slots=True)
class ConnectionDraft:
    """How a shop is to be read; when changing, what is None stays as it is."""

    url: str | None = None
    channel: str | None = None
    category_id: UUID | None = None
    token: str | None = None


async def connect_shop(
    unit: UnitOfWork,
    sealer: Sealer,
    business_id: UUID,
    draft: ConnectionDraft,
    *,
    allows_loopback: bool = False,
) -> ShopConnection:
    """Connect the shop that a business runs elsewhere, and begin to pull its goods.

    Raises:
        NotFoundError: there is no such business or category.
        NotPermittedError: the viewer does not manage the business.
        InvalidConnectionError: something about it cannot be taken.
        ConnectionExistsError: the business is connected already.
    """
    business = await unit.session.get(Business, business_id)
    if business is None:
        raise NotFoundError(_("There is no such business."), field="business")
    if not policies.may_connect(unit.viewer, business_id):
        raise NotPermittedError
    url = _url(draft.url or "", allows_loopback=allows_loopback)
    connection = ShopConnection(
        business_id=business_id,
        url=url,
        channel=_channel(draft.channel or ""),
        category_id=await _category(unit, draft.category_id),
        sealed_token=_sealed(sealer, draft.token),
        created_at=unit.now,
        next_pull_at=unit.now,
    )
    await _forget_another_shop(unit, business_id, url)
    try:
        async with unit.session.begin_nested():
            unit.session.add(connection)
    except IntegrityError as conflict:
        if not isinstance(conflict.orig, UniqueViolation):
            raise
        message = _("The business is connected to a shop already.")
        raise ConnectionExistsError(message) from conflict
    record_change(unit, business_id, "saleor.connected", ("connection", connection.id), url)
    unit.announce(PullAsked(connection.id))
    return connection


async def change_connection(
    unit: UnitOfWork,
    sealer: Sealer,
    connection_id: UUID,
    draft: ConnectionDraft,
) -> ShopConnection:
    """Change how a shop is read; which shop it is stays.

    Raises:
        NotFoundError: there is no such connection for the viewer, or no such category.
        InvalidConnectionError: something about it cannot be taken.
    """
    connection = await locked_connection(unit, connection_id)
    if draft.channel is not None:
        connection.channel = _channel(draft.channel)
    if draft.category_id is not None:
        connection.category_id = await _category(unit, draft.category_id)
    if draft.token is not None:
        connection.sealed_token = _sealed(sealer, draft.token)
    _record(unit, connection, "saleor.edited")
    _pull_soon(unit, connection)
    return connection


async def ask_pull(unit: UnitOfWork, connection_id: UUID) -> ShopConnection:
    """Compare all goods now.

    Raises:
        NotFoundError: there is no such connection for the viewer.
        InvalidConnectionError: it is switched off.
    """
    connection = await locked_connection(unit, connection_id)
    if connection.state is not S.ACTIVE:
        raise InvalidConnectionError(_("The connection is switched off; switch it on first."))
    _pull_soon(unit, connection)
    return connection


async def move_connection(
    unit: UnitOfWork,
    connection_id: UUID,
    transition: str,
) -> ShopConnection:
    """Switch a connection on or off, or end it; the goods stay as they are.

    Raises:
        NotFoundError: there is no such connection for the viewer.
        WrongStateError: its state does not allow it.
    """
    connection = await locked_connection(unit, connection_id)
    await move(unit, MACHINE, connection, transition, roles={MANAGER})
    connection.failing_since, connection.failed_count, connection.trouble = None, 0, None
    if connection.state is S.REMOVED:
        connection.sealed_token = None
    _record(unit, connection, f"saleor.{transition}d")
    if connection.state is S.ACTIVE:
        _pull_soon(unit, connection)
    return connection


async def locked_connection(unit: UnitOfWork, connection_id: UUID) -> ShopConnection:
    """The connection, locked, for somebody who looks after it.

    Raises:
        NotFoundError: there is none, or the viewer may not know of it.
    """
    connection = await unit.session.scalar(queries.connection_for_change(connection_id))
    if connection is None or not policies.may_connect(unit.viewer, connection.business_id):
        raise NotFoundError(_("There is no such connection."))
    return connection


def _pull_soon(unit: UnitOfWork, connection: ShopConnection) -> None:
    if connection.state is S.ACTIVE:
        connection.next_pull_at = unit.now
        unit.announce(PullAsked(connection.id))


def _record(unit: UnitOfWork, connection: ShopConnection, name: str) -> None:
    thing = ("connection", connection.id)
    record_change(unit, connection.business_id, name, thing, connection.url)


async def _forget_another_shop(unit: UnitOfWork, business_id: UUID, url: str) -> None:
    """Two shops count their goods from one: the codes of the former must not meet the new ones."""
    former = (
        select(ShopConnection.url)
        .where(ShopConnection.business_id == business_id)
        .order_by(ShopConnection.created_at.desc())
        .limit(1)
    )
    if await unit.session.scalar(former) not in {None, url}:
        await forget_codes(unit, business_id, MARK)


def _url(text: str, *, allows_loopback: bool) -> str:
    try:
        return api_url(text, allows_loopback=allows_loopback)
    except ForbiddenAddressError:
        message = _("The address looks like https://shop.example.vn/graphql/ and is public.")
        raise InvalidConnectionError(message, field="url") from None


def _channel(text: str) -> str:
    channel = text.strip()
    if not _CHANNEL.fullmatch(channel):
        message = _("The channel is a short name like default-channel; your shop shows it.")
        raise InvalidConnectionError(message, field="channel")
    return channel


def _sealed(sealer: Sealer, token: str | None) -> bytes | None:
    """The token as it is kept; an empty one takes it away."""
    bare = (token or "").strip().removeprefix("Bearer ").strip()
    if not bare:
        return None
    if not _TOKEN.fullmatch(bare):
        raise InvalidConnectionError(_("This is no token of a shop."), field="token")
    return sealer.seal(bare.encode())


async def _category(unit: UnitOfWork, category_id: UUID | None) -> UUID:
    found = None if category_id is None else await unit.session.get(Category, category_id)
    if found is None or found.policy is CategoryPolicy.FORBIDDEN:
        raise NotFoundError(_("Please choose a category."), field="category")
    return found.id
