"""Messages of a shop: proven to be its own, fresh, kept once; all they say is where to look."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import update

from marketplace.connector import queries
from marketplace.connector.errors import UnprovenNoticeError
from marketplace.connector.events import ProductNoticed
from marketplace.connector.models import ShopConnection, ShopMessage
from marketplace.connector.ports import ShopProof
from marketplace.connector.rules.addresses import domain_of
from marketplace.connector.rules.messages import (
    EVENTS,
    has_proper_form,
    is_fresh,
    read_notice,
)
from marketplace.kernel.database import new_id
from marketplace.kernel.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NoticeHeaders:
    """The headers of a message; each may come once only."""

    events: Sequence[str]
    domains: Sequence[str]
    api_urls: Sequence[str]
    signatures: Sequence[str]


async def check_signature(
    proof: ShopProof,
    connection: ShopConnection | None,
    headers: NoticeHeaders,
    body: bytes,
) -> ShopConnection:
    """Be sure that the connected shop sent this, and nobody else: no other issuer is asked.

    Raises:
        UnprovenNoticeError: it is not sure.
    """
    if connection is None or list(headers.api_urls) != [connection.url]:
        raise UnprovenNoticeError
    domains = [each.lower() for each in headers.domains]
    if domains != [domain_of(connection.url)] or len(headers.events) != 1:
        raise UnprovenNoticeError
    if len(headers.signatures) != 1 or not has_proper_form(headers.signatures[0]):
        raise UnprovenNoticeError
    if not await proof.is_signed(connection.url, headers.signatures[0], body):
        raise UnprovenNoticeError
    return connection


async def take_notice(
    unit: UnitOfWork,
    connection: ShopConnection,
    event: str,
    body: bytes,
) -> bool:
    """Keep a proven message and look at its product; whether it was new.

    Raises:
        UnprovenNoticeError: it is too old, or of a time to come.
        UnreadableNoticeError: it does not say which product it is about.
    """
    name = event.strip().lower()
    if name not in EVENTS:
        return False
    notice = read_notice(body)
    if not is_fresh(notice, unit.now):
        raise UnprovenNoticeError
    digest = hashlib.sha256(body).digest()
    kept = await unit.session.scalar(
        queries.keep_notice(connection.id, digest, name, notice.external_id, new_id(), unit.now),
    )
    if kept is None:
        await unit.session.execute(
            update(ShopMessage)
            .where(ShopMessage.connection_id == connection.id, ShopMessage.digest == digest)
            .values(repeated_count=ShopMessage.repeated_count + 1)
            .execution_options(synchronize_session=False),
        )
        return False
    log.info("connector.noticed", connection=str(connection.id), notice=name)
    unit.announce(ProductNoticed(connection.id, notice.external_id))
    return True
