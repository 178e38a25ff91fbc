"""Signing in with a password."""

from uuid import UUID

from marketplace.accounts.errors import (
    AccountInactiveError,
    AccountUnconfirmedError,
    CredentialsError,
    OldPasswordError,
)
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.contacts import read_contact
from marketplace.accounts.rules.limits import (
    PASSWORD_OF_VIEWER,
    SIGN_IN_FROM_ADDRESS,
    SIGN_IN_OF_ACCOUNT,
)
from marketplace.accounts.rules.passwords import LONGEST, normal_password
from marketplace.accounts.services.attempts import Try, forget_attempt, uncount_attempt
from marketplace.accounts.services.passwords import hash_password, needs_rehash, verify_password
from marketplace.accounts.services.users import find_user
from marketplace.kernel.unit_of_work import UnitOfWork


def sign_in_tries(login: str, address: str | None) -> tuple[Try, ...]:
    """What a sign-in is counted by: whose account is tried, and from where."""
    return (SIGN_IN_OF_ACCOUNT, subject_of(login)), (SIGN_IN_FROM_ADDRESS, address)


def proof_tries(user_id: UUID | None, address: str | None) -> tuple[Try, ...]:
    """What proving oneself once more is counted by: as a sign-in, though by the person."""
    subject = None if user_id is None else str(user_id)
    return (PASSWORD_OF_VIEWER, subject), (SIGN_IN_FROM_ADDRESS, address)


def subject_of(login: str) -> str:
    """The account that was named, in one form however it was typed; it need not exist."""
    contact = read_contact(login)
    return contact.value if contact is not None else login.strip().casefold()[:254]


async def sign_in(
    unit: UnitOfWork,
    settings: AccountSettings,
    login: str,
    password: str,
    address: str | None = None,
) -> User:
    """The person whose name and password these are.

    Raises:
        CredentialsError: name and password do not belong together.
        AccountInactiveError: the account was closed.
        AccountUnconfirmedError: the address or number was never confirmed.
    """
    given = normal_password(password)[:LONGEST]
    user = await find_user(unit, read_contact(login))
    is_right = await verify_password(None if user is None else user.password_hash, given)
    if user is None or not is_right:
        raise CredentialsError
    if not user.is_active:
        raise AccountInactiveError
    if not user.is_confirmed:
        raise AccountUnconfirmedError
    if needs_rehash(user.password_hash):
        user.password_hash = await hash_password(given)
    user.last_sign_in_at = unit.now
    await forget_attempt(unit, settings, SIGN_IN_OF_ACCOUNT, subject_of(login))
    await uncount_attempt(unit, settings, SIGN_IN_FROM_ADDRESS, address)
    return user


async def prove_password(
    unit: UnitOfWork,
    settings: AccountSettings,
    user: User,
    password: str | None,
    address: str | None = None,
) -> None:
    """Let somebody who is signed in go on who knows the present password, too.

    Raises:
        OldPasswordError: it is another one.
    """
    given = normal_password(password or "")[:LONGEST]
    if not await verify_password(user.password_hash, given):
        raise OldPasswordError
    await forget_attempt(unit, settings, PASSWORD_OF_VIEWER, str(user.id))
    await uncount_attempt(unit, settings, SIGN_IN_FROM_ADDRESS, address)
