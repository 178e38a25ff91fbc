"""The addresses a person keeps."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select

from marketplace.accounts import policies, queries
from marketplace.accounts.models import Address, User
from marketplace.accounts.rules.addresses import AddressWords, read_address
from marketplace.accounts.services.users import own_account
from marketplace.kernel.errors import InvalidInputError, NotFoundError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.places.queries import place_with_code

MOST_ADDRESSES = 50


@dataclass(frozen=True, slots=True)
class Defaults:
    """For what an address is proposed first."""

    shipping: bool = False
    billing: bool = False


async def create_address(
    unit: UnitOfWork,
    words: AddressWords,
    defaults: Defaults,
) -> tuple[User, Address]:
    """Keep an address for the viewer.

    Raises:
        NotSignedInError: nobody is signed in.
        InvalidInputError: something is missing or wrong, or there are too many.
    """
    user = await own_account(unit)
    count = await unit.session.scalar(
        select(func.count()).select_from(Address).where(Address.user_id == user.id),
    )
    if (count or 0) >= MOST_ADDRESSES:
        message = _("At most {count} addresses can be kept.")
        raise InvalidInputError([Problem(None, message, "INVALID", {"count": MOST_ADDRESSES})])
    address = Address(user_id=user.id, created_at=unit.now)
    _write(address, await _read(unit, words))
    unit.session.add(address)
    await unit.session.flush()
    _set_defaults(user, address, defaults)
    return user, address


async def update_address(
    unit: UnitOfWork,
    address_id: UUID,
    words: AddressWords,
) -> tuple[User, Address]:
    """Change an address of the viewer's; what is None stays.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: the viewer has no such address.
        InvalidInputError: something is missing or wrong.
    """
    user, address = await _own_address(unit, address_id)
    _write(address, await _read(unit, words.over(_words_of(address))))
    return user, address


async def delete_address(unit: UnitOfWork, address_id: UUID) -> tuple[User, Address]:
    """Forget an address of the viewer's.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: the viewer has no such address.
    """
    user, address = await _own_address(unit, address_id)
    if user.default_shipping_address_id == address.id:
        user.default_shipping_address_id = None
    if user.default_billing_address_id == address.id:
        user.default_billing_address_id = None
    await unit.session.flush()
    await unit.session.delete(address)
    return user, address


async def set_default_address(
    unit: UnitOfWork,
    address_id: UUID,
    defaults: Defaults,
) -> tuple[User, Address]:
    """Propose an address of the viewer's first from now on.

    Raises:
        NotSignedInError: nobody is signed in.
        NotFoundError: the viewer has no such address.
    """
    user, address = await _own_address(unit, address_id)
    _set_defaults(user, address, defaults)
    return user, address


async def _own_address(unit: UnitOfWork, address_id: UUID) -> tuple[User, Address]:
    user = await own_account(unit)
    address = await unit.session.scalar(queries.address_for_change(address_id))
    if address is None or not policies.may_change_address(unit.viewer, address):
        raise NotFoundError(_("There is no such address."), field="id")
    return user, address


async def _read(unit: UnitOfWork, words: AddressWords) -> AddressWords:
    clean = read_address(words)
    if clean.commune_code is not None:
        found = await unit.session.scalar(place_with_code(unit.viewer, clean.commune_code).limit(1))
        if found is None:
            raise NotFoundError(_("There is no commune of that code."), field="communeCode")
    return clean


def _set_defaults(user: User, address: Address, defaults: Defaults) -> None:
    if defaults.shipping:
        user.default_shipping_address_id = address.id
    if defaults.billing:
        user.default_billing_address_id = address.id


def _write(address: Address, words: AddressWords) -> None:
    for name, value in words.kept().items():
        setattr(address, name, value)


def _words_of(address: Address) -> AddressWords:
    return replace(
        AddressWords(),
        **{name: getattr(address, name) for name in AddressWords.names()},
    )
