"""New passwords: for who forgot the old one, and for who knows it."""

from marketplace.accounts.errors import SecretError
from marketplace.accounts.events import PasswordChanged
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.rules.contacts import read_contact
from marketplace.accounts.rules.limits import SIGN_IN_OF_ACCOUNT
from marketplace.accounts.rules.passwords import normal_password, password_problems
from marketplace.accounts.rules.secrets import TokenPurpose
from marketplace.accounts.services.attempts import forget_attempt
from marketplace.accounts.services.passwords import hash_password
from marketplace.accounts.services.secrets import check_link, issue_secret, spend_secret
from marketplace.accounts.services.sessions import sign_out_everywhere
from marketplace.accounts.services.sign_in import prove_password
from marketplace.accounts.services.users import confirm_contact, find_user, own_account
from marketplace.kernel.errors import InvalidInputError
from marketplace.kernel.unit_of_work import UnitOfWork


async def request_reset(
    unit: UnitOfWork,
    settings: AccountSettings,
    login: str,
    redirect_url: str | None = None,
) -> None:
    """Send a link or a code by which a new password can be set, if there is such a person.

    Raises:
        LinkError: the letter may not point there.
    """
    check_link(settings, redirect_url)
    contact = read_contact(login)
    user = await find_user(unit, contact)
    if contact is None or user is None or not user.is_active:
        return
    by_email = contact.email is not None
    purpose = TokenPurpose.RESET_BY_EMAIL if by_email else TokenPurpose.RESET_BY_PHONE
    await issue_secret(unit, settings, user, purpose, redirect_url=redirect_url)


async def set_password(
    unit: UnitOfWork,
    settings: AccountSettings,
    login: str,
    secret: str,
    password: str,
) -> User:
    """Set a new password by what was sent; it confirms the address, and ends every sign-in.

    Raises:
        InvalidInputError: the new password is not good enough.
        SecretError: the token is wrong, used or too old, or nobody has that address.
    """
    contact = read_contact(login)
    user = await find_user(unit, contact)
    # What is likened to the names tells them: that waits until the secret has proved the person.
    kept = await _new_hash(password, [login], "password")
    if contact is None or user is None or not user.is_active:
        raise SecretError
    by_email = contact.email is not None
    purpose = TokenPurpose.RESET_BY_EMAIL if by_email else TokenPurpose.RESET_BY_PHONE
    await spend_secret(unit, settings, user, purpose, secret)
    _check(password, _known(user), "password")
    confirm_contact(unit, user, by_email=by_email)
    await _replace(unit, settings, user, kept)
    return user


async def change_password(
    unit: UnitOfWork,
    settings: AccountSettings,
    old_password: str | None,
    new_password: str,
    address: str | None = None,
) -> User:
    """Change the viewer's password; every other sign-in ends, this browser's stays.

    Raises:
        NotSignedInError: nobody is signed in.
        OldPasswordError: the present password was not given correctly.
        InvalidInputError: the new password is not good enough.
    """
    user = await own_account(unit)
    await prove_password(unit, settings, user, old_password, address)
    kept = await _new_hash(new_password, _known(user), "newPassword")
    await _replace(unit, settings, user, kept)
    return user


async def _new_hash(password: str, known: list[str], field: str) -> str:
    return await hash_password(_check(password, known, field))


def _check(password: str, known: list[str], field: str) -> str:
    normal = normal_password(password)
    problems = password_problems(normal, known, field)
    if problems:
        raise InvalidInputError(problems)
    return normal


async def _replace(unit: UnitOfWork, settings: AccountSettings, user: User, kept: str) -> None:
    user.password_hash = kept
    user.password_changed_at = unit.now
    await sign_out_everywhere(unit, user, keep=unit.viewer.session_id)
    for subject in (user.email, user.phone):
        await forget_attempt(unit, settings, SIGN_IN_OF_ACCOUNT, subject)
    unit.announce(PasswordChanged(user.id))


def _known(user: User) -> list[str]:
    return [word for word in (user.email, user.phone, user.first_name, user.last_name) if word]
