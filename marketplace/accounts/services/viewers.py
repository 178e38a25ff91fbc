"""Who stands behind a request: the holder of a session or of a token, with what they hold."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.accounts import queries
from marketplace.accounts.errors import (
    BearerExpiredError,
    BearerInvalidError,
    TokenExpiredError,
    TokenInvalidError,
)
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.calendar import local_day
from marketplace.accounts.rules.secrets import session_digest
from marketplace.accounts.services.tokens import ACCESS, verify_token
from marketplace.kernel.viewer import VISITOR, Assisting, MemberRole, OfficerGrant, Viewer

_TOUCH_AFTER: Final = timedelta(hours=1)


@dataclass(slots=True)
class ViewerParts:
    """A viewer in the making; storeys above add what they know of the person."""

    user_id: UUID
    is_administrator: bool = False
    grants: set[OfficerGrant] = field(default_factory=set)
    memberships: dict[UUID, MemberRole] = field(default_factory=dict)
    buys_wholesale: bool = False
    session_id: UUID | None = None
    assisting: Assisting | None = None
    on_behalf_of: UUID | None = None

    def finished(self) -> Viewer:
        """The viewer, who does not change any more.

        Who acts for a seller holds nothing else meanwhile: an officer who types for a shop must
        not in the same breath verify it, nor a clerk mix it up with a shop of their own.
        """
        if self.assisting is not None:
            return Viewer(
                user_id=self.user_id,
                session_id=self.session_id,
                on_behalf_of=self.on_behalf_of,
                assisting=self.assisting,
            )
        return Viewer(
            user_id=self.user_id,
            memberships=self.memberships,
            grants=frozenset(self.grants),
            is_administrator=self.is_administrator,
            buys_wholesale=self.buys_wholesale,
            session_id=self.session_id,
        )


Enricher: TypeAlias = Callable[[AsyncSession, ViewerParts], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came in, in which language they like to be spoken to.

    Attributes:
        viewer: who it is.
        language: the person's language; None for a visitor.
        is_session_stale: whether `touch_session` should note that the session is still in use.
    """

    viewer: Viewer = VISITOR
    language: str | None = None
    is_session_stale: bool = False


STRANGER: Final = Arrival()


async def viewer_of_session(
    session: AsyncSession,
    token: str | None,
    now: datetime,
    extra: Sequence[Enricher] = (),
) -> Arrival:
    """Who holds the session of that cookie; a visitor when nobody does."""
    if not token:
        return STRANGER
    statement = queries.holder_of_session(session_digest(token), now, local_day(now))
    rows = (await session.execute(statement)).all()
    if not rows:
        return STRANGER
    parts = _parts(rows)
    parts.session_id = rows[0].session_id
    viewer = await _enriched(session, parts, extra)
    return Arrival(viewer, rows[0].language, rows[0].last_seen_at < now - _TOUCH_AFTER)


async def viewer_of_bearer(
    session: AsyncSession,
    settings: AccountSettings,
    token: str,
    now: datetime,
    extra: Sequence[Enricher] = (),
) -> Arrival:
    """Who holds the access token of an Authorization header.

    Raises:
        BearerInvalidError: it is none of ours, or not good any more.
        BearerExpiredError: it is too old.
    """
    try:
        verified = await verify_token(session, settings, token, now, kind=ACCESS)
    except TokenExpiredError:
        raise BearerExpiredError from None
    except TokenInvalidError:
        raise BearerInvalidError from None
    viewer = await _enriched(session, _parts(verified.rows), extra)
    return Arrival(viewer, verified.rows[0].language)


async def load_viewer(
    session: AsyncSession,
    user_id: UUID,
    now: datetime,
    extra: Sequence[Enricher] = (),
) -> Viewer:
    """The person as a viewer, for jobs and commands; a visitor when there is no such person."""
    rows = (await session.execute(queries.holder(user_id, local_day(now)))).all()
    return await _enriched(session, _parts(rows), extra) if rows else VISITOR


def bearer_of(header: str | None) -> str | None:
    """The token in an Authorization header, or None when it holds none."""
    scheme, _space, token = (header or "").strip().partition(" ")
    return token.strip() or None if scheme.casefold() in {"bearer", "jwt"} else None


def _parts(rows: Sequence[Row[Any]]) -> ViewerParts:
    return ViewerParts(
        user_id=rows[0].user_id,
        is_administrator=rows[0].is_administrator,
        grants={
            OfficerGrant(row.function, row.place_id) for row in rows if row.function is not None
        },
    )


async def _enriched(
    session: AsyncSession,
    parts: ViewerParts,
    extra: Sequence[Enricher],
) -> Viewer:
    for enrich in extra:
        await enrich(session, parts)
    return parts.finished()
