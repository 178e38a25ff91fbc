"""Taking a message in: proven, read, kept once, and announced in the same transaction."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import or_, update

from marketplace.hooks import queries
from marketplace.hooks.errors import UnprovenMessageError, UnreadableMessageError
from marketplace.hooks.events import MessageReceived
from marketplace.hooks.models import HookSource, InboundMessage
from marketplace.hooks.rules.envelopes import Envelope, UnreadableEnvelopeError, read_envelope
from marketplace.hooks.rules.signing import BadSignatureError, SignedHeaders, new_secret, verify
from marketplace.hooks.services.sources import secrets_of
from marketplace.kernel.database import new_id
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

# An unknown source costs as much as a known one, so that the time taken tells nothing.
_NOBODYS_SECRET: Final = new_secret()
_LAST_USED_STEP: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a message; one that came before changes nothing."""

    message_id: UUID | None

    @property
    def is_new(self) -> bool:
        """Whether it came for the first time."""
        return self.message_id is not None


async def receive_message(
    unit: UnitOfWork,
    sealer: Sealer,
    source_name: str,
    headers: SignedHeaders,
    body: bytes,
) -> Received:
    """Take a message in, once.

    Raises:
        UnprovenMessageError: the source is unknown, or the message is not its own, or not fresh.
        UnreadableMessageError: it is proven, but says nothing that can be read.
    """
    source = await unit.session.scalar(queries.source_named(source_name))
    known = [_NOBODYS_SECRET] if source is None else _secrets(unit, sealer, source)
    try:
        webhook_id = verify(known, headers, body, unit.now)
    except BadSignatureError:
        raise UnprovenMessageError from None
    if source is None:
        raise UnprovenMessageError
    try:
        envelope = read_envelope(body)
    except UnreadableEnvelopeError:
        raise UnreadableMessageError from None
    if envelope.id != webhook_id:
        raise UnreadableMessageError
    await _note_use(unit, source)
    return await _keep(unit, source, envelope, body)


async def note_refusal(unit: UnitOfWork, source_name: str) -> None:
    """Count a message that was refused, where the source is known; for whoever looks after it."""
    await unit.session.execute(
        update(HookSource)
        .where(HookSource.name == source_name)
        .values(refused_count=HookSource.refused_count + 1, last_refused_at=unit.now),
    )


async def note_outcome(unit: UnitOfWork, message_id: UUID, outcome: str) -> None:
    """Write down what a message led to."""
    await unit.session.execute(
        update(InboundMessage)
        .where(InboundMessage.id == message_id)
        .values(handled_at=unit.now, outcome=outcome[:500]),
    )


def _secrets(unit: UnitOfWork, sealer: Sealer, source: HookSource) -> list[str]:
    return secrets_of(
        sealer, source.sealed_secret, source.sealed_previous, source.previous_until, unit.now
    )


async def _note_use(unit: UnitOfWork, source: HookSource) -> None:
    """Say when the source was last heard of, to the minute: a row locked less often."""
    await unit.session.execute(
        update(HookSource)
        .where(
            HookSource.id == source.id,
            or_(
                HookSource.last_used_at.is_(None),
                HookSource.last_used_at < unit.now - _LAST_USED_STEP,
            ),
        )
        .values(last_used_at=unit.now)
        .execution_options(synchronize_session=False),
    )


async def _keep(
    unit: UnitOfWork,
    source: HookSource,
    envelope: Envelope,
    body: bytes,
) -> Received:
    body_hash = hashlib.sha256(body).digest()
    statement = queries.keep_message(
        source.id, envelope.id, envelope.type, body, body_hash, new_id(), unit.now
    )
    kept = await unit.session.scalar(statement)
    if kept is not None:
        log.info("hooks.received", source=source.name, message=envelope.id, type=envelope.type)
        unit.announce(MessageReceived(kept, source.name, envelope.type))
        return Received(kept)
    before = await unit.session.scalar(
        update(InboundMessage)
        .where(InboundMessage.source_id == source.id, InboundMessage.webhook_id == envelope.id)
        .values(repeated_count=InboundMessage.repeated_count + 1)
        .returning(InboundMessage.body_hash),
    )
    if before == body_hash:
        log.info("hooks.repeated", source=source.name, message=envelope.id)
    else:
        log.warning("hooks.repeated_with_another_body", source=source.name, message=envelope.id)
    return Received(None)
