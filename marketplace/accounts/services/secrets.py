"""Sending one-time secrets, and taking them back once."""

from datetime import datetime
from hmac import compare_digest

from sqlalchemy import delete, update

from marketplace.accounts import queries
from marketplace.accounts.errors import LinkError, SecretError
from marketplace.accounts.events import SecretIssued
from marketplace.accounts.models import OneTimeToken, User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.links import is_allowed_link
from marketplace.accounts.rules.secrets import TokenPurpose, one_time_secret, secret_digest
from marketplace.kernel.database import new_id
from marketplace.kernel.unit_of_work import UnitOfWork


def check_link(settings: AccountSettings, redirect_url: str | None) -> None:
    """Make sure that a letter may point there.

    Raises:
        LinkError: it is neither this site nor a storefront we know.
    """
    if redirect_url is not None and not is_allowed_link(
        redirect_url, settings.public_url, settings.client_hosts
    ):
        raise LinkError


async def issue_secret(
    unit: UnitOfWork,
    settings: AccountSettings,
    user: User,
    purpose: TokenPurpose,
    *,
    redirect_url: str | None = None,
    is_repeat: bool = False,
) -> OneTimeToken:
    """Prepare a secret for the person; it leaves by post once the change is committed.

    Raises:
        LinkError: a letter of ours may not point there.
    """
    check_link(settings, redirect_url)
    if purpose.is_code:
        await revoke_secrets(unit, user, purpose)
    token_id = new_id()
    secret = one_time_secret(settings.secret_key, purpose, token_id)
    token = OneTimeToken(
        id=token_id,
        user_id=user.id,
        purpose=purpose,
        token_hash=secret_digest(settings.secret_key, purpose, token_id, secret),
        sent_to=(user.phone if purpose.is_code else user.email) or "",
        redirect_url=redirect_url,
        created_at=unit.now,
        expires_at=unit.now + purpose.lifetime,
    )
    unit.session.add(token)
    unit.announce(SecretIssued(token_id, is_repeat))
    return token


async def spend_secret(
    unit: UnitOfWork,
    settings: AccountSettings,
    user: User,
    purpose: TokenPurpose,
    secret: str,
    *,
    may_be_used: bool = False,
) -> OneTimeToken:
    """Take a secret back; it and its like are good for nothing afterwards.

    Args:
        unit: the change.
        settings: hold the site's key.
        user: who it was sent to.
        purpose: what it must prove.
        secret: what was typed, or came with the link.
        may_be_used: a link that was followed twice still answers.

    Raises:
        SecretError: it is wrong, used, or too old.
    """
    statement = queries.secrets_for_change(user.id, purpose, unit.now)
    for token in await unit.session.scalars(statement):
        given = secret_digest(settings.secret_key, purpose, token.id, secret.strip())
        is_fresh = token.used_at is None or may_be_used
        if compare_digest(given, token.token_hash) and is_fresh:
            await _use_up(unit, user, purpose, unit.now)
            return token
    raise SecretError


async def revoke_secrets(unit: UnitOfWork, user: User, purpose: TokenPurpose) -> None:
    """Make everything sent for the purpose worthless."""
    await unit.session.execute(
        delete(OneTimeToken).where(
            OneTimeToken.user_id == user.id,
            OneTimeToken.purpose == purpose,
        ),
    )


async def _use_up(unit: UnitOfWork, user: User, purpose: TokenPurpose, now: datetime) -> None:
    await unit.session.execute(
        update(OneTimeToken)
        .where(
            OneTimeToken.user_id == user.id,
            OneTimeToken.purpose == purpose,
            OneTimeToken.used_at.is_(None),
        )
        .values(used_at=now),
    )
