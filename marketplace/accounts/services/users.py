"""People: made, found and changed."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import IntegrityError

from marketplace.accounts import policies, queries
from marketplace.accounts.errors import ContactTakenError
from marketplace.accounts.events import UserConfirmed
from marketplace.accounts.models import User
from marketplace.accounts.rules.contacts import Contact, read_email, read_vietnamese_phone
from marketplace.accounts.rules.passwords import normal_password
from marketplace.accounts.services.passwords import hash_password
from marketplace.accounts.services.sessions import new_token_key
from marketplace.kernel.errors import (
    InvalidInputError,
    NotPermittedError,
    NotSignedInError,
    Problem,
)
from marketplace.kernel.i18n import DEFAULT_LANGUAGE, _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork

_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is called: given name, then family and middle names."""

    first_name: str = ""
    last_name: str = ""


def read_names(first_name: str | None, last_name: str | None) -> Names:
    """The names in their kept form.

    Raises:
        InvalidInputError: one is too long for a name.
    """
    names = Names(nfc(first_name or ""), nfc(last_name or ""))
    problems = [
        Problem(
            field, _("Names have at most {count} letters."), "INVALID", {"count": _LONGEST_NAME}
        )
        for field, name in (("firstName", names.first_name), ("lastName", names.last_name))
        if len(name) > _LONGEST_NAME
    ]
    if problems:
        raise InvalidInputError(problems)
    return names


async def find_user(unit: UnitOfWork, contact: Contact | None) -> User | None:
    """The person known by an address or number, whoever asks; never shown to the viewer."""
    if contact is None:
        return None
    return await unit.session.scalar(queries.user_by_contact(contact))


async def add_user(
    unit: UnitOfWork,
    contact: Contact,
    password_hash: str,
    names: Names,
    language: str = DEFAULT_LANGUAGE,
) -> User | None:
    """A new, unconfirmed person, or None when somebody is known by that contact already.

    The unique constraint decides, so that of two who sign up at once one comes first.
    """
    user = User(
        email=contact.email,
        phone=contact.phone,
        password_hash=password_hash,
        first_name=names.first_name,
        last_name=names.last_name,
        language=language,
        token_key=new_token_key(),
        date_joined=unit.now,
        password_changed_at=unit.now,
    )
    try:
        async with unit.session.begin_nested():
            unit.session.add(user)
    except IntegrityError:
        return None
    return user


async def create_user(
    unit: UnitOfWork,
    *,
    password: str,
    email: str | None = None,
    phone: str | None = None,
    first_name: str = "",
    last_name: str = "",
    language: str = DEFAULT_LANGUAGE,
    is_administrator: bool = False,
) -> User:
    """A person who may sign in at once: made by an administrator, a command or the seed.

    Raises:
        NotPermittedError: it is for administrators.
        InvalidInputError: neither a good address nor a good Vietnamese number was given.
        ContactTakenError: somebody else is known by that address or number.
    """
    if not policies.may_manage_accounts(unit.viewer):
        raise NotPermittedError
    contact = _read_contacts(email, phone)
    names = read_names(first_name, last_name)
    kept = await hash_password(normal_password(password))
    user = await add_user(unit, contact, kept, names, language)
    if user is None:
        raise ContactTakenError("email" if email else "phone")
    user.is_administrator = is_administrator
    confirm_contact(unit, user, by_email=contact.email is not None)
    if contact.email is not None and contact.phone is not None:
        user.phone_confirmed_at = unit.now
    return user


def confirm_contact(unit: UnitOfWork, user: User, *, by_email: bool) -> None:
    """Note that an address or number was proved to be the person's."""
    if by_email:
        user.email_confirmed_at = user.email_confirmed_at or unit.now
    else:
        user.phone_confirmed_at = user.phone_confirmed_at or unit.now
    if not user.is_confirmed:
        user.is_confirmed = True
        unit.announce(UserConfirmed(user.id))


async def own_account(unit: UnitOfWork) -> User:
    """The viewer's own account, locked.

    Raises:
        NotSignedInError: nobody is signed in.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    user = await unit.session.scalar(queries.user_for_change(unit.viewer.user_id))
    if user is None:
        raise NotSignedInError
    return user


async def update_account(
    unit: UnitOfWork,
    first_name: str | None = None,
    last_name: str | None = None,
    language: str | None = None,
) -> User:
    """Change the viewer's names and language; what is None stays.

    Raises:
        NotSignedInError: nobody is signed in.
        InvalidInputError: a name is too long.
    """
    user = await own_account(unit)
    names = read_names(
        user.first_name if first_name is None else first_name,
        user.last_name if last_name is None else last_name,
    )
    user.first_name, user.last_name = names.first_name, names.last_name
    user.language = language or user.language
    return user


def _read_contacts(email: str | None, phone: str | None) -> Contact:
    contact = Contact(
        email=read_email(email) if email else None,
        phone=read_vietnamese_phone(phone) if phone else None,
    )
    if (email and contact.email is None) or not (email or phone):
        raise InvalidInputError([Problem("email", _("This is no e-mail address."), "INVALID")])
    if phone and contact.phone is None:
        raise InvalidInputError([Problem("phone", _("This is no phone number."), "INVALID")])
    return contact
