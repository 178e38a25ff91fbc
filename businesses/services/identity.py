"""Saying who one is: the number, who answers, and the account buyers pay to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert

from businesses.errors import HolderMismatchError, IdentifierTakenError, InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import (
    BankAccount,
    Business,
    BusinessIdentifier,
    BusinessRepresentative,
    IdentifierDispute,
)
from businesses.queries import joining as queries
from businesses.rules.banks import ACCOUNT_NUMBER, BY_BIN, is_same_holder, mask_account
from businesses.rules.identifiers import (
    ACCEPTED,
    IdentifierKind,
    Number,
    birth_year,
    digits_of,
    read_number,
)
from businesses.rules.joining import Requirement, asks_for
from businesses.services.joining import (
    business_in_the_making,
    drop_foreign_account,
    verified_name,
)
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.database import new_id
from marketplace.kernel.errors import InvalidInputError, NotFoundError, Problem
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.text import nfc, slugify
from marketplace.kernel.unit_of_work import UnitOfWork

LONGEST_NAME = 200
LONGEST_MESSAGE = 1000
# Civil Code 2015 article 20: who is 18 answers for contracts alone.
FULL_AGE = 18
_PURPOSE = "business identifier"


@dataclass(frozen=True, slots=True)
class Person:
    """What the second step asks: the number, and who answers for the business."""

    identifier: str
    full_name: str
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What the third step asks."""

    bank_bin: str
    number: str
    holder_name: str


async def set_identity(
    unit: UnitOfWork,
    sealer: Sealer,
    business_id: UUID,
    person: Person,
) -> Business:
    """Keep the number and who answers; an empty number leaves the one that is kept.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        WrongStateError: it is being checked, or was.
        InvalidInputError: a value cannot be right.
        IdentifierTakenError: another active business holds the number.
    """
    business = await business_in_the_making(unit, business_id)
    held = await unit.session.scalar(queries.identifiers_of([business.id]))
    today = local_day(unit.now)
    number = read_number(person.identifier, today)
    problems = _problems_of_number(business, person, number, is_held=held is not None)
    problems += _problems_of_person(business, person, number, today)
    if problems:
        raise InvalidInputError(problems)
    if number is not None:
        await _hold(unit, sealer, business, number, held)
    speaker = await unit.session.get(BusinessRepresentative, business.id)
    if speaker is None:
        speaker = BusinessRepresentative(business_id=business.id)
        unit.session.add(speaker)
    speaker.full_name = nfc(person.full_name)[:LONGEST_NAME]
    speaker.born_on = person.born_on if asks_for(business.kind, Requirement.BIRTH_DATE) else None
    await drop_foreign_account(unit, business)
    unit.announce(BusinessChanged(business.id))
    return business


async def set_bank_account(
    unit: UnitOfWork,
    sealer: Sealer,
    business_id: UUID,
    account: Account,
) -> Business:
    """Keep the account buyers pay to, if it is kept under the name that was told.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        WrongStateError: it is being checked, or was.
        InvalidInputError: a value cannot be right.
        HolderMismatchError: it is kept under another name.
    """
    business = await business_in_the_making(unit, business_id)
    number = digits_of(account.number).upper()
    problems = []
    if account.bank_bin not in BY_BIN:
        problems.append(Problem("bank", _("Please choose the bank."), "REQUIRED"))
    if not ACCOUNT_NUMBER.fullmatch(number):
        message = _("An account number has 4 to 19 digits. Please look at it again.")
        problems.append(Problem("number", message, "INVALID"))
    if not slugify(account.holder_name):
        message = _("Please write the name as it stands on the account.")
        problems.append(Problem("holderName", message, "REQUIRED"))
    if problems:
        raise InvalidInputError(problems)
    name = await verified_name(unit, business)
    if not is_same_holder(account.holder_name, name):
        raise HolderMismatchError(name or "?")
    statement = (
        update(BankAccount)
        .where(BankAccount.business_id == business.id, BankAccount.is_active)
        .values(is_active=False)
    )
    await unit.session.execute(statement)
    unit.session.add(
        BankAccount(
            business_id=business.id,
            bank_bin=account.bank_bin,
            number_sealed=sealer.seal(number.encode()),
            number_masked=mask_account(number),
            holder_name=nfc(account.holder_name)[:LONGEST_NAME],
        ),
    )
    return business


async def dispute_identifier(
    unit: UnitOfWork,
    sealer: Sealer,
    business_id: UUID,
    typed: str,
    message: str,
) -> IdentifierDispute:
    """Tell the officers that a number another business holds is one's own.

    Raises:
        NotFoundError: there is no such business, or nobody else holds the number.
        NotPermittedError: only owners and managers do this.
        WrongStateError: it is being checked, or was.
        InvalidBusinessError: nothing is said.
    """
    business = await business_in_the_making(unit, business_id)
    number = read_number(typed, local_day(unit.now))
    words = nfc(message)[:LONGEST_MESSAGE]
    if not words:
        raise InvalidBusinessError(_("Please say why it is yours."), field="message")
    holder = None
    if number is not None:
        statement = queries.holder_of(_hash_of(sealer, number))
        holder = await unit.session.scalar(statement)
    if holder is None or holder.business_id == business.id:
        raise NotFoundError(_("No other business holds this number."), field="identifier")
    await unit.session.execute(
        insert(IdentifierDispute)
        .values(id=new_id(), business_id=business.id, holder_id=holder.business_id, message=words)
        .on_conflict_do_nothing(),
    )
    found = queries.open_disputes().where(IdentifierDispute.business_id == business.id)
    return (await unit.session.scalars(found)).one()


async def hold_number(unit: UnitOfWork, sealer: Sealer, business: Business, number: Number) -> None:
    """Keep the number under which a register knows a business; whoever calls has asked it.

    Raises:
        IdentifierTakenError: another active business holds the number.
    """
    held = await unit.session.scalar(queries.identifiers_of([business.id]))
    await _hold(unit, sealer, business, number, held)


async def is_held_by_another(
    unit: UnitOfWork, sealer: Sealer, business_id: UUID | None, number: Number
) -> bool:
    """Whether another active business holds the number."""
    holder = await unit.session.scalar(queries.holder_of(_hash_of(sealer, number)))
    return holder is not None and holder.business_id != business_id


def number_hash(sealer: Sealer, digits: str) -> bytes:
    """By what a number is found: the same wherever businesses, registers and files name it."""
    return sealer.keyed_hash(_PURPOSE, digits)


def _hash_of(sealer: Sealer, number: Number) -> bytes:
    return number_hash(sealer, number.digits)


async def _hold(
    unit: UnitOfWork,
    sealer: Sealer,
    business: Business,
    number: Number,
    held: BusinessIdentifier | None,
) -> None:
    """Take the number; the database itself lets one active business hold it, whoever is first."""
    lookup = _hash_of(sealer, number)
    if held is not None:
        if held.lookup_hash == lookup:
            return
        held.is_active = False
        await unit.session.flush()
    taken = await unit.session.scalar(
        insert(BusinessIdentifier)
        .values(
            id=new_id(),
            business_id=business.id,
            kind=number.kind,
            sealed=sealer.seal(number.digits.encode()),
            lookup_hash=lookup,
            masked=number.masked,
            is_active=True,
        )
        .on_conflict_do_nothing(
            index_elements=["lookup_hash"],
            index_where=text("is_active"),
        )
        .returning(BusinessIdentifier.id),
    )
    if taken is None:
        raise IdentifierTakenError


def _problems_of_number(
    business: Business,
    person: Person,
    number: Number | None,
    *,
    is_held: bool,
) -> list[Problem]:
    if not digits_of(person.identifier):
        if is_held:
            return []
        return [Problem("identifier", _("Please enter the number."), "REQUIRED")]
    if number is None:
        message = _("This number cannot be right: a digit is wrong or missing.")
        return [Problem("identifier", message, "INVALID")]
    if number.kind not in ACCEPTED[business.kind]:
        is_personal = number.kind is IdentifierKind.PERSONAL_NUMBER
        message = (
            _("Please enter the tax code of the organisation, not a person's number.")
            if is_personal
            else _("Please enter your personal number of 12 digits.")
        )
        return [Problem("identifier", message, "INVALID")]
    return []


def _problems_of_person(
    business: Business,
    person: Person,
    number: Number | None,
    today: date,
) -> list[Problem]:
    problems = []
    if not slugify(person.full_name):
        message = _("Please enter the full name, as on the identity card.")
        problems.append(Problem("fullName", message, "REQUIRED"))
    if not asks_for(business.kind, Requirement.BIRTH_DATE):
        return problems
    if person.born_on is None:
        problems.append(Problem("bornOn", _("Please enter the date of birth."), "REQUIRED"))
    elif not _is_of_age(person.born_on, today):
        message = _("Who answers for a business must be 18 years old.")
        problems.append(Problem("bornOn", message, "INVALID"))
    elif (
        number is not None
        and number.kind is IdentifierKind.PERSONAL_NUMBER
        and birth_year(number.digits) != person.born_on.year
    ):
        message = _("The personal number belongs to somebody born in another year.")
        problems.append(Problem("bornOn", message, "INVALID"))
    return problems


def _is_of_age(born_on: date, today: date) -> bool:
    birthdays = (
        today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    )
    return birthdays >= FULL_AGE
