"""Browsers that are signed in."""

import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, update

from marketplace.accounts.models import Session, User
from marketplace.accounts.rules.secrets import session_digest
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork

LIFETIME: Final = timedelta(days=30)
_LONGEST_USER_AGENT: Final = 400


def new_token_key() -> str:
    """A key that every JWT of a person carries; a new one ends all of them."""
    return secrets.token_hex(8)


async def open_session(
    unit: UnitOfWork,
    user: User,
    user_agent: str | None,
    address: str | None,
) -> str:
    """Sign a browser in; the secret for its cookie, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    unit.session.add(
        Session(
            user_id=user.id,
            token_hash=session_digest(token),
            created_at=unit.now,
            last_seen_at=unit.now,
            expires_at=unit.now + LIFETIME,
            user_agent=(user_agent or "")[:_LONGEST_USER_AGENT],
            address=(address or "")[:45],
        ),
    )
    return token


async def touch_session(unit: UnitOfWork, session_id: UUID) -> None:
    """Note that the browser is still in use; it stays signed in for as long again."""
    await unit.session.execute(
        update(Session)
        .where(Session.id == session_id)
        .values(last_seen_at=unit.now, expires_at=unit.now + LIFETIME),
    )


async def close_session(unit: UnitOfWork, session_id: UUID | None = None) -> None:
    """Sign one browser of the viewer out: this one, when none is named.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: the viewer has no such session.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    closed = await unit.session.execute(
        delete(Session)
        .where(
            Session.id == (session_id or unit.viewer.session_id),
            Session.user_id == unit.viewer.user_id,
        )
        .returning(Session.id),
    )
    if closed.first() is None:
        raise NotFoundError(_("There is no such session."), field="id")


async def close_sessions(unit: UnitOfWork, user_id: UUID, keep: UUID | None = None) -> None:
    """Sign every browser of a person out, except one that is to stay."""
    statement = delete(Session).where(Session.user_id == user_id)
    if keep is not None:
        statement = statement.where(Session.id != keep)
    await unit.session.execute(statement)


async def sign_out_everywhere(unit: UnitOfWork, user: User, keep: UUID | None = None) -> None:
    """End every session and every token of a person."""
    user.token_key = new_token_key()
    await close_sessions(unit, user.id, keep)
