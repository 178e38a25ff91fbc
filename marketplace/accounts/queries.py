"""Questions about accounts; whatever can reach a viewer starts from `visible_*`."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Select, and_, false, or_, select

from marketplace.accounts.models import (
    Address,
    ExternalIdentity,
    IdentityAssertion,
    OfficerAppointment,
    OneTimeToken,
    Session,
    SigningKey,
    User,
)
from marketplace.accounts.rules.contacts import Contact
from marketplace.accounts.rules.secrets import TokenPurpose
from marketplace.kernel.viewer import Viewer


def visible_users(viewer: Viewer) -> Select[User]:
    """People see themselves; administrators see everybody."""
    if viewer.is_administrator or viewer.is_system:
        return select(User)
    return select(User).where(_is_self(User.id, viewer))


def visible_addresses(viewer: Viewer) -> Select[Address]:
    """People see their own addresses; administrators see everybody's."""
    if viewer.is_administrator or viewer.is_system:
        return select(Address)
    return select(Address).where(_is_self(Address.user_id, viewer))


def visible_sessions(viewer: Viewer, now: datetime) -> Select[Session]:
    """People see where they are signed in themselves; nobody sees it of others."""
    return (
        select(Session)
        .where(_is_self(Session.user_id, viewer), Session.expires_at > now)
        .order_by(Session.last_seen_at.desc(), Session.id)
    )


def visible_appointments(viewer: Viewer, today: date) -> Select[OfficerAppointment]:
    """People see the offices they hold; administrators see everybody's."""
    statement = select(OfficerAppointment).where(_is_in_office(today))
    if viewer.is_administrator or viewer.is_system:
        return statement
    return statement.where(_is_self(OfficerAppointment.user_id, viewer))


def visible_identities(viewer: Viewer, issuer: str) -> Select[ExternalIdentity]:
    """What ties the viewer's own account to the provider; nobody sees it of others."""
    return select(ExternalIdentity).where(
        _is_self(ExternalIdentity.user_id, viewer), ExternalIdentity.issuer == issuer
    )


def visible_assertions(viewer: Viewer, issuer: str) -> Select[IdentityAssertion]:
    """What the provider said about the viewer, the newest first."""
    return (
        select(IdentityAssertion)
        .where(_is_self(IdentityAssertion.user_id, viewer), IdentityAssertion.issuer == issuer)
        .order_by(IdentityAssertion.asserted_at.desc(), IdentityAssertion.id.desc())
    )


def user_by_contact(contact: Contact) -> Select[User]:
    """The person known by an address or number; for services only."""
    if contact.email is not None:
        return select(User).where(User.email == contact.email)
    return select(User).where(User.phone == contact.phone)


def user_for_change(user_id: UUID) -> Select[User]:
    """The person, locked until the change is done."""
    return select(User).where(User.id == user_id).with_for_update()


def address_for_change(address_id: UUID) -> Select[Address]:
    """The address, locked until the change is done."""
    return select(Address).where(Address.id == address_id).with_for_update()


def addresses_of(user_id: UUID) -> Select[Address]:
    """A person's addresses, in the order they were written down."""
    return (
        select(Address).where(Address.user_id == user_id).order_by(Address.created_at, Address.id)
    )


def secrets_for_change(
    user_id: UUID,
    purpose: TokenPurpose,
    now: datetime,
) -> Select[OneTimeToken]:
    """What was sent to a person for a purpose and is not too old, locked, newest first."""
    return (
        select(OneTimeToken)
        .where(
            OneTimeToken.user_id == user_id,
            OneTimeToken.purpose == purpose,
            OneTimeToken.expires_at > now,
        )
        .order_by(OneTimeToken.id.desc())
        .with_for_update()
    )


def current_signing_key() -> Select[SigningKey]:
    """The newest key that was not retired."""
    return select(SigningKey).where(SigningKey.retired_at.is_(None)).order_by(SigningKey.id.desc())


def trusted_signing_keys(retired_after: datetime) -> Select[SigningKey]:
    """Every key of which a token may still be about."""
    return (
        select(SigningKey)
        .where(or_(SigningKey.retired_at.is_(None), SigningKey.retired_at > retired_after))
        .order_by(SigningKey.id.desc())
    )


def holder_of_session(digest: bytes, now: datetime, today: date) -> Executable:
    """Who holds the session, with a row for each office; one statement for a whole request."""
    return (
        select(*_HOLDER, Session.id.label("session_id"), Session.last_seen_at)
        .select_from(Session)
        .join(User, User.id == Session.user_id)
        .outerjoin(
            OfficerAppointment,
            and_(OfficerAppointment.user_id == User.id, _is_in_office(today)),
        )
        .where(Session.token_hash == digest, Session.expires_at > now, User.is_active)
    )


def holder_of_bearer(
    kid: str,
    user_id: UUID,
    retired_after: datetime,
    today: date,
) -> Executable:
    """The key a token names, with the person it names; nothing is proved until it is verified."""
    return (
        trusted_signing_keys(retired_after)
        .where(SigningKey.kid == kid)
        .with_only_columns(SigningKey.public_jwk, *_HOLDER)
        .select_from(SigningKey)
        .outerjoin(User, User.id == user_id)
        .outerjoin(
            OfficerAppointment,
            and_(OfficerAppointment.user_id == User.id, _is_in_office(today)),
        )
    )


def holder(user_id: UUID, today: date) -> Executable:
    """A person with a row for each office."""
    return (
        select(*_HOLDER)
        .select_from(User)
        .outerjoin(
            OfficerAppointment,
            and_(OfficerAppointment.user_id == User.id, _is_in_office(today)),
        )
        .where(User.id == user_id, User.is_active)
    )


_HOLDER = (
    User.id.label("user_id"),
    User.is_active,
    User.is_administrator,
    User.token_key,
    User.language,
    OfficerAppointment.function,
    OfficerAppointment.place_id,
)


def _is_in_office(today: date) -> Any:  # noqa: ANN401 - a SQL expression
    return and_(
        OfficerAppointment.starts_on <= today,
        or_(OfficerAppointment.ends_on.is_(None), OfficerAppointment.ends_on >= today),
    )


def _is_self(column: Any, viewer: Viewer) -> Any:  # noqa: ANN401 - a SQL expression
    return false() if viewer.user_id is None else column == viewer.user_id
