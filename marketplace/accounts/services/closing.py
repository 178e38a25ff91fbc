"""Closing an account, and forgetting who it belonged to."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, or_, select

from marketplace.accounts.events import AccountClosed, AccountErased
from marketplace.accounts.models import Address, OneTimeToken, User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.secrets import TokenPurpose
from marketplace.accounts.services.secrets import issue_secret, spend_secret
from marketplace.accounts.services.sessions import sign_out_everywhere
from marketplace.accounts.services.users import own_account
from marketplace.kernel.unit_of_work import UnitOfWork

GRACE_BEFORE_ERASURE: Final = timedelta(days=14)


async def request_deletion(
    unit: UnitOfWork,
    settings: AccountSettings,
    redirect_url: str | None,
) -> None:
    """Send the viewer what confirms that the account is to be deleted.

    Raises:
        NotSignedInError: nobody is signed in.
        LinkError: the letter may not point there.
    """
    user = await own_account(unit)
    by_email = user.email is not None
    purpose = TokenPurpose.DELETE_BY_EMAIL if by_email else TokenPurpose.DELETE_BY_PHONE
    await issue_secret(unit, settings, user, purpose, redirect_url=redirect_url)


async def close_account(unit: UnitOfWork, settings: AccountSettings, secret: str) -> User:
    """Let nobody into the viewer's account any more; it is erased when the grace is over.

    Raises:
        NotSignedInError: nobody is signed in.
        SecretError: the token is wrong, used, or too old.
    """
    user = await own_account(unit)
    by_email = user.email is not None
    purpose = TokenPurpose.DELETE_BY_EMAIL if by_email else TokenPurpose.DELETE_BY_PHONE
    await spend_secret(unit, settings, user, purpose, secret)
    user.is_active = False
    user.deletion_requested_at = unit.now
    await sign_out_everywhere(unit, user)
    unit.announce(AccountClosed(user.id))
    return user


async def erase_closed_accounts(unit: UnitOfWork) -> int:
    """Remove who the people were whose grace is over (law 91/2025: within 20 days).

    The rows stay, because orders and ledgers must be kept and point at them.
    """
    due = await unit.session.scalars(
        select(User)
        .where(
            User.deletion_requested_at <= unit.now - GRACE_BEFORE_ERASURE,
            or_(User.email.is_(None), User.email.not_like("%@erased.invalid")),
        )
        .limit(200)
        .with_for_update(skip_locked=True),
    )
    users = due.all()
    for user in users:
        user.email, user.phone = f"{user.id}@erased.invalid", None
        user.first_name = user.last_name = ""
        user.password_hash = ""
        for model in (Address, OneTimeToken):
            await unit.session.execute(delete(model).where(model.user_id == user.id))
        unit.announce(AccountErased(user.id))
    return len(users)
