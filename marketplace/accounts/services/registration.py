"""Signing up, and proving that an address or number is one's own.

Nobody learns from an answer whether somebody has an account. Who signs up with an address that
is known already gets the same answer; its owner gets a letter.
"""

from dataclasses import dataclass, field

from marketplace.accounts.errors import SecretError
from marketplace.accounts.events import UserRegistered
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.contacts import Contact, read_contact
from marketplace.accounts.rules.passwords import normal_password, password_problems
from marketplace.accounts.rules.secrets import TokenPurpose
from marketplace.accounts.services.passwords import hash_password
from marketplace.accounts.services.secrets import (
    check_link,
    issue_secret,
    revoke_secrets,
    spend_secret,
)
from marketplace.accounts.services.sessions import new_token_key
from marketplace.accounts.services.users import (
    Names,
    add_user,
    confirm_contact,
    find_user,
    read_names,
)
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import InvalidInputError, Problem
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, _
from marketplace.kernel.unit_of_work import UnitOfWork

_LONGEST_REGULATION = 32


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody typed to sign up."""

    login: str
    password: str = field(repr=False)
    first_name: str | None = None
    last_name: str | None = None
    language: str = DEFAULT_LANGUAGE
    redirect_url: str | None = None
    accepted_regulation: str | None = None


async def register_user(
    unit: UnitOfWork,
    settings: AccountSettings,
    registration: Registration,
) -> User:
    """Sign somebody up; they may sign in once they have confirmed their address or number.

    For an address that is known already a person is made up for the answer and kept nowhere.

    Raises:
        InvalidInputError: the address, the password or a name cannot be taken.
        LinkError: the letter may not point there.
    """
    check_link(settings, registration.redirect_url)
    contact, names = _read(registration)
    kept = await hash_password(normal_password(registration.password))
    user = await add_user(unit, contact, kept, names, registration.language)
    if user is None:
        known = await find_user(unit, contact)
        if known is not None:
            await _tell_owner(unit, settings, known, by_email=contact.email is not None)
        return _made_up(unit, contact, names, registration.language)
    if registration.accepted_regulation:
        user.accepted_regulation = registration.accepted_regulation[:_LONGEST_REGULATION]
        user.accepted_regulation_at = unit.now
    purpose = (
        TokenPurpose.CONFIRM_EMAIL if contact.email is not None else TokenPurpose.CONFIRM_PHONE
    )
    await issue_secret(unit, settings, user, purpose, redirect_url=registration.redirect_url)
    unit.announce(UserRegistered(user.id))
    return user


async def confirm_account(
    unit: UnitOfWork,
    settings: AccountSettings,
    login: str,
    secret: str,
) -> User:
    """Prove that an address or number is one's own, by what was sent to it.

    A link that is followed twice answers twice: readers of mail follow links by themselves.

    Raises:
        SecretError: the token is wrong or too old, or nobody has that address.
    """
    contact = read_contact(login)
    user = await find_user(unit, contact)
    if contact is None or user is None or not user.is_active:
        raise SecretError
    by_email = contact.email is not None
    purpose = TokenPurpose.CONFIRM_EMAIL if by_email else TokenPurpose.CONFIRM_PHONE
    may_be_used = by_email and user.email_confirmed_at is not None
    await spend_secret(unit, settings, user, purpose, secret, may_be_used=may_be_used)
    confirm_contact(unit, user, by_email=by_email)
    return user


def _read(registration: Registration) -> tuple[Contact, Names]:
    contact = read_contact(registration.login)
    problems: list[Problem] = []
    if contact is None:
        problems.append(
            Problem(
                "email",
                _("Please give an e-mail address or a Vietnamese phone number."),
                "INVALID",
            ),
        )
    names = read_names(registration.first_name, registration.last_name)
    known = [registration.login, names.first_name, names.last_name]
    problems += password_problems(normal_password(registration.password), known)
    if contact is None or problems:
        raise InvalidInputError(problems)
    return contact, names


async def _tell_owner(
    unit: UnitOfWork,
    settings: AccountSettings,
    user: User,
    *,
    by_email: bool,
) -> None:
    """Tell the owner of an address that somebody signed up with it, with a way in.

    While an address is unconfirmed, a stranger may have chosen the password. What was sent to
    confirm it is therefore worthless from here on: the way in is a new password.
    """
    if not user.is_active:
        return
    for purpose in (TokenPurpose.CONFIRM_EMAIL, TokenPurpose.CONFIRM_PHONE):
        if not user.is_confirmed:
            await revoke_secrets(unit, user, purpose)
    purpose = TokenPurpose.RESET_BY_EMAIL if by_email else TokenPurpose.RESET_BY_PHONE
    await issue_secret(unit, settings, user, purpose, is_repeat=True)


def _made_up(unit: UnitOfWork, contact: Contact, names: Names, language: str) -> User:
    return User(
        id=new_id(),
        email=contact.email,
        phone=contact.phone,
        password_hash="",
        first_name=names.first_name,
        last_name=names.last_name,
        language=language,
        is_active=True,
        is_confirmed=False,
        is_administrator=False,
        token_key=new_token_key(),
        date_joined=unit.now,
        password_changed_at=unit.now,
    )
