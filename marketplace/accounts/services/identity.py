"""Coming in through an outside identity provider, and tying its name to an account.

The way there and back is one row: made before the browser leaves, used up before the provider is
asked, so that no answer counts twice. An account that exists is never taken over by an address in
a token: tying asks for the password.
"""

import secrets
from datetime import datetime
from hmac import compare_digest
from typing import Final

import orjson
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts import queries
from marketplace.accounts.errors import (
    AccountInactiveError,
    IdentityRefusedError,
    IdentityTakenError,
    IdentityUnknownError,
)
from marketplace.accounts.events import IdentityAsserted
from marketplace.accounts.models import ExternalIdentity, IdentityAssertion, IdentityFlow, User
from marketplace.accounts.ports import AccountSettings, IdentityTrip
from marketplace.accounts.rules.contacts import Contact, read_email, read_vietnamese_phone
from marketplace.accounts.rules.identity import (
    FLOW_LIFETIME,
    Asserted,
    IdentityPurpose,
    masked,
)
from marketplace.accounts.rules.secrets import session_digest
from marketplace.accounts.services.passwords import hash_password
from marketplace.accounts.services.secrets import check_link
from marketplace.accounts.services.users import add_user, confirm_contact, read_names
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import NotSignedInError
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork

_RANDOM_BYTES: Final = 32
IDENTIFIER: Final = "personal number"


async def begin_identity(
    unit: UnitOfWork,
    settings: AccountSettings,
    sealer: Sealer,
    redirect_uri: str,
    browser: str,
    purpose: IdentityPurpose,
) -> IdentityTrip:
    """Prepare a trip to the provider; `browser` is a secret that the same browser brings back.

    Raises:
        LinkError: the way back may not lead there.
        NotSignedInError: one ties an identity to one's own account only.
    """
    check_link(settings, redirect_uri)
    if purpose is IdentityPurpose.LINK and unit.viewer.user_id is None:
        raise NotSignedInError
    trip = IdentityTrip(
        redirect_uri=redirect_uri,
        state=secrets.token_urlsafe(_RANDOM_BYTES),
        nonce=secrets.token_urlsafe(_RANDOM_BYTES),
        verifier=secrets.token_urlsafe(_RANDOM_BYTES * 2),
    )
    hidden = orjson.dumps({"nonce": trip.nonce, "verifier": trip.verifier})
    unit.session.add(
        IdentityFlow(
            state_hash=session_digest(trip.state),
            browser_hash=session_digest(browser or trip.state),
            purpose=purpose,
            secrets=sealer.seal(hidden),
            redirect_uri=redirect_uri,
            user_id=unit.viewer.user_id if purpose is IdentityPurpose.LINK else None,
            created_at=unit.now,
            expires_at=unit.now + FLOW_LIFETIME,
        )
    )
    return trip


async def take_trip(
    unit: UnitOfWork, sealer: Sealer, state: str, browser: str
) -> tuple[IdentityTrip, IdentityPurpose]:
    """The trip that a state belongs to, used up by this very look.

    Raises:
        IdentityRefusedError: there is none, it is too old or used, or another browser began it.
    """
    statement = (
        select(IdentityFlow)
        .where(IdentityFlow.state_hash == session_digest(state))
        .with_for_update()
    )
    flow = await unit.session.scalar(statement)
    if flow is None or flow.used_at is not None or flow.expires_at <= unit.now:
        raise IdentityRefusedError
    if not compare_digest(flow.browser_hash, session_digest(browser or state)):
        raise IdentityRefusedError
    if flow.purpose is IdentityPurpose.LINK and flow.user_id != unit.viewer.user_id:
        raise IdentityRefusedError
    flow.used_at = unit.now
    hidden = orjson.loads(sealer.open(flow.secrets))
    trip = IdentityTrip(flow.redirect_uri, state, hidden["nonce"], hidden["verifier"])
    return trip, flow.purpose


async def sign_in_by_identity(unit: UnitOfWork, sealer: Sealer, asserted: Asserted) -> User:
    """The person whose identity it is; a new one when the provider proved an unused contact.

    Raises:
        AccountInactiveError: the account was closed.
        IdentityUnknownError: nobody is tied to it, and no account could be made.
    """
    known = await unit.session.scalar(_identity(asserted))
    if known is not None:
        user = await unit.session.scalar(queries.user_for_change(known.user_id))
        if user is None or not user.is_active:
            raise AccountInactiveError
    else:
        user = await _new_user(unit, asserted)
        unit.session.add(_tie(asserted, user, unit.now))
    user.last_sign_in_at = unit.now
    await write_down(unit, sealer, user, asserted)
    return user


async def link_identity(unit: UnitOfWork, sealer: Sealer, user: User, asserted: Asserted) -> User:
    """Tie the identity to the viewer's own account; the password was proved before the trip.

    Raises:
        IdentityTakenError: one of the two is tied to another already.
    """
    known = await unit.session.scalar(_identity(asserted))
    if known is not None and known.user_id != user.id:
        raise IdentityTakenError
    if known is None:
        try:
            async with unit.session.begin_nested():
                unit.session.add(_tie(asserted, user, unit.now))
        except IntegrityError:
            raise IdentityTakenError from None
    await write_down(unit, sealer, user, asserted)
    return user


async def write_down(unit: UnitOfWork, sealer: Sealer, user: User, asserted: Asserted) -> None:
    """Keep what was asserted: words sealed, the number found by its keyed hash; no pictures."""

    def sealed(text: str) -> bytes | None:
        return sealer.seal(text.encode()) if text else None

    number = asserted.identifier
    assertion = IdentityAssertion(
        id=new_id(),
        user_id=user.id,
        issuer=asserted.issuer,
        subject=asserted.subject,
        level=asserted.level[:120],
        asserted_at=unit.now,
        name=sealed(asserted.name),
        birthdate=sealed(asserted.birthdate),
        identifier=sealed(number),
        identifier_hash=sealer.keyed_hash(IDENTIFIER, number) if number else None,
        identifier_masked=masked(number),
    )
    unit.session.add(assertion)
    await unit.session.flush()
    unit.announce(IdentityAsserted(user.id, assertion.id))


async def _new_user(unit: UnitOfWork, asserted: Asserted) -> User:
    """An account for an address or number that the provider has proved and nobody has here."""
    email = read_email(asserted.email) if asserted.has_proved_email else None
    phone = read_vietnamese_phone(asserted.phone) if asserted.has_proved_phone else None
    if email is None and phone is None:
        raise IdentityUnknownError
    family, _space, given = asserted.name.rpartition(" ")
    # Nobody knows this password; the person may set one by "forgotten password".
    nobodys = await hash_password(secrets.token_urlsafe(_RANDOM_BYTES))
    contact = Contact(email=email) if email is not None else Contact(phone=phone)
    user = await add_user(unit, contact, nobodys, read_names(given[:80], family[:80]))
    if user is None:
        raise IdentityUnknownError
    confirm_contact(unit, user, by_email=email is not None)
    return user


def _tie(asserted: Asserted, user: User, now: datetime) -> ExternalIdentity:
    return ExternalIdentity(
        user_id=user.id, issuer=asserted.issuer, subject=asserted.subject, linked_at=now
    )


def _identity(asserted: Asserted) -> Select[ExternalIdentity]:
    return select(ExternalIdentity).where(
        ExternalIdentity.issuer == asserted.issuer,
        ExternalIdentity.subject == asserted.subject,
    )
